/**
 * The dates of a calendar. Only windows that begin on a date or on the one before reach into it. What was worked out for
 * a date is kept, for tickets ask again and again about the same weeks.
 * Class: pure but for the zone rules of the platform and the memory it holds.
 */
import { type Calendar, cached, type OpenWindow, WEEKDAYS, type Weekday } from '../model/index.js';
import { dateOf, instantOf, type PlainDate, startOfDate } from './wall-time.js';

/** An open window as instants, in milliseconds, and what opened it. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly reason: 'weekly' | 'override';
}

/** One date of a calendar. */
export interface Day {
  /** First instant of the next date, in milliseconds. */
  readonly end: number;
  readonly isHoliday: boolean;
  /** Windows that reach into the date, in the order of their beginnings. */
  readonly reaching: readonly Window[];
}

/** Dates that are kept for a calendar: the years that a search covers. */
const KEPT_DATES = 1_000;

const KEPT = new WeakMap<Calendar, (number: number) => Day>();

/** The dates of a calendar, by the number of days since 1970-01-01. */
export function daysOf(calendar: Calendar): (number: number) => Day {
  const known = KEPT.get(calendar);
  if (known !== undefined) return known;
  const dayOf = cached(KEPT_DATES, (number: number) => makeDay(calendar, dateOf(number)));
  KEPT.set(calendar, dayOf);
  return dayOf;
}

function makeDay(calendar: Calendar, date: PlainDate): Day {
  return {
    end: startOfDate(date.add({ days: 1 }), calendar.tz),
    isHoliday: calendar.holidays.includes(date.toString()),
    reaching: [date.subtract({ days: 1 }), date]
      .flatMap((day) => beginningOn(calendar, day))
      .sort((one, other) => one.from - other.from),
  };
}

function beginningOn(calendar: Calendar, date: PlainDate): readonly Window[] {
  const override = calendar.dateOverrides[date.toString()];
  const windows = override ?? calendar.weekly[WEEKDAYS[date.dayOfWeek - 1] as Weekday] ?? [];
  const reason = override === undefined ? 'weekly' : 'override';
  return windows.map((window) => ({ ...intervalOf(window, date, calendar.tz), reason }));
}

function intervalOf([begin, end]: OpenWindow, date: PlainDate, zone: string) {
  const endDate = end <= begin ? date.add({ days: 1 }) : date;
  return { from: instantOf(date, begin, zone), to: instantOf(endDate, end, zone) };
}
