/**
 * Temporal values where feelin is wrong: zones and daylight saving time, durations as quantities.
 * Class: pure but for the zone rules of the platform, which a recorded decision pins. Source:
 * DMN 1.5 §10.3.2.3; RFC 9557; docs/design.md D9.
 */
import { Temporal } from 'temporal-polyfill/implementation';
import { stop } from './fault.js';
import {
  FEELIN_OPERATORS,
  FeelDate,
  FeelDateTime,
  FeelDuration,
  type FeelTime,
  feelinBuiltin,
  parseDateAndTime,
} from './feelin.js';

type FeelTemporal = FeelDate | FeelTime | FeelDateTime | FeelDuration;

/** Durations that were written in hours, such as PT24H: feelin holds them as whole days. */
const WRITTEN_IN_TIME = new WeakSet<FeelDuration>();

const hasDaylightSaving = (zone: string | null): zone is string =>
  zone !== null && zone !== 'UTC' && !/^[+-]\d/.test(zone);

/**
 * Adds or subtracts. Errors: `FEEL_ZONED_TIME_ARITHMETIC` for hours on a value whose zone has daylight
 * saving time, where feelin loses the offset; `FEEL_EVALUATION_FAILED` for what cannot be combined.
 */
export function addTemporal(left: FeelTemporal, right: FeelTemporal, operator: '+' | '-'): unknown {
  const [instant, amount] = left instanceof FeelDuration ? [right, left] : [left, right];
  if (instant instanceof FeelDateTime && amount instanceof FeelDuration) {
    if (hasDaylightSaving(instant.zone) && hasTime(amount)) {
      stop('FEEL_ZONED_TIME_ARITHMETIC', { zone: instant.zone });
    }
  }
  const result = FEELIN_OPERATORS[operator](left, right);
  if (result === null) {
    stop('FEEL_EVALUATION_FAILED', {
      reason: `'${operator}' has no meaning between these two dates or durations`,
    });
  }
  if (left instanceof FeelDuration && right instanceof FeelDuration) {
    if (WRITTEN_IN_TIME.has(left) || WRITTEN_IN_TIME.has(right)) mark(result);
  }
  return result;
}

function mark(duration: unknown): void {
  if (duration instanceof FeelDuration) WRITTEN_IN_TIME.add(duration);
}

function hasTime(duration: FeelDuration): boolean {
  const { hours, minutes, seconds } = duration;
  return Boolean(hours || minutes || seconds) || WRITTEN_IN_TIME.has(duration);
}

const secondsOf = ({ value }: FeelDuration): number =>
  value.days * 86_400 +
  value.hours * 3_600 +
  value.minutes * 60 +
  value.seconds +
  value.milliseconds / 1_000;

const monthsOf = ({ value }: FeelDuration): number => value.years * 12 + value.months;

const parseIso = feelinBuiltin('duration');

function durationOf(months: number | null, seconds: number): FeelDuration {
  const [amount, unit] = months === null ? [seconds, 'S'] : [Math.trunc(months), 'M'];
  if (!Number.isFinite(amount) || Math.abs(amount) > 1e12) {
    stop('FEEL_NOT_A_NUMBER', { reason: 'the duration overflows' });
  }
  const digits = Math.abs(amount).toFixed(months === null ? 3 : 0);
  const sign = amount < 0 ? '-' : '';
  const iso = `${sign}P${months === null ? 'T' : ''}${digits}${unit}`;
  return parseIso?.call([iso]) as FeelDuration;
}

/** A duration times a number; months are cut to whole ones, seconds to milliseconds. */
export function scaleDuration(duration: FeelDuration, factor: number): FeelDuration {
  return duration.yearsMonths
    ? durationOf(monthsOf(duration) * factor, 0)
    : durationOf(null, secondsOf(duration) * factor);
}

/** How often one duration goes into another of its kind; null when that is of no length. */
export function divideDurations(left: FeelDuration, right: FeelDuration): number | null {
  if (left.yearsMonths !== right.yearsMonths) {
    stop('FEEL_EVALUATION_FAILED', { reason: 'months are divided by days' });
  }
  const measure = left.yearsMonths ? monthsOf : secondsOf;
  return measure(right) === 0 ? null : measure(left) / measure(right);
}

