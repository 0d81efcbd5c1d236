/**
 * Times for a meeting: in the hours of the customer, on its business days, one a day as long as there are days, and
 * within our own office hours where the two have any in common. Class: pure but for the zone rules of the platform.
 */
import {
  businessMsIn,
  type Calendar,
  type Calendars,
  explainInterval,
  type OpenWindow,
} from '../../engine/calendars/index.js';

/** A time for a meeting: ISO 8601 UTC. */
export interface Slot {
  readonly start: string;
  readonly end: string;
}

/** What is looked for. */
export interface Wanted {
  /** Zone of the customer. */
  readonly tz: string;
  /** Hours in which people meet, on the customer's clock: `["09:00", "17:30"]`. */
  readonly hours: OpenWindow;
  /** Our own office hours. */
  readonly office: { readonly tz: string; readonly hours: OpenWindow };
  /** Dates on which nobody meets. */
  readonly holidays: readonly string[];
  readonly count: number;
  /** Business days to look at. */
  readonly days: number;
  readonly minutes: number;
  /** Not before; milliseconds. */
  readonly fromMs: number;
  /** Starts that were turned down. */
  readonly exclude: readonly string[];
}

const DAY_MS = 86_400_000;
const STEP_MS = 30 * 60_000;

/** Where in a day the first, second, third day's time lies, so that they differ. */
const PLACES = [0.2, 0.7, 0.45] as const;

/** The times in their order; fewer where there are not enough. */
export function slotsFor(wanted: Wanted): readonly Slot[] {
  const days = freeTimes(wanted);
  const chosen: number[] = [];
  for (let round = 0; chosen.length < wanted.count; round++) {
    const before = chosen.length;
    for (const [index, times] of days.entries()) {
      if (chosen.length === wanted.count) break;
      const free = times.filter((time) => chosen.every((one) => isApart(one, time, wanted)));
      const place = PLACES[(index + round) % PLACES.length] ?? 0;
      const time = free[Math.floor(place * free.length)];
      if (time !== undefined) chosen.push(time);
    }
    if (chosen.length === before) break;
  }
  chosen.sort((a, b) => a - b);
  return chosen.map((start) => ({
    start: new Date(start).toISOString(),
    end: new Date(start + wanted.minutes * 60_000).toISOString(),
  }));
}

const isApart = (one: number, other: number, { minutes }: Wanted): boolean =>
  Math.abs(one - other) >= minutes * 60_000;

/** Starts by day, of the first days that have any. */
function freeTimes(wanted: Wanted): readonly (readonly number[])[] {
  const { fromMs, days } = wanted;
  const theirs = weekly(wanted.tz, wanted.hours, wanted.holidays);
  const until = fromMs + (days * 2 + 7 + wanted.holidays.length) * DAY_MS;
  const open = explainInterval(theirs, { from: fromMs, to: until }).filter(
    ({ reason }) => reason === 'weekly',
  );
  const all = open.slice(0, days).map((one) => startsIn(one, wanted));
  const ours = weekly(wanted.office.tz, wanted.office.hours, []);
  const common = all.map((times) => times.filter((time) => isWithin(ours, time, wanted)));
  return common.some((times) => times.length > 0) ? common : all;
}

function startsIn(
  { from, to }: { readonly from: number; readonly to: number },
  { minutes, exclude }: Wanted,
): readonly number[] {
  const barred = new Set(exclude.map((start) => Date.parse(start)));
  const starts: number[] = [];
  for (let at = Math.ceil(from / STEP_MS) * STEP_MS; at + minutes * 60_000 <= to; at += STEP_MS) {
    if (!barred.has(at)) starts.push(at);
  }
  return starts;
}

const isWithin = (calendars: Calendars, start: number, { minutes }: Wanted): boolean =>
  businessMsIn(calendars, { from: start, to: start + minutes * 60_000 }) === minutes * 60_000;

function weekly(tz: string, hours: OpenWindow, holidays: readonly string[]): Calendars {
  const days = { mon: [hours], tue: [hours], wed: [hours], thu: [hours], fri: [hours] };
  const whole: Calendar = {
    ...{ tz, version: 1, validFrom: '1970-01-01T00:00:00Z', weekly: days },
    ...{ dateOverrides: {}, holidays },
  };
  return [whole];
}
