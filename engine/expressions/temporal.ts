/**
 * Temporal values where feelin is wrong: zones and daylight saving time, durations as quantities.
 * Class: pure but for the zone rules of the platform, which a recorded decision pins. Source:
 * DMN 1.5 §10.3.2.3; RFC 9557; docs/design.md D9.
 */
import { Temporal } from 'temporal-polyfill/implementation';
import { divideWhole, ratioOf, scaleWhole } from './decimal.js';
import { stop } from './fault.js';
import {
  FEELIN_OPERATORS,
  FeelDate,
  FeelDateTime,
  FeelDuration,
  FeelTime,
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
  const result = isComparable(left, right) ? FEELIN_OPERATORS[operator](left, right) : null;
  if (result === null) {
    stop('FEEL_EVALUATION_FAILED', {
      reason: `'${operator}' has no meaning between these two dates or durations`,
    });
  }
  if (left instanceof FeelDuration && right instanceof FeelDuration) {
    if (WRITTEN_IN_TIME.has(left) || WRITTEN_IN_TIME.has(right)) mark(result);
  }
  if (result instanceof FeelDate || result instanceof FeelDateTime) refuseFarYears(result);
  // Hours move a date from its midnight, and what is left of a day is cut off.
  const isMoved = instant instanceof FeelDate && amount instanceof FeelDuration;
  return isMoved && result instanceof FeelDateTime ? dayOf(result) : result;
}

function refuseFarYears({ value: { year } }: FeelDate | FeelDateTime): void {
  if (year < 0 || year > 9999) {
    stop('FEEL_EVALUATION_FAILED', { reason: 'the date is in no year of four digits' });
  }
}

/** Whether two values of one type are of one kind: with a zone or without, in months or in seconds. */
export function isComparable(left: FeelTemporal, right: FeelTemporal): boolean {
  if (left instanceof FeelDuration && right instanceof FeelDuration) {
    return left.yearsMonths === right.yearsMonths;
  }
  return left instanceof FeelDuration || right instanceof FeelDuration
    ? true
    : zoneOf(left) === undefined || zoneOf(right) === undefined || isZoned(left) === isZoned(right);
}

/** The zone of a value; undefined for one that never has one. */
const zoneOf = (value: FeelTemporal): string | null | undefined =>
  value instanceof FeelDateTime || value instanceof FeelTime ? value.zone : undefined;

const isZoned = (value: FeelTemporal): boolean => typeof zoneOf(value) === 'string';

function mark(duration: unknown): void {
  if (duration instanceof FeelDuration) WRITTEN_IN_TIME.add(duration);
}

function hasTime(duration: FeelDuration): boolean {
  const { hours, minutes, seconds } = duration;
  return Boolean(hours || minutes || seconds) || WRITTEN_IN_TIME.has(duration);
}

const nanosecondsOf = ({ value }: FeelDuration): bigint => {
  const { days, hours, minutes, seconds, milliseconds, microseconds, nanoseconds } = value;
  const whole = BigInt(days * 24 + hours) * 3600n + BigInt(minutes * 60 + seconds);
  const part = BigInt(milliseconds) * 1_000_000n + BigInt(microseconds * 1_000 + nanoseconds);
  return whole * 1_000_000_000n + part;
};

const monthsOf = ({ value }: FeelDuration): bigint => BigInt(value.years * 12 + value.months);

const parseIso = feelinBuiltin('duration');

/** Months or nanoseconds beyond which a duration is refused. */
const LONGEST = { months: 10n ** 12n, nanoseconds: 10n ** 21n };

function durationOf(amount: bigint, unit: 'months' | 'nanoseconds'): FeelDuration {
  const [sign, size] = amount < 0n ? ['-', -amount] : ['', amount];
  if (size > LONGEST[unit]) stop('FEEL_NOT_A_NUMBER', { reason: 'the duration overflows' });
  const fraction = String(size % 1_000_000_000n).padStart(9, '0');
  const iso = unit === 'months' ? `P${size}M` : `PT${size / 1_000_000_000n}.${fraction}S`;
  return parseIso?.call([sign + iso]) as FeelDuration;
}

/** A duration in whole months or nanoseconds, by what `change` makes of them. */
function changed(duration: FeelDuration, change: (amount: bigint) => bigint): FeelDuration {
  return duration.yearsMonths
    ? durationOf(change(monthsOf(duration)), 'months')
    : durationOf(change(nanosecondsOf(duration)), 'nanoseconds');
}

/** A duration times a number; months are cut to whole ones, seconds to nanoseconds. */
export function scaleDuration(duration: FeelDuration, factor: number): FeelDuration {
  return changed(duration, (amount) => scaleWhole(amount, factor));
}

