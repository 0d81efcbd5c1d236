import { describe, expect, test } from 'vitest';
import { checkTable } from '../../engine/decisions/index.js';
import type { DecisionPlan } from '../../engine/model/index.js';
import { load } from './support.js';

const check = async (file: string, id: string) => {
  const plan = (await load(file))[id] as DecisionPlan;
  return checkTable(plan).map(
    ({ code, message }) => `${code}: ${/, but (.*);/.exec(message)?.[1]}`,
  );
};

const tables: readonly (readonly [file: string, id: string, expected: readonly string[]])[] = [
  ['gaps', 'Overlap', [`DMN_RULES_OVERLAP: rule 1 and rule 2 both match n = 5, kind = "a"`]],
  ['gaps', 'Whole', []],
  ['gaps', 'Gap', ['DMN_RULES_GAP: none matches n = 10, kind = "a"']],
  ['unique', 'Risk', []],
  ['priority', 'Risk', []],
  [
    'first',
    'Discount',
    [
      `DMN_RULES_GAP: none matches Type of Order = "Web", Customer Location = "US", Type of Customer = "anything else"`,
      `DMN_RULES_GAP: none matches Type of Order = "Web", Customer Location = "anything else", Type of Customer = "Wholesaler"`,
      `DMN_RULES_GAP: none matches Type of Order = "anything else", Customer Location = "US", Type of Customer = "Wholesaler"`,
    ],
  ],
  ['any', 'Torn', ['DMN_RULES_GAP: none matches n = 0']],
  ['collect', 'Holidays', []],
  ['nulls', 'Defaults', []],
  ['boxed', 'Numbers', []],
];

describe('checkTable', () => {
  test.each(tables)('%s: %s', async (file, id, expected) => {
    expect(await check(`valid-${file}`, id)).toEqual(expected);
  });

  test('gives up on a table that is too large to search', () => {
    const bits = Array.from({ length: 24 }, (_, index) => index);
    const plan: DecisionPlan = {
      id: 'Wide',
      name: null,
      variable: 'Wide',
      requires: [],
      logic: {
        kind: 'table',
        hitPolicy: 'FIRST',
        aggregation: null,
        inputs: bits.map((n) => ({
          id: `i${n}`,
          feel: `i${n}`,
          label: null,
          type: 'boolean',
          allowed: null,
        })),
        outputs: [{ id: 'o', name: 'o', type: null, defaultFeel: null, priorities: [] }],
        rules: bits.flatMap((n) =>
          ['true', 'false'].map((value) => ({
            id: `r${n}${value}`,
            tests: bits.map((m) => (m === n ? value : m === 23 - n ? 'true' : '-')),
            results: ['1'],
            annotation: null,
          })),
        ),
      },
    };
    const codes = checkTable(plan).map(({ code, severity }) => `${code} ${severity}`);
    expect(codes).toEqual(['DMN_RULES_UNCHECKED warning']);
  });
});
