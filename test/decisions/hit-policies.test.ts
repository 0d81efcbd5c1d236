import { describe, expect, test } from 'vitest';
import { evaluateDecision } from '../../engine/decisions/index.js';
import type { Json } from '../../engine/model/index.js';
import { load, scopeOf } from './support.js';

type Given = Readonly<Record<string, Json>>;

const person = (Age: number, service: number): Given => ({ Age, 'Years of Service': service });
const applicant = (age: number, history: string): Given => ({
  'Applicant Age': age,
  'Medical History': history,
});
const order = (type: string, location: string, customer: string): Given => ({
  'Type of Order': type,
  'Customer Location': location,
  'Type of Customer': customer,
});
const borrower = (rating: string, card: number, education: number): Given => ({
  'Credit Rating': rating,
  'Card Balance': card,
  'Education Loan Balance': education,
});
const student = (gpa: number, activities: number, membership: string): Given => ({
  'Student GPA': gpa,
  'Activities Count': activities,
  'Honor Society Membership': membership,
});

/** Tables of the DMN specification, §8.2.10 and §8.2.11: given these inputs, this result by these rules. */
const results: readonly (readonly [file: string, id: string, Given, value: Json, rules: string])[] =
  [
    ['unique', 'Risk', applicant(61, 'bad'), 'High', '2'],
    ['unique', 'Risk', applicant(60, 'bad'), 'Medium', '3'],
    ['unique', 'Risk', applicant(24, 'good'), 'Low', '4'],
    ['unique', 'Typed', { n: 1 }, '2026-03-02', '1'],
    ['unique', 'Typed', { n: 3 }, null, '3'],
    ['priority', 'Risk', applicant(70, 'bad'), 'High', '2 3'],
    ['priority', 'Risk', applicant(30, 'bad'), 'Medium', '3'],
    ['priority', 'Risk', applicant(20, 'good'), 'Low', '4'],
    ['first', 'Discount', order('Web', 'US', 'Wholesaler'), 10, '1'],
    ['first', 'Discount', order('Phone', 'US', 'Retailer'), 0, '2'],
    ['first', 'Discount', order('Web', 'US', 'Retailer'), 5, '4'],
    ['first', 'Discount', order('Web', 'US', 'Reseller'), null, ''],
    ['any', 'Compliance', borrower('A', 1, 1), 'Compliant', '1'],
    ['any', 'Compliance', borrower('B', 10_000, 50_000), 'Not Compliant', '2 3 4'],
    ['collect', 'Holidays', person(60, 30), 22 + 3 + 3 + 5 + 5, '1 2 3 5 6'],
    ['collect', 'Holidays', person(30, 1), 22, '1'],
    ['collect', 'Fees', { n: 2 }, 0.3, '1 2'],
    ['collect', 'HolidayRules', person(60, 30), 5, '1 2 3 5 6'],
    ['collect', 'LeastHolidays', person(60, 30), 3, '1 2 3 5 6'],
    ['collect', 'MostHolidays', person(60, 30), 22, '1 2 3 5 6'],
    ['collect', 'HolidayList', person(50, 20), [22, 2, 2], '1 7 8'],
    [
      'collect',
      'Pairs',
      { Age: 61 },
      [
        { kind: 'base', days: 22 },
        { kind: 'senior', days: 5 },
      ],
      '1 2',
    ],
    ['collect', 'NoSum', person(1, 1), null, ''],
    ['collect', 'NoCount', person(1, 1), 0, ''],
    ['collect', 'NoMin', person(1, 1), null, ''],
    ['collect', 'NoMax', person(1, 1), null, ''],
    ['collect', 'NoList', person(1, 1), [], ''],
    ['output-order', 'HolidayOrder', person(60, 30), [22, 5, 5, 3, 3], '1 2 3 5 6'],
    [
      'output-order',
      'TwoOutputs',
      { n: 9 },
      [
        ['high', 'x'],
        ['high', 'y'],
        ['low', 'x'],
      ].map(([level = '', note = '']) => ({ level, note })),
      '1 2 3',
    ],
    ['rule-order', 'Package', student(3.6, 4, 'Yes'), ['20% Scholarship', '30% Loan'], '1 2'],
    ['rule-order', 'Package', student(3.0, 9, 'No'), ['5% Work-On-Campus'], '4'],
  ];

const faults: readonly (readonly [
  file: string,
  id: string,
  Given,
  code: string,
  message: RegExp,
])[] = [
  ['any', 'Torn', { n: 11 }, 'DECISION_ANY_DIFFERS', /rule 1, rule 2/],
  ['gaps', 'Overlap', { n: 7, kind: 'a' }, 'DECISION_NOT_UNIQUE', /rule 1, rule 2/],
  ['collect', 'WordSum', { Age: 1 }, 'DECISION_OUTPUT_INVALID', /rule 1.*"one"/],
  [
    'output-order',
    'Unlisted',
    { n: 1 },
    'DECISION_OUTPUT_INVALID',
    /one of "high", "low".*"middling"/,
  ],
  ['unique', 'Typed', { n: 2 }, 'DECISION_OUTPUT_INVALID', /a date.*rule 2 gives "soon"/],
  ['unique', 'Typed', { n: 4 }, 'DECISION_OUTPUT_INVALID', /a date.*the default gives "never"/],
  ['unique', 'Risk', applicant(1, 'unclear'), 'DECISION_INPUT_INVALID', /one of "good","bad"/],
  [
    'unique',
    'Risk',
    { 'Medical History': 'good', 'Applicant Age': '61' },
    'DECISION_INPUT_INVALID',
    /a number/,
  ],
];

describe('hit policies', () => {
  test.each(results)('%s: %s of %j is %j', async (file, id, given, value, rules) => {
    const result = evaluateDecision(await load(`valid-${file}`), id, scopeOf(given));
    const matchedRules = rules === '' ? [] : rules.split(' ').map((rule) => `${id}_R${rule}`);
    expect(result).toEqual({ ok: true, value, trace: [{ decisionId: id, matchedRules }] });
  });

  test.each(faults)('%s: %s of %j stops with %s', async (file, id, given, code, message) => {
    const result = evaluateDecision(await load(`valid-${file}`), id, scopeOf(given));
    expect(result).toMatchObject({ ok: false, fault: { code } });
    expect(result).toHaveProperty('fault.message', expect.stringMatching(message));
  });
});
