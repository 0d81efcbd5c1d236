import { describe, expect, test } from 'vitest';
import { halfEven, monthlyCharge, yearlyInterest } from '../../../store/ledger/interest.js';

describe('interest', () => {
  test('1,000 overdue for 45 days: 10 % a year is 12.33; 2 % and 1 % a month is 35.00', () => {
    const balances = [{ from: '2026-01-01', principalMinor: 100_000 }];
    expect(yearlyInterest(balances, '2026-02-15', 10)).toBe(1_233);
    expect(monthlyCharge(100_000, 45, { feePct: 2, monthPct: 1 })).toBe(3_500);
  });

  /** From a due date of 2026-01-01, reckoned on 2026-03-02: 60 days. */
  const runs: readonly [string, readonly (readonly [string, number])[], number, number][] = [
    ['nothing on the due date itself', [['2026-03-02', 100_000]], 10, 0],
    ['not yet due', [['2026-04-01', 100_000]], 10, 0],
    [
      'each day on the balance of the day',
      [
        ['2026-01-01', 100_000],
        ['2026-01-31', 50_000],
      ],
      10,
      1_233,
    ],
    [
      'paying the principal does not erase it',
      [
        ['2026-01-01', 100_000],
        ['2026-01-31', 0],
      ],
      10,
      822,
    ],
    [
      'paid before it was due',
      [
        ['2026-01-01', 100_000],
        ['2026-01-01', 0],
      ],
      10,
      0,
    ],
    ['a rate with a fraction', [['2026-01-01', 100_000]], 10.65, 1_751],
    ['rounded once: 1 minor a day is nothing by itself', [['2026-01-01', 3_650]], 1, 6],
  ];
  test.each(runs)('%s', (_name, balances, pct, minor) => {
    const given = balances.map(([from, principalMinor]) => ({ from, principalMinor }));
    expect(yearlyInterest(given, '2026-03-02', pct)).toBe(minor);
  });

  test.each([
    [1n, 2n, 0],
    [3n, 2n, 2],
    [5n, 2n, 2],
    [7n, 2n, 4],
    [14n, 10n, 1],
    [16n, 10n, 2],
    [0n, 3n, 0],
  ])('%s / %s is %s: a half goes to the even one', (dividend, divisor, whole) => {
    expect(halfEven(dividend, divisor)).toBe(whole);
  });
});
