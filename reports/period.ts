/**
 * The periods of a report: days, weeks that begin on Monday, or months of a time zone, from the first day to the last. A day has
 * as many hours as its zone gives it. Class: pure but for the zone rules of the platform. Source: ISO 8601.
 */

import { addDays, addMonths, daysBetween } from '../contracts/days.js';
import type { PeriodKind } from '../contracts/report-names.js';
import { dateNumberAt, dateOf, startOfDate } from '../engine/calendars/wall-time.js';

/** What a report is of. */
export interface Span {
  /** First and last day, `YYYY-MM-DD`; both are counted in. */
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

/** One period; instants are ISO 8601 UTC, the last is no part of it. */
export interface Period {
  readonly day: string;
  readonly from: string;
  readonly to: string;
}

/** Periods of a report at most. */
export const MOST_PERIODS = 200;

/** The days of a report where nobody says. */
const DAYS = 30;

const EPOCH = '1970-01-01';

/** The day that it is in a zone. @param at - ISO 8601 */
export const dayAt = (at: string, zone: string): string =>
  addDays(EPOCH, dateNumberAt(Date.parse(at), zone));

/** When a day begins in a zone, ISO 8601. */
export const startOf = (day: string, zone: string): string =>
  new Date(startOfDate(dateOf(daysBetween(EPOCH, day)), zone)).toISOString();

/** The days that are meant: thirty up to today, where nobody says. @param at - now, ISO 8601 */
export function spanOf(
  {
    from,
    to,
    zone,
  }: {
    readonly from?: string | undefined;
    readonly to?: string | undefined;
    readonly zone: string;
  },
  at: string,
): Span {
  const last = to ?? dayAt(at, zone);
  return { from: from ?? addDays(last, 1 - DAYS), to: last, zone };
}

/** The instants between which a report counts: the second is no part of it. */
export const instantsOf = ({ from, to, zone }: Span): readonly [from: string, to: string] => [
  startOf(from, zone),
  startOf(addDays(to, 1), zone),
];

/** Its periods in their order; null: they are too many, or it ends before it begins. Those at the ends may be cut. */
export function periodsOf(span: Span, by: PeriodKind): readonly Period[] | null {
  const { from, to, zone } = span;
  const days: string[] = [];
  for (let day = from; day <= to; day = nextOf(day, by)) {
    days.push(day);
    if (days.length > MOST_PERIODS) return null;
  }
  const end = addDays(to, 1);
  const periods = days.map((day, index) => ({
    ...{ day, from: startOf(day, zone), to: startOf(days[index + 1] ?? end, zone) },
  }));
  return periods.length === 0 ? null : periods;
}

const THURSDAY = 4;
const WEEK = 7;

/** Where the period after that of a day begins. 1970-01-01 was a Thursday. */
function nextOf(day: string, by: PeriodKind): string {
  if (by === 'day') return addDays(day, 1);
  if (by === 'month') return addMonths(`${day.slice(0, 7)}-01`, 1);
  const sinceMonday = (((daysBetween(EPOCH, day) + THURSDAY - 1) % WEEK) + WEEK) % WEEK;
  return addDays(day, WEEK - sinceMonday);
}
