/** When work is done: windows by weekday in a zone, days that are otherwise, holidays. Plain JSON. */

/** Days as calendars name them, Monday first. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** One of `WEEKDAYS`. */
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * From one wall time to another, `HH:MM`. `24:00` is the start of the next date. One that does not end after it begins
 * ends on the next date; where both are equal, it lasts until the same wall time of the next date.
 */
export type OpenWindow = readonly [from: string, to: string];

/** One version of a calendar. */
export interface Calendar {
  /** IANA zone. */
  readonly tz: string;
  readonly version: number;
  /** The instant from which this version counts; the time before it keeps the version before. */
  readonly validFrom: string;
  /** A weekday that is left out is closed. Windows of one day may overlap and count once. */
  readonly weekly: Readonly<Partial<Record<Weekday, readonly OpenWindow[]>>>;
  /** By date `YYYY-MM-DD`: windows that take the place of those that begin on it; the night before stays. */
  readonly dateOverrides: Readonly<Record<string, readonly OpenWindow[]>>;
  /** Dates from whose 00:00 to 24:00 nothing counts, neither a night before nor an override. */
  readonly holidays: readonly string[];
}

/** A calendar with all its versions, in the order of `validFrom`. The first counts for all time before it too. */
export type Calendars = readonly Calendar[];
