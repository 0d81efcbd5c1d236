import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { NO_RESOURCES } from '../../engine/compile/index.js';
import { parseDmn } from '../../engine/decisions/parse/index.js';
import { nothing, proveRows, type Row } from '../support/index.js';

const FOLDER = 'elements/business-rule-task';
const FILE = `test/fixtures/${FOLDER}/dish.dmn`;

const { decisions } = await parseDmn(readFileSync(FILE), FILE);
const byId = Object.fromEntries(decisions.map((decision) => [decision.id, decision]));

const rows: readonly Row[] = [
  [
    'writes what its decision says, and tells which rule said it',
    'valid-decision',
    { season: 'winter' },
    nothing,
    (instance) => {
      expect(instance.variables()).toEqual({ season: 'winter', dish: 'roast' });
      const told = instance.entries.find(({ kind }) => kind === 'decisionEvaluated');
      expect(told?.data?.trace).toEqual([{ decisionId: 'dish', matchedRules: ['dish-winter'] }]);
    },
  ],
  [
    'parks when its decision fails',
    'valid-decision',
    {},
    nothing,
    (instance) => expect(instance.incidents()).toHaveLength(1),
  ],
  [
    'is a job where it has a type',
    'valid-job',
    {},
    (instance) => instance.job('rules', { complete: { dish: 'soup' } }),
    { status: 'completed', variables: { dish: 'soup' } },
  ],
];

describe('businessRuleTask', () => {
  proveRows(FOLDER, rows, { ...NO_RESOURCES, decisions: byId });
});