/** A duration divided by a number, which is not zero; cut as by `scaleDuration`. */
export function divideDuration(duration: FeelDuration, divisor: number): FeelDuration {
  return changed(duration, (amount) => divideWhole(amount, divisor));
}

/** How often one duration goes into another of its kind; null when that is of no length. */
export function divideDurations(left: FeelDuration, right: FeelDuration): number | null {
  if (left.yearsMonths !== right.yearsMonths) {
    stop('FEEL_EVALUATION_FAILED', { reason: 'months are divided by days' });
  }
  const measure = left.yearsMonths ? monthsOf : nanosecondsOf;
  return measure(right) === 0n ? null : ratioOf(measure(left), measure(right));
}

/** Years and months, or days and times, and never both. */
const DURATION = /^-?P(?=[\dT])((\d+Y)?(\d+M)?|(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?)$/;

/** `duration("PT24H")`: remembers that it counts hours; null when the text is no duration. Errors: `FEEL_INVALID_ARGUMENT`. */
export function parseDuration(iso: string): FeelDuration | null {
  if (!DURATION.test(iso)) return null;
  const duration = parseIso?.call([iso]) as FeelDuration;
  if (iso.includes('T')) mark(duration);
  return duration;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const parseIsoDate = feelinBuiltin('date');

/** Reads a date of a year of four digits; null when the text is none. Errors: `FEEL_INVALID_ARGUMENT`. */
export function parseDate(iso: string): FeelDate | null {
  return DATE.test(iso) ? (parseIsoDate?.call([iso]) as FeelDate) : null;
}

const TIME = /^\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}|@.+)?$/;
const parseIsoTime = feelinBuiltin('time');

/** Reads a time of day; null when the text is none. Errors: `FEEL_INVALID_ARGUMENT`. */
export function parseTime(iso: string): FeelTime | null {
  const plain = iso.replace(/z$/, 'Z');
  return TIME.test(plain) && hasOffset(plain) ? (parseIsoTime?.call([plain]) as FeelTime) : null;
}

/** Whether the offset of a text, if it has one, is one that a place on earth can have. */
const hasOffset = (iso: string): boolean => {
  const [, hours, minutes] = /[+-](\d{2}):(\d{2})$/.exec(iso) ?? [];
  return hours === undefined || Number(hours) * 60 + Number(minutes) <= 18 * 60;
};

/** The day of a date and time. */
export function dayOf({ value }: FeelDateTime): FeelDate {
  return parseDate(value.toPlainDate().toString()) as FeelDate;
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
  return text.startsWith('-') || !hasOffset(text) ? null : parseDateAndTime(text);
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
function atZone(epochMs: number, zone: string): FeelDateTime | null {
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

/** Milliseconds of a date and time since 1970; one without a zone is taken as that zone's wall time. */
export function instantIn(value: FeelDateTime, zone: string): number {
  return value.value.toZonedDateTime(value.zone ?? zone).epochMilliseconds;
}

/** Milliseconds of a duration of days and times. */
export const millisecondsOf = (duration: FeelDuration): number =>
  Number(nanosecondsOf(duration) / 1_000_000n);

/** A duration of so many milliseconds. */
export const durationOfMs = (ms: number): FeelDuration =>
  durationOf(BigInt(ms) * 1_000_000n, 'nanoseconds');

/** `today()`: the date in the zone at the instant. */
export function todayAt(at: string, zone: string): FeelDate {
  const exact = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  return parseDate(exact.toPlainDate().toString()) as FeelDate;
}

/** Whole months from one date to another, as years and months. */
export function monthsBetween(
  from: FeelDate | FeelDateTime,
  to: FeelDate | FeelDateTime,
): FeelDuration {
  const months = dateOf(from).until(dateOf(to), { largestUnit: 'month' }).months;
  return durationOf(BigInt(months), 'months');
}

/** Days from one date to another. */
export function daysBetween(from: FeelDate, to: FeelDate): number {
  return from.value.until(to.value, { largestUnit: 'day' }).days;
}

/** The date so many days after another. Errors: `FEEL_INVALID_ARGUMENT` beyond years of four digits. */
export function dayAfter(date: FeelDate, days: number): FeelDate {
  return parseDate(date.value.add({ days }).toString()) as FeelDate;
}

const dateOf = (value: FeelDate | FeelDateTime): FeelDate['value'] =>
  value instanceof FeelDate ? value.value : value.value.toPlainDate();

/** The last day of the month of a date. */
export function lastDayOfMonth(value: FeelDate | FeelDateTime): FeelDate {
  const date = dateOf(value);
  const last = date.with({ day: date.daysInMonth });
  return parseDate(last.toString()) as FeelDate;
}