/** `duration("PT24H")`: remembers that it counts hours. Errors: `FEEL_INVALID_ARGUMENT`. */
export function parseDuration(iso: unknown): unknown {
  const duration = parseIso?.call([iso]);
  if (typeof iso === 'string' && iso.includes('T')) mark(duration);
  return duration;
}

const RFC_9557 = /^([^[@]+?)(Z|[+-]\d{2}:\d{2})?\[([^\]]+)\]$/;

/**
 * Reads a date and time: ISO 8601, FEEL's `…@Zone`, RFC 9557's `…+02:00[Zone]`. A wall time in the
 * gap of a zone moves forward; `isInGap` tells. Null when the text is none.
 */
export function parseDateTime(text: string): FeelDateTime | null {
  const parts = RFC_9557.exec(text);
  const value = parts
    ? parseBracketed(text, parts[1] ?? '', parts[2], parts[3] ?? '')
    : parsePlain(text);
  return value === null ? null : outOfGap(value);
}

function parsePlain(text: string): FeelDateTime | null {
  return text.startsWith('-') ? null : parseDateAndTime(text);
}

function parseBracketed(text: string, wall: string, offset: string | undefined, zone: string) {
  const local = parsePlain(`${wall}@${zone}`);
  if (local === null || offset === undefined) return local;
  try {
    const exact = Temporal.ZonedDateTime.from(text, { offset: offset === 'Z' ? 'use' : 'reject' });
    return atZone(exact.epochMilliseconds, zone);
  } catch {
    return null;
  }
}

/**
 * The instant as a date and time in a zone. In the hour that a zone repeats the second pass cannot
 * be told by its wall time, so it keeps its offset instead of the zone's name.
 */
export function atZone(epochMs: number, zone: string): FeelDateTime | null {
  const exact = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone);
  const wall = exact.toPlainDateTime();
  const isFirst = wall.toZonedDateTime(zone).epochMilliseconds === epochMs;
  return parseDateAndTime(
    zone === 'UTC' ? `${wall}Z` : isFirst ? `${wall}@${zone}` : `${wall}${exact.offset}`,
  );
}

function outOfGap(value: FeelDateTime): FeelDateTime {
  if (!hasDaylightSaving(value.zone)) return value;
  const moved = value.value.toZonedDateTime(value.zone).toPlainDateTime();
  return moved.equals(value.value) ? value : (parseDateAndTime(`${moved}@${value.zone}`) ?? value);
}

/** Whether a text names a wall time that its zone skips when daylight saving time begins. */
export function isInGap(text: string): boolean {
  const value = RFC_9557.test(text) || text.startsWith('-') ? null : parseDateAndTime(text);
  return value !== null && outOfGap(value) !== value;
}

/** The date and time as in another zone; one without a zone is taken as that zone's wall time. */
export function inZone(value: FeelDateTime, zone: string): FeelDateTime | null {
  if (value.zone === null) return parseDateTime(`${value.value}@${zone}`);
  return atZone(value.value.toZonedDateTime(value.zone).epochMilliseconds, zone);
}

/**
 * `now()`: the instant with the offset that the zone has at it. The offset and not the zone's name,
 * so that hours may be added to it.
 */
export function nowAt(at: string, zone: string): FeelDateTime | null {
  const exact = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  const offset = zone === 'UTC' ? 'Z' : exact.offset;
  return parseDateAndTime(`${exact.toPlainDateTime()}${offset}`);
}

/** `today()`: the date in the zone at the instant. */
export function todayAt(at: string, zone: string): FeelDate {
  const exact = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  return feelinBuiltin('date')?.call([exact.toPlainDate().toString()]) as FeelDate;
}

/** Whole months from one date to another, as years and months. */
export function monthsBetween(
  from: FeelDate | FeelDateTime,
  to: FeelDate | FeelDateTime,
): FeelDuration {
  const months = dateOf(from).until(dateOf(to), { largestUnit: 'month' }).months;
  return durationOf(months, 0);
}

const dateOf = (value: FeelDate | FeelDateTime): FeelDate['value'] =>
  value instanceof FeelDate ? value.value : value.value.toPlainDate();

/** The last day of the month of a date. */
export function lastDayOfMonth(value: FeelDate | FeelDateTime): FeelDate {
  const date = dateOf(value);
  const last = date.with({ day: date.daysInMonth });
  return feelinBuiltin('date')?.call([last.toString()]) as FeelDate;
}
