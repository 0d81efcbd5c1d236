import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkTable, evaluateDecision, runDecisionTests } from '../../engine/decisions/index.js';
import { holds, readLiteralCell } from '../../engine/decisions/literal-cell.js';
import { parseDmn } from '../../engine/decisions/parse/index.js';
import { checkExpression, evaluateUnaryTests } from '../../engine/expressions/index.js';
import type { DecisionLogic, DecisionPlan, Json } from '../../engine/model/index.js';
import { byId, fixture, scopeOf } from './support.js';

type Table = Extract<DecisionLogic, { readonly kind: 'table' }>;

/** An entry in two forms: as FEEL, and as what it means. */
interface Entry {
  readonly feel: string;
  readonly holds: (value: number) => boolean;
}

const number = fc.integer({ min: -3, max: 6 });

const simpleEntry: fc.Arbitrary<Entry> = fc.oneof(
  number.map((n) => ({ feel: `${n}`, holds: (value: number) => value === n })),
  fc.tuple(fc.constantFrom('<', '<=', '>', '>='), number).map(([operator, n]) => ({
    feel: `${operator} ${n}`,
    holds: (value: number) =>
      (operator.endsWith('=') && value === n) || (operator.startsWith('<') ? value < n : value > n),
  })),
  fc.tuple(fc.boolean(), number, number, fc.boolean()).map(([low, a, b, high]) => ({
    feel: `${low ? '[' : '('}${Math.min(a, b)}..${Math.max(a, b)}${high ? ']' : ')'}`,
    holds: (value: number) =>
      (value > Math.min(a, b) || (low && value === Math.min(a, b))) &&
      (value < Math.max(a, b) || (high && value === Math.max(a, b))),
  })),
);

const entry: fc.Arbitrary<Entry> = fc.oneof(
  fc.constant({ feel: '-', holds: () => true }),
  fc
    .tuple(fc.boolean(), fc.array(simpleEntry, { minLength: 1, maxLength: 3 }))
    .map(([isNegated, tests]) => {
      const list = tests.map(({ feel }) => feel).join(', ');
      const holds = (value: number) => isNegated !== tests.some((one) => one.holds(value));
      return { feel: isNegated ? `not(${list})` : list, holds };
    }),
);

interface Sample {
  readonly rules: readonly { readonly entries: readonly Entry[]; readonly result: number }[];
  readonly plan: (
    hitPolicy: Table['hitPolicy'],
    aggregation?: Table['aggregation'],
  ) => DecisionPlan;
}

const PRIORITIES = [3, 1, 0, 2];

