import { expect, test } from 'vitest';
import {
  monthlyMinor,
  paidUntil,
  periodAround,
  type Subscription,
} from '../../activities/leaving/terms.js';

const subscription = (given: Partial<Subscription>): Subscription => ({
  subscriptionId: 'S-1',
  customerId: 'C-1',
  planId: 'team',
  seats: 5,
  priceMinor: 120_000,
  currency: 'BRL',
  period: 'month',
  startsAt: '2026-01-31',
  endsAt: null,
  discountPct: 0,
  state: 'active',
  ...given,
});

const ends: readonly [given: Partial<Subscription>, day: string, until: string][] = [
  [{}, '2026-01-31', '2026-02-27'],
  [{}, '2026-02-27', '2026-02-27'],
  [{}, '2026-02-28', '2026-03-30'],
  [{ startsAt: '2026-01-15' }, '2026-04-01', '2026-04-14'],
  [{ startsAt: '2026-01-15', period: 'quarter' }, '2026-04-15', '2026-07-14'],
  [{ startsAt: '2024-02-29', period: 'year' }, '2026-03-01', '2027-02-27'],
  [{ startsAt: '2026-03-02', period: 'week' }, '2026-03-08', '2026-03-08'],
  [{ startsAt: '2026-03-02', period: 'week' }, '2026-03-09', '2026-03-15'],
  [{ startsAt: '2026-06-01' }, '2026-03-01', '2026-06-30'],
  [{ endsAt: '2026-12-31' }, '2026-03-01', '2026-12-31'],
];

test.each(ends)('what is paid for: %o on %s until %s', (given, day, until) => {
  expect(paidUntil(subscription(given), day)).toBe(until);
});

test('a day always falls into its period', () => {
  for (let n = 0; n < 800; n += 1) {
    const day = new Date(Date.UTC(2026, 0, 31 + n)).toISOString().slice(0, 10);
    const [from, next] = periodAround('2026-01-31', 'month', day);
    expect([from <= day, day < next]).toEqual([true, true]);
  }
});

test('what comes in a month, discount deducted', () => {
  expect(monthlyMinor(subscription({ period: 'year', discountPct: 10 }))).toBe(9000);
  expect(monthlyMinor(subscription({ period: 'week' }))).toBe(520_000);
});
