import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runDecisionTests } from '../../engine/decisions/index.js';
import { load } from './support.js';

const rows = (name: string): string =>
  readFileSync(new URL(`../fixtures/decisions/${name}.dmn.test.csv`, import.meta.url), 'utf8');

describe('runDecisionTests', () => {
  test('passes rows that hold', async () => {
    const report = runDecisionTests(await load('valid-dish'), 'Decision_Dish', rows('valid-dish'));
    expect(report).toEqual({ rows: 5, mismatches: [], findings: [] });
  });

  test('names the line of a row that does not hold', async () => {
    const csv = 'n,kind,=> r\r\n\r\n1,"a",1\r\n7,"a",9\r\n8,"b\nc",3\r\n"8",b,!DECISION_FAILED\r\n';
    const report = runDecisionTests(await load('valid-gaps'), 'Overlap', csv);
    expect(report.mismatches).toMatchObject([
      { line: 4, output: 'r', expected: '9', actual: '!DECISION_NOT_UNIQUE', rules: [] },
      { line: 5, output: 'r', expected: '3', actual: '2', rules: [2], message: null },
      { line: 7, output: 'r', expected: '!DECISION_FAILED', actual: '!DECISION_INPUT_INVALID' },
    ]);
  });

  test('compares several outputs by name, lists and contexts as JSON', async () => {
    const several = 'x,=> a,=> b\n1,2,one\n3,7,\n4,7,x\n';
    expect(runDecisionTests(await load('valid-nulls'), 'Defaults', several).mismatches).toEqual([
      { line: 4, output: 'b', expected: '"x"', actual: 'null', rules: [], message: null },
    ]);
    const list = 'Age,Years of Service,=>\n50,20,"[22, 2, 2]"\n50,20,22\n';
    expect(runDecisionTests(await load('valid-collect'), 'HolidayList', list).mismatches).toEqual([
      {
        line: 3,
        output: '',
        expected: '22',
        actual: '[22,2,2]',
        rules: expect.any(Array),
        message: null,
      },
    ]);
  });

  test('builds contexts from dotted names', async () => {
    const decisions = await load('valid-dish');
    const { Decision_Dish } = decisions;
    const alone = { Decision_Dish: { ...Decision_Dish, requires: [] } } as typeof decisions;
    const csv = 'Party.season,Party.size,Guest Count,=> dish\nSummer,large,12,Buffet for 12\n';
    expect(runDecisionTests(alone, 'Decision_Dish', csv)).toMatchObject({
      rows: 1,
      mismatches: [],
    });
  });

  test.each([
    ['', /no row/],
    ['a,b\n1,2', /no column begins/],
    ['=> a,b\n1,2', /'b' stands after/],
    ['a,,=> b\n1,2,3', /input 2 has no name/],
    ['a,=> b\n1,2,3', /line 2 has 3 cells instead of 2/],
    ['a,=> b\n"1,2', /line 2 has a quote/],
  ])('refuses %j', async (csv, message) => {
    const { findings } = runDecisionTests(await load('valid-gaps'), 'Overlap', csv);
    expect(findings).toMatchObject([{ code: 'DMN_DECISION_TESTS_INVALID', elementId: 'Overlap' }]);
    expect(findings[0]?.message).toMatch(message);
  });
});
