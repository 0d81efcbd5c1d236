/**
 * Business days: so many dates on which something is open, and on the last of them the same time of day.
 * Class: pure but for the zone rules of the platform.
 */
import type { Calendars } from '../model/index.js';
import { SEARCHED_DAYS } from './business-time.js';
import { isOpen, type Stretch, stretches } from './open-hours.js';
import { dateNumberAt, sameTimeOn } from './wall-time.js';

const DAY_MS = 86_400_000;

/**
 * The instant so many business days after another. What begins in closed hours begins when it opens next. A time of day
 * that is closed on the last date is its next opening on it, or else its closing. Null: nothing opens for so long.
 *
 * @param from - milliseconds
 * @param days - 0 or more
 */
export function businessDaysAfter(calendars: Calendars, from: number, days: number): number | null {
  const zone = calendars[0]?.tz ?? 'UTC';
  let begin: number | null = null;
  let reached = 0;
  let date = 0;
  let last: Stretch | null = null;
  for (const stretch of stretches(calendars, from)) {
    if (stretch.to - (last?.to ?? from) > SEARCHED_DAYS * DAY_MS) break;
    if (!isOpen(stretch)) continue;
    const number = dateNumberAt(stretch.from, zone);
    begin ??= stretch.from;
    if (last !== null && number !== date) {
      if (reached === days) return last.to;
      reached++;
    }
    if (reached === days) {
      const wanted = Math.max(sameTimeOn(number, begin, zone), stretch.from);
      if (wanted <= stretch.to) return wanted;
    }
    date = number;
    last = stretch;
  }
  return reached === days ? (last?.to ?? null) : null;
}
