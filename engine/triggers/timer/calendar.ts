/**
 * Local time, zones and calendar periods for timers: the one place that touches the Temporal polyfill.
 * The polyfill is imported by its implementation, for the plain entry prefers a native object where there
 * is one. Nothing here reads the clock: `getTimeZoneTransition('next')` does, so only 'previous' is used.
 * Class: pure. Source: ISO 8601; IANA time zone database.
 */
import { Temporal } from 'temporal-polyfill/implementation';
import { createCache } from './cache.js';

/** Milliseconds of one day by the clock. */
export const DAY_MS = 86_400_000;

/** A span of time: the part that moves the wall clock, and the part that is exact. */
export interface Period {
  readonly years: number;
  readonly months: number;
  readonly days: number;
  readonly exactMs: number;
  /** True when only `exactMs` counts. */
  readonly isExact: boolean;
  /** The average length, negative for a negative period; an estimate, never a due time. */
  readonly averageMs: number;
}

/** A point in time as written: with a zone of its own, or local to whatever zone it is read in. */
export interface Moment {
  /** Local date-time in ISO 8601 without offset, or null when `instantMs` says it all. */
  readonly local: string | null;
  readonly instantMs: number | null;
  /** Its own zone (IANA name, or an offset such as `+02:00`), or null. */
  readonly zone: string | null;
}

const MONTH_MS = 30.436875 * DAY_MS;
const zones = createCache<string | null>(500);

/** The canonical spelling of a zone name, or null when nothing is known by that name. */
export function canonicalZone(name: string): string | null {
  return zones(name, () => {
    try {
      return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
    } catch {
      return null;
    }
  });
}

/** Reads an ISO 8601 duration (weeks combine with the rest). Throws RangeError when it is none. */
export function readPeriod(text: string): Period {
  return toPeriod(Temporal.Duration.from(text));
}

/** Reads an ISO 8601 date or date-time whose zone, if any, was cut off. Throws RangeError when it is none. */
export function readMoment(body: string, zone: string | null): Moment {
  const offset = /[T ].*?(Z|[+-]\d\d(?::?\d\d)?)$/i.exec(body)?.[1] ?? null;
  if (offset === null) {
    return { local: Temporal.PlainDateTime.from(body).toString(), instantMs: null, zone };
  }
  if (zone === null) {
    const own = /^z$/i.test(offset) ? 'UTC' : offset;
    const zoned = Temporal.Instant.from(body).toZonedDateTimeISO(own);
    return { local: null, instantMs: zoned.epochMilliseconds, zone: zoned.timeZoneId };
  }
  // An offset that the zone does not have at that time is refused rather than quietly preferred.
  const zoned = Temporal.ZonedDateTime.from(`${body}[${zone}]`, { offset: 'reject' });
  return { local: null, instantMs: zoned.epochMilliseconds, zone: zoned.timeZoneId };
}

/** The instant of a moment; a local one is read in `zone`. */
export function instantOf({ local, instantMs }: Moment, zone: string): number {
  return instantMs ?? toInstant(Temporal.PlainDateTime.from(local ?? ''), zone);
}

/** `anchorMs` plus `times` periods: the date part moves the wall clock of the anchor, then the exact part. */
export function addPeriod(anchorMs: number, period: Period, times: number, zone: string): number {
  if (period.isExact) return anchorMs + times * period.exactMs;
  const { years, months, days, exactMs } = period;
  const wall = zonedOf(anchorMs, zone)
    .toPlainDateTime()
    .add({ years: years * times, months: months * times, days: days * times });
  return toInstant(wall, zone) + times * exactMs;
}

/** The period from one instant to another: whole local days of `zone`, then exact time. */
export function periodBetween(startMs: number, endMs: number, zone: string): Period {
  const start = zonedOf(startMs, zone);
  return toPeriod(start.until(zonedOf(endMs, zone), { largestUnit: 'day' }));
}

/** What the clock on the wall shows at an instant, as milliseconds of a clock without zone. */
export function wallOf(instantMs: number, zone: string): number {
  if (zone === 'UTC') return instantMs;
  return instantMs + zonedOf(instantMs, zone).offsetNanoseconds / 1e6;
}

/** The instant at which the wall shows `wallMs`: in a gap its end, when repeated the first time. */
export function instantOfWall(wallMs: number, zone: string): number {
  if (zone === 'UTC') return wallMs;
  return toInstant(zonedOf(wallMs, 'UTC').toPlainDateTime(), zone);
}

/** Where a repeated hour, which `instantMs` is in, ends on the wall. */
export function repeatedWallEnd(instantMs: number, zone: string): number {
  const turn = previousTransition(zonedOf(instantMs, zone));
  return turn === null ? instantMs : wallOf(turn - 1, zone) + 1;
}

function zonedOf(instantMs: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone);
}

function toInstant(wall: Temporal.PlainDateTime, zone: string): number {
  const zoned = wall.toZonedDateTime(zone, { disambiguation: 'compatible' });
  if (zoned.toPlainDateTime().equals(wall)) return zoned.epochMilliseconds;
  return previousTransition(zoned) ?? zoned.epochMilliseconds;
}

/** The latest change of offset at or before an instant. */
function previousTransition(zoned: Temporal.ZonedDateTime): number | null {
  const turn = zoned.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  return turn === null ? null : turn.epochMilliseconds;
}

function toPeriod(duration: Temporal.Duration): Period {
  const { years, months } = duration;
  const days = duration.weeks * 7 + duration.days;
  const { hours, minutes, seconds, milliseconds } = duration;
  const finer = duration.microseconds / 1e3 + duration.nanoseconds / 1e6;
  // Rounded up, so that no timer fires before its time.
  const exactMs = ((hours * 60 + minutes) * 60 + seconds) * 1000 + Math.ceil(milliseconds + finer);
  const averageMs = (years * 12 + months) * MONTH_MS + days * DAY_MS + exactMs;
  return { years, months, days, exactMs, isExact: !years && !months && !days, averageMs };
}
