import { describe, expect, test } from 'vitest';
import { createAttempts, waitUntil } from '../../api/identities/attempts.js';
import { createLimit } from '../../api/limits.js';

const MINUTE = 60_000;

const waits: readonly [string, readonly number[], number, number][] = [
  ['the first', [], 1000, 0],
  ['after four', [0, 1, 2, 3], 1000, 0],
  ['right after five', [0, 1, 2, 3, 4], 500, 1004],
  ['a second after five', [0, 1, 2, 3, 4], 1004, 0],
  ['after eight', [0, 1, 2, 3, 4, 5, 6, 7], 100, 8007],
  ['after ten', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], MINUTE, 15 * MINUTE],
  ['a quarter of an hour after ten', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 15 * MINUTE + 10, 0],
];
test.each(waits)('%s attempt', (_which, failures, now, until) => {
  expect(waitUntil(failures, now)).toBe(until);
});

describe('attempts', () => {
  test('count for the account and for the address', () => {
    const attempts = createAttempts();
    for (let n = 0; n < 10; n += 1) attempts.begin([`a${n}`, 'here'], n * MINUTE);
    expect(attempts.begin(['another', 'here'], 10 * MINUTE)).toBe(15 * MINUTE);
    expect(attempts.begin(['a1', 'there'], 10 * MINUTE)).toBe(0);
  });

  test('many at a time get no more tries than one after the other', () => {
    const attempts = createAttempts();
    const let0 = Array.from({ length: 50 }, () => attempts.begin(['a', 'here'], 0));
    expect(let0.filter((until) => until === 0)).toHaveLength(5);
  });

  test('what succeeds clears the account, and is not held against the address', () => {
    const attempts = createAttempts();
    for (let n = 0; n < 4; n += 1) attempts.begin(['a', 'here'], n);
    attempts.begin(['a', 'here'], 4);
    attempts.succeeded('a', 'here');
    expect(attempts.begin(['a', 'here'], 5)).toBe(0);
    expect(attempts.begin(['b', 'here'], 6)).toBeGreaterThan(0);
  });
});

describe('a limit of three in a minute', () => {
  test('lets three through, and says how long to wait', () => {
    const limit = createLimit(3);
    expect([0, 1, 2].map((at) => limit.take('a', at))).toEqual([0, 0, 0]);
    expect(limit.take('a', 30_000)).toBe(30);
    expect(limit.take('a', 59_000)).toBe(1);
    expect(limit.take('b', 59_000)).toBe(0);
    expect(limit.take('a', MINUTE)).toBe(0);
  });
});
