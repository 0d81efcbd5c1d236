/** What is open in a calendar, date by date. Class: pure but for the zone rules of the platform. */
import type { Calendar, Calendars } from '../model/index.js';
import { daysOf, type Window } from './days.js';
import { dateNumberAt } from './wall-time.js';

/** From `from` to before `to`, in milliseconds. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Why an interval is open or closed. `weekly` and `override` open it. */
export type OpenReason = 'weekly' | 'override' | 'holiday' | 'closed';

/** An interval of which all is open, or all is closed, for one reason. */
export interface Stretch extends Interval {
  readonly reason: OpenReason;
}

/** Whether a stretch is one of work. */
export const isOpen = ({ reason }: Stretch): boolean =>
  reason === 'weekly' || reason === 'override';

/**
 * Everything from `from` on, open and closed, without a gap and without end: who asks has to stop.
 *
 * @param from - milliseconds
 */
export function* stretches(calendars: Calendars, from: number): Generator<Stretch> {
  for (const [index, calendar] of calendars.entries()) {
    const next = calendars[index + 1];
    const until = next === undefined ? Number.POSITIVE_INFINITY : Date.parse(next.validFrom);
    const begin = index === 0 ? from : Math.max(from, Date.parse(calendar.validFrom));
    if (begin < until) yield* ofOne(calendar, begin, until);
  }
}

function* ofOne(calendar: Calendar, from: number, until: number): Generator<Stretch> {
  const dayOf = daysOf(calendar);
  for (let begin = from, number = dateNumberAt(from, calendar.tz); begin < until; number++) {
    const { end: endOfDay, isHoliday, reaching } = dayOf(number);
    const end = Math.min(endOfDay, until);
    if (isHoliday) yield { from: begin, to: end, reason: 'holiday' };
    else yield* within({ from: begin, to: end }, reaching);
    begin = end;
  }
}

/** Cuts an interval by the windows that lie in it; what overlaps belongs to the window that began first. */
function* within({ from, to }: Interval, windows: readonly Window[]): Generator<Stretch> {
  let at = from;
  for (const window of windows) {
    const begin = Math.max(window.from, at);
    const end = Math.min(window.to, to);
    if (end <= begin) continue;
    if (begin > at) yield { from: at, to: begin, reason: 'closed' };
    yield { from: begin, to: end, reason: window.reason };
    at = end;
  }
  if (at < to) yield { from: at, to, reason: 'closed' };
}