const sample: fc.Arbitrary<Sample> = fc
  .array(
    fc.record({
      entries: fc.array(entry, { minLength: 2, maxLength: 2 }),
      result: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((rules) => ({
    rules,
    plan: (hitPolicy, aggregation = null) => ({
      id: 'T',
      name: null,
      variable: 'T',
      requires: [],
      logic: {
        kind: 'table',
        hitPolicy,
        aggregation,
        inputs: ['x', 'y'].map((feel) => ({
          id: feel,
          feel,
          label: null,
          type: 'number',
          allowed: null,
        })),
        outputs: [
          { id: 'o', name: 'o', type: null, defaultFeel: null, priorities: PRIORITIES.map(String) },
        ],
        rules: rules.map(({ entries, result }, index) => ({
          id: `R${index}`,
          tests: entries.map(({ feel }) => feel),
          results: [`${result}`],
          annotation: null,
        })),
      },
    }),
  }));

const matching = ({ rules }: Sample, x: number, y: number): readonly number[] =>
  rules.filter(({ entries: [a, b] }) => a?.holds(x) && b?.holds(y)).map(({ result }) => result);

const ranked = (results: readonly number[]): readonly number[] =>
  results.toSorted((a, b) => PRIORITIES.indexOf(a) - PRIORITIES.indexOf(b));

/** What each hit policy makes of the results that match, said again in the plainest way; a text is a code. */
const NAIVE: readonly (readonly [
  Table['hitPolicy'],
  Table['aggregation'],
  (hits: readonly number[]) => Json,
])[] = [
  ['UNIQUE', null, (hits) => (hits.length > 1 ? 'DECISION_NOT_UNIQUE' : (hits[0] ?? null))],
  ['FIRST', null, (hits) => hits[0] ?? null],
  ['ANY', null, (hits) => (new Set(hits).size > 1 ? 'DECISION_ANY_DIFFERS' : (hits[0] ?? null))],
  ['PRIORITY', null, (hits) => ranked(hits)[0] ?? null],
  ['COLLECT', null, (hits) => hits],
  ['COLLECT', 'SUM', (hits) => (hits.length ? hits.reduce((a, b) => a + b) : null)],
  ['COLLECT', 'COUNT', (hits) => hits.length],
  ['COLLECT', 'MIN', (hits) => (hits.length ? Math.min(...hits) : null)],
  ['COLLECT', 'MAX', (hits) => (hits.length ? Math.max(...hits) : null)],
  ['RULE ORDER', null, (hits) => (hits.length ? hits : null)],
  ['OUTPUT ORDER', null, (hits) => (hits.length ? ranked(hits) : null)],
];

const half = fc.integer({ min: -9, max: 15 }).map((n) => n / 2);

/** All that entries between -3 and 6 can tell apart. */
const GRID = Array.from({ length: 25 }, (_, index) => (index - 9) / 2);

describe('decision tables', () => {
  test.each(NAIVE)('%s %s gives what a naive evaluation gives', (hitPolicy, aggregation, naive) => {
    fc.assert(
      fc.property(sample, half, half, (table, x, y) => {
        const decisions = { T: table.plan(hitPolicy, aggregation) };
        const result = evaluateDecision(decisions, 'T', scopeOf({ x, y }));
        expect(result.ok ? result.value : result.fault.code).toEqual(naive(matching(table, x, y)));
      }),
      { numRuns: 150 },
    );
  });

  test('entries of literals decide as FEEL does', () => {
    const text = fc.constantFrom(
      '"a"',
      '"b c"',
      '""',
      'true',
      'false',
      '.5',
      '007',
      ']1..3[',
      '< -2',
    );
    const literal = fc.oneof(
      entry.map(({ feel }) => feel),
      fc.array(text, { minLength: 1 }).map(String),
    );
    const value = fc.oneof(half, fc.constantFrom('a', 'b c', '', true, false, null));
    fc.assert(
      fc.property(literal, value, fc.boolean(), (list, input, isNegated) => {
        const source = isNegated && !/^(-$|not)/.test(list) ? `not(${list})` : list;
        const cell = readLiteralCell(source);
        expect(cell).not.toBeNull();
        expect(checkExpression(source, 'unaryTests')).toEqual([]);
        const feel = evaluateUnaryTests(source, input, scopeOf({}));
        expect(feel).toEqual({ ok: true, value: cell && holds(cell, input) });
      }),
      { numRuns: 500 },
    );
  });

  test('a column of dates decides as the same column of numbers', () => {
    const asDate = (n: number): string => `2026-03-${String(n + 10).padStart(2, '0')}`;
    const whole = fc.integer({ min: -4, max: 7 });
    fc.assert(
      fc.property(sample, whole, whole, (table, x, y) => {
        const { logic, ...plan } = table.plan('COLLECT');
        if (logic.kind !== 'table') throw new Error('a sample is a table');
        const dated: DecisionPlan = {
          ...plan,
          logic: {
            ...logic,
            inputs: logic.inputs.map((input) => ({ ...input, type: 'date' })),
            rules: logic.rules.map((rule) => ({
              ...rule,
              tests: rule.tests.map((text) =>
                text.replace(/-?\d+/g, (n) => `date("${asDate(Number(n))}")`),
              ),
            })),
          },
        };
        const result = evaluateDecision({ T: dated }, 'T', scopeOf({ x: asDate(x), y: asDate(y) }));
        expect(result).toMatchObject({ ok: true, value: matching(table, x, y) });
      }),
      { numRuns: 100 },
    );
  });

  test('the static check reports an overlap or a gap exactly when there is one', () => {
    fc.assert(
      fc.property(sample, (table) => {
        const codes = new Set(checkTable(table.plan('UNIQUE')).map(({ code }) => code));
        const counts = new Set(GRID.flatMap((x) => GRID.map((y) => matching(table, x, y).length)));
        expect(codes.has('DMN_RULES_GAP')).toBe(counts.has(0));
        expect(codes.has('DMN_RULES_OVERLAP')).toBe([...counts].some((count) => count > 1));
      }),
      { numRuns: 300 },
    );
  });
});

const FILES = ['valid-dish', 'valid-temporal', 'valid-boxed', 'valid-collect', 'invalid-graph'];

const mutation = fc.record({
  at: fc.nat(),
  length: fc.nat({ max: 30 }),
  text: fc.oneof(
    fc.constantFrom(
      '<',
      '>',
      '"',
      '&',
      '/',
      '</text>',
      '<text>',
      '?',
      '-',
      '',
      ' id="A"',
      ']]>',
      '<!--',
      '(',
    ),
    fc.string({ maxLength: 5 }),
  ),
});

describe('hostile files', () => {
  test('a mutated file never throws, neither when it is read nor when it is evaluated', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...FILES),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        async (file, mutations) => {
          let text = fixture(file);
          for (const { at, length, text: by } of mutations) {
            const from = at % text.length;
            text = text.slice(0, from) + by + text.slice(from + length);
          }
          const { decisions, findings } = await parseDmn(text, null);
          if (findings.some(({ severity }) => severity === 'error')) return;
          for (const plan of decisions) {
            expect(evaluateDecision(byId(decisions), plan.id, scopeOf({}))).toHaveProperty('ok');
            expect(Array.isArray(checkTable(plan))).toBe(true);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test('any bytes and any test rows are answered', async () => {
    const { decisions } = await parseDmn(fixture('valid-dish'), null);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.string(), async (bytes, csv) => {
        expect((await parseDmn(bytes, null)).findings.length).toBeGreaterThan(0);
        expect(runDecisionTests(byId(decisions), 'Decision_Dish', csv)).toHaveProperty('findings');
      }),
      { numRuns: 200 },
    );
  });
});
