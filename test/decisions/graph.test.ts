import { describe, expect, test } from 'vitest';
import { type DecisionAccount, evaluateDecision } from '../../engine/decisions/index.js';
import type { DecisionPlan, Json } from '../../engine/model/index.js';
import { load, scopeOf } from './support.js';

const dishes: readonly (readonly [season: Json, guests: number, dish: string, rules: string[]])[] =
  [
    [null, 3, 'Roast', ['Rule_Roast']],
    ['Summer', 10, 'Buffet for 10', ['Rule_Buffet']],
    ['Summer', 2, 'Soup', []],
  ];

describe('required decisions', () => {
  test.each(dishes)(
    'three levels: season %j, %i guests',
    async (season, guests, dish, matchedRules) => {
      const scope = scopeOf({ season, 'Guest Count': guests });
      expect(evaluateDecision(await load('valid-dish'), 'Decision_Dish', scope)).toEqual({
        ok: true,
        value: dish,
        trace: [
          { decisionId: 'Decision_Season', matchedRules: [] },
          { decisionId: 'Decision_Party', matchedRules: [] },
          { decisionId: 'Decision_Dish', matchedRules },
        ],
      });
    },
  );

  test('whoever watches is told inputs, rules and outputs, and where it stopped', async () => {
    const accounts: DecisionAccount[] = [];
    const failed: string[] = [];
    const watch = {
      evaluated: (account: DecisionAccount) => accounts.push(account),
      failed: (id: string) => failed.push(id),
    };
    const plans = await load('valid-dish');
    const scope = scopeOf({ season: 'Summer', 'Guest Count': 10 });
    evaluateDecision(plans, 'Decision_Dish', scope, watch);
    expect(accounts.map(({ plan }) => plan.id)).toEqual([
      ...['Decision_Season', 'Decision_Party', 'Decision_Dish'],
    ]);
    expect(accounts[2]).toMatchObject({
      ...{ value: 'Buffet for 10', inputs: ['Summer', 'large'] },
      rules: [{ ruleId: 'Rule_Buffet', outputs: ['Buffet for 10'] }],
    });
    expect(failed).toEqual([]);
    evaluateDecision(plans, 'Decision_Dish', scopeOf({ season: 'Summer' }), watch);
    expect(failed).toEqual(['Decision_Party']);
  });

  test('a context keeps the type of a date from entry to entry', async () => {
    const scope = scopeOf({ season: 'Spring', 'Guest Count': 9 });
    const result = evaluateDecision(await load('valid-dish'), 'Decision_Party', scope);
    expect(result).toMatchObject({
      value: { size: 'large', season: 'Spring', ends: '2026-03-02' },
    });
  });

  test.each([
    ['Numbers', [2, 'b', [3]]],
    ['Best', 'high'],
    ['Nested', { 'outer one': { inner: 4 }, twice: 8 }],
    ['Uses', 9],
  ] as const)('boxed expressions: %s', async (id, value) => {
    const result = evaluateDecision(await load('valid-boxed'), id, scopeOf({ x: 4 }));
    expect(result).toMatchObject({ ok: true, value });
  });

  test('a decision that two others require is made once', () => {
    const result = evaluateDecision(DIAMOND, 'top', scopeOf({}));
    expect(result).toMatchObject({ value: 22 });
    expect(result.ok && result.trace.map(({ decisionId }) => decisionId)).toEqual([
      'base',
      'left',
      'right',
      'top',
    ]);
  });

  test('a decision sees what it requires itself, and nothing further down', () => {
    const blind = { ...DIAMOND, top: literal('top', 'base', ['left']) };
    const result = evaluateDecision(blind, 'top', scopeOf({}));
    expect(result).toMatchObject({ ok: false, fault: { code: 'DECISION_FAILED' } });
  });

  test.each([
    ['DECISION_UNKNOWN', 'nowhere', /'nowhere'/],
    ['DECISION_UNKNOWN', 'constructor', /'constructor'/],
    ['DECISION_UNKNOWN', 'lost', /'gone'/],
    ['DECISION_CYCLE', 'circle', /'circle'/],
  ])('%s: %s', (code, id, message) => {
    const result = evaluateDecision(DIAMOND, id, scopeOf({}));
    expect(result).toMatchObject({ ok: false, fault: { code } });
    expect(result).toHaveProperty('fault.message', expect.stringMatching(message));
  });
});

function literal(id: string, feel: string, requires: readonly string[]): DecisionPlan {
  return { id, name: null, variable: id, requires, logic: { kind: 'literal', feel } };
}

const DIAMOND: Readonly<Record<string, DecisionPlan>> = {
  base: literal('base', '10', []),
  left: literal('left', 'base + 1', ['base']),
  right: literal('right', 'base + 1', ['base']),
  top: literal('top', 'left + right', ['left', 'right']),
  lost: literal('lost', '1', ['gone']),
  circle: literal('circle', '1', ['circle']),
};
