import { describe, expect, test } from 'vitest';
import { evaluateDecision } from '../../engine/decisions/index.js';
import type { Json } from '../../engine/model/index.js';
import { load, scopeOf } from './support.js';

type Row = readonly [id: string, variable: string, given: Json, value: Json];

const temporal: readonly Row[] = [
  ['Due', 'due', '2026-02-28', 'past'],
  ['Due', 'due', '2026-03-31', 'near'],
  ['Due', 'due', '2026-12-24', 'near'],
  ['Due', 'due', '2027-06-01', 'next year'],
  ['Due', 'due', '2026-05-06', 'later'],
  ['Due', 'due', '2026-05-05', 'other'],
  ['Due', 'due', '2028-01-02', 'other'],
  ['Due', 'due', null, 'never'],
  ['Wait', 'due', '2026-01-10', 'short'],
  ['Wait', 'due', '2026-01-11', 'long'],
  ['Patience', 'patience', 'PT4H', 'hasty'],
  ['Patience', 'patience', 'P1D', 'calm'],
  ['Office', 'clock', '09:00:00', true],
  ['Office', 'clock', '17:00:00', false],
  ['Instant', 'instant', '2026-03-02T09:59:00+01:00', 'past'],
  ['Instant', 'instant', '2026-03-02T10:01:00+01:00[Europe/Berlin]', 'future'],
];

const plain: readonly Row[] = [
  ['Plain', 'x', null, 'null'],
  ['Plain', 'x', 4, 'small'],
  ['Plain', 'x', 5, 'big'],
  ['Plain', 'x', true, 'yes'],
  ['Plain', 'x', false, null],
  ['Plain', 'x', 'b', 'letter'],
  ['Plain', 'x', [1, 2], 'pair'],
  ['Plain', 'x', 'zebra', 'rest'],
  ['Defaults', 'x', 1, { a: 2, b: 'one' }],
  ['Defaults', 'x', 2, { a: null, b: 'two' }],
  ['Defaults', 'x', 3, { a: 7, b: null }],
  ['Defaults', 'x', null, { a: 7, b: null }],
  ['Bare', 'x', 9, null],
];

const faults: readonly (readonly [...Row, message: RegExp])[] = [
  ['Due', 'due', 'soon', 'DECISION_INPUT_INVALID', /a date for input 'due'.*"soon"/],
  ['Due', 'due', 7, 'DECISION_INPUT_INVALID', /a date/],
  ['Patience', 'patience', '2026-01-01', 'DECISION_INPUT_INVALID', /a duration/],
  ['Bare', 'x', 11, 'DECISION_INPUT_INVALID', /one of \[0\.\.10\]/],
  ['Bare', 'x', null, 'DECISION_INPUT_INVALID', /one of/],
  ['Bare', 'x', '1', 'DECISION_INPUT_INVALID', /a number/],
  ['Broken', 'x', 1, 'DECISION_FAILED', /rule 1, result 1 “a”.*missing/],
  ['Broken', 'x', 5, 'DECISION_FAILED', /rule 2, condition 1 “x”.*missing/],
  ['Broken', 'y', 5, 'DECISION_FAILED', /input 'x'/],
];

const fileOf = (id: string): string =>
  temporal.some(([name]) => name === id) ? 'valid-temporal' : 'valid-nulls';

describe('inputs and outputs', () => {
  test.each([...temporal, ...plain])(
    '%s with %s = %j is %j',
    async (id, variable, given, value) => {
      const result = evaluateDecision(await load(fileOf(id)), id, scopeOf({ [variable]: given }));
      expect(result).toMatchObject({ ok: true, value });
    },
  );

  test.each(faults)('%s with %s = %j stops with %s', async (id, variable, given, code, message) => {
    const result = evaluateDecision(await load(fileOf(id)), id, scopeOf({ [variable]: given }));
    expect(result).toMatchObject({ ok: false, fault: { code } });
    expect(result).toHaveProperty('fault.message', expect.stringMatching(message));
  });
});
