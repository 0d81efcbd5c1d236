/** What the end of a relation goes by: days of the notice and of what is paid for, and whether the customer is small. Class: pure. */

import { addDays, addMonths, daysBetween, monthsBetween } from '../../contracts/days.js';
import type { RowOf, SUBSCRIPTION } from '../../store/index.js';

/** A subscription with its prices. */
export type Subscription = RowOf<typeof SUBSCRIPTION>;

/** Months of a period; of a week, none. */
const MONTHS = { week: 0, month: 1, quarter: 3, year: 12 } as const;

/** Share of a month that one period's price is divided by or multiplied with. Source: MRR of the product's KPIs. */
const MONTHLY = { week: 52 / 12, month: 1, quarter: 1 / 3, year: 1 / 12 } as const;

/** What a subscription brings a month, in minor units of its currency, discount deducted. */
export function monthlyMinor({ priceMinor, discountPct, period }: Subscription): number {
  return (priceMinor * (100 - discountPct) * MONTHLY[period]) / 100;
}

/**
 * Last day of the paid term in which a day falls: of a term that is fixed its end, else of the running period.
 *
 * @param day - LocalDate
 */
export function paidUntil({ startsAt, endsAt, period }: Subscription, day: string): string {
  if (endsAt !== null) return endsAt;
  const [, next] = periodAround(startsAt, period, day);
  return addDays(next, -1);
}

/** First day of the period that a day falls in, and of the one after it. */
export function periodAround(
  startsAt: string,
  period: Subscription['period'],
  day: string,
): readonly [from: string, next: string] {
  if (day <= startsAt) return [startsAt, nthPeriod(startsAt, period, 1)];
  const months = MONTHS[period];
  const passed =
    months === 0
      ? Math.floor(daysBetween(startsAt, day) / 7)
      : Math.floor(monthsBetween(startsAt, day) / months);
  // the month may have begun, and the period not yet
  const n = nthPeriod(startsAt, period, passed) > day ? passed - 1 : passed;
  return [nthPeriod(startsAt, period, n), nthPeriod(startsAt, period, n + 1)];
}

function nthPeriod(startsAt: string, period: Subscription['period'], n: number): string {
  return period === 'week' ? addDays(startsAt, 7 * n) : addMonths(startsAt, MONTHS[period] * n);
}

/** The later of two days. */
export const later = (one: string, other: string): string => (one > other ? one : other);
