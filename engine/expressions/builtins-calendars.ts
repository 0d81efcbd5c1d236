/**
 * Built-ins about business time, which count by a calendar of the package. Not of the standard; see docs/feel.md and
 * docs/sla-clocks.md.
 */
import { businessDaysAfter, businessMsIn, businessTimeAfter } from '../calendars/index.js';
import type { Calendars } from '../model/index.js';
import { type Builtins, builtin, invalid, text, whole } from './builtin.js';
import { FeelDateTime, FeelDuration } from './feelin.js';
import { type Runtime, TEMPORAL_STEPS, type Value } from './runtime.js';
import {
  durationOfMs,
  instantIn,
  millisecondsOf,
  nowAt,
  parseDateTime,
  parseDuration,
} from './temporal.js';
import { describe } from './values.js';

/** Dates that one call may look at are bounded by the calendar; this is what they cost at most, in steps. */
const CALENDAR_STEPS = 10 * TEMPORAL_STEPS;

function calendarOf(name: string, value: Value, runtime: Runtime): Calendars {
  runtime.spend(CALENDAR_STEPS);
  const key = text(name, value);
  const { calendars = {} } = runtime.scope;
  const found = Object.hasOwn(calendars, key) ? calendars[key] : undefined;
  const known = Object.keys(calendars)
    .map((one) => `'${one}'`)
    .join(', ');
  return found ?? invalid(name, `there is no calendar '${key}' (there are: ${known || 'none'})`);
}

/** Milliseconds of a date and time, or of its text; without a zone it is one of the calendar's. */
function instant(name: string, value: Value, [calendar]: Calendars): number {
  const found = value instanceof FeelDateTime ? value : parseDateTime(text(name, value));
  return found === null
    ? invalid(name, `${describe(value)} is no date and time`)
    : instantIn(found, calendar?.tz ?? 'UTC');
}

function milliseconds(name: string, value: Value): number {
  const found = value instanceof FeelDuration ? value : parseDuration(text(name, value));
  if (found === null || found.yearsMonths) {
    return invalid(name, `${describe(value)} is no duration of hours and minutes`);
  }
  const amount = millisecondsOf(found);
  return amount < 0 ? invalid(name, 'the duration is below zero') : amount;
}

/** The instant with the offset of the calendar's zone. */
function told(name: string, at: number | null, [calendar]: Calendars): Value {
  return at === null
    ? invalid(name, 'the calendar does not open for so long')
    : nowAt(new Date(at).toISOString(), calendar?.tz ?? 'UTC');
}

/** The table of these built-ins. */
export const CALENDAR_BUILTINS: Builtins = {
  'business time after': builtin(
    ['from', 'duration', 'calendar'],
    ([from, amount, key], runtime) => {
      const name = 'business time after';
      const calendars = calendarOf(name, key, runtime);
      const begin = instant(name, from, calendars);
      return told(name, businessTimeAfter(calendars, begin, milliseconds(name, amount)), calendars);
    },
  ),
  'business days after': builtin(['from', 'days', 'calendar'], ([from, days, key], runtime) => {
    const name = 'business days after';
    const calendars = calendarOf(name, key, runtime);
    const count = whole(name, days);
    if (count < 0 || count > 1_000) return invalid(name, `${count} is no number from 0 to 1000`);
    return told(
      name,
      businessDaysAfter(calendars, instant(name, from, calendars), count),
      calendars,
    );
  }),
  'business time elapsed': builtin(['from', 'to', 'calendar'], ([from, to, key], runtime) => {
    const name = 'business time elapsed';
    const calendars = calendarOf(name, key, runtime);
    const interval = { from: instant(name, from, calendars), to: instant(name, to, calendars) };
    if (interval.to - interval.from > LONGEST_MS) return invalid(name, 'it is more than ten years');
    return durationOfMs(businessMsIn(calendars, interval));
  }),
};

const LONGEST_MS = 10 * 366 * 86_400_000;
