import { expect, test } from 'vitest';
import { evaluateDecision } from '../../engine/decisions/index.js';
import { LIMITS } from '../../engine/expressions/index.js';
import type { DecisionPlan } from '../../engine/model/index.js';
import { cpuMs } from '../support/cpu-time.js';
import { scopeOf } from './support.js';

const INPUTS = ['a', 'b', 'c'] as const;
const RULES = Math.ceil((LIMITS.cachedExpressions * 1.2) / INPUTS.length);

/** A table each of whose entries is FEEL of its own, and all of whose entries but the last column's hold. */
const large: DecisionPlan = {
  id: 'large',
  name: null,
  variable: 'large',
  requires: [],
  logic: {
    kind: 'table',
    hitPolicy: 'UNIQUE',
    aggregation: null,
    inputs: INPUTS.map((feel) => ({ id: feel, feel, label: null, type: null, allowed: null })),
    outputs: [{ id: 'rule', name: 'rule', type: null, priorities: [], defaultFeel: null }],
    rules: Array.from({ length: RULES }, (_, rule) => ({
      id: `rule-${rule}`,
      tests: [`? > ${rule} - 5000`, `? > ${rule} - 5001`, `? = ${rule} + 0`],
      results: [`${rule}`],
      annotation: null,
    })),
  },
};

const decide = (rule: number) =>
  evaluateDecision({ large }, 'large', scopeOf({ a: 5000, b: 5000, c: rule }));

test('a table of more expressions than are kept is compiled once, not at each decision', () => {
  const before = cpuMs();
  expect(decide(7)).toMatchObject({ ok: true, value: 7 });
  const first = cpuMs() - before;
  expect(decide(RULES - 1)).toMatchObject({ ok: true, value: RULES - 1 });
  const second = cpuMs() - before - first;
  expect(second).toBeLessThan(first / 4);
});
