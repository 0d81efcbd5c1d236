/** What the end of a relation goes by: days of the notice and of what is paid for, and whether the customer is small. Class: pure. */
import { Temporal } from 'temporal-polyfill/implementation';
import type { RowOf, SUBSCRIPTION } from '../../store/index.js';

/** A subscription with its prices. */
export type Subscription = RowOf<typeof SUBSCRIPTION>;

const LENGTHS = {
  week: { weeks: 1 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { years: 1 },
} as const;

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
  const start = Temporal.PlainDate.from(startsAt);
  const wanted = Temporal.PlainDate.from(day);
  const length = Temporal.Duration.from(LENGTHS[period]);
  const unit = period === 'week' ? 'weeks' : 'months';
  const each = period === 'week' ? 1 : length.years * 12 + length.months;
  const passed = Math.max(0, Math.floor(start.until(wanted, { largestUnit: unit })[unit] / each));
  const after = (periods: number): Temporal.PlainDate =>
    start.add(period === 'week' ? { weeks: periods } : { months: periods * each });
  // a period that ends with a short month may already have begun again
  let periods = passed + 1;
  while (Temporal.PlainDate.compare(after(periods), wanted) <= 0) periods += 1;
  return after(periods).subtract({ days: 1 }).toString();
}

/** The later of two days. */
export const later = (one: string, other: string): string => (one > other ? one : other);
