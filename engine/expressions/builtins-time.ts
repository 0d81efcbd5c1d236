/** Built-ins about time. Source: DMN 1.5 §10.3.4.1, §10.3.4.8; Camunda 8 FEEL, temporal functions. */
import { type Builtins, builtin, invalid, isNull, text, whole } from './builtin.js';
import { plainNumber } from './decimal.js';
import { FeelDate, FeelDateTime, FeelDuration, FeelTime } from './feelin.js';
import { equal } from './operators.js';
import { type Runtime, TEMPORAL_STEPS, type Value } from './runtime.js';
import {
  dayOf,
  inZone,
  isComparable,
  lastDayOfMonth,
  monthsBetween,
  nowAt,
  parseDate,
  parseDateTime,
  parseDuration,
  parseTime,
  todayAt,
} from './temporal.js';
import { describe, isTemporal, typeOf } from './values.js';

/** From a string, from what has a date, or from year, month and day. */
function date(year: Value, month: Value, day: Value): Value {
  if (month !== undefined || day !== undefined) {
    const parts = [year, month, day];
    if (parts.some((part) => part === null || part === undefined)) return null;
    const [y = 0, m = 0, d = 0] = parts.map((part) => whole('date', part));
    return readDate(`${digits(y, 4)}-${digits(m, 2)}-${digits(d, 2)}`);
  }
  if (year === null || year === undefined || year instanceof FeelDate) return year ?? null;
  return year instanceof FeelDateTime ? dayOf(year) : readDate(text('date', year));
}

const readDate = (from: string): FeelDate =>
  parseDate(from) ?? invalid('date', 'the value is no date of a year of four digits');

/** From a string, from what has a time, or from hour, minute, second and offset. */
function time(hour: Value, minute: Value, second: Value, offset: Value): Value {
  if (minute !== undefined || second !== undefined) {
    const parts = [hour, minute, second];
    if (parts.some((part) => part === null || part === undefined)) return null;
    const clock = [digits(whole('time', hour), 2), digits(whole('time', minute), 2)];
    return readTime(`${clock.join(':')}:${secondsOf(second)}${offsetOf(offset)}`);
  }
  if (hour === null || hour === undefined || hour instanceof FeelTime) return hour ?? null;
  if (hour instanceof FeelDate) return readTime('00:00:00Z');
  if (hour instanceof FeelDateTime) return readTime(hour.toString().split('T')[1] ?? '');
  return readTime(text('time', hour));
}

const readTime = (from: string): FeelTime =>
  parseTime(from) ?? invalid('time', 'the value is no time of day');

const digits = (number: number, count: number): string => String(number).padStart(count, '0');

function secondsOf(value: Value): string {
  if (typeof value !== 'number') return invalid('time', `${describe(value)} is no number`);
  const [seconds = '', fraction] = plainNumber(value).split('.');
  return `${seconds.padStart(2, '0')}${fraction === undefined ? '' : `.${fraction}`}`;
}

function offsetOf(offset: Value): string {
  if (offset === null || offset === undefined) return '';
  if (!(offset instanceof FeelDuration) || offset.yearsMonths) {
    return invalid('time', `${describe(offset)} is no offset in hours and minutes`);
  }
  const { hours, minutes } = offset;
  const sign = offset.toString().startsWith('-') ? '-' : '+';
  const [h, m] = [Math.abs(hours), Math.abs(minutes)];
  return h + m === 0 ? 'Z' : `${sign}${digits(h, 2)}:${digits(m, 2)}`;
}

function dateOf(name: string, value: Value): FeelDate | FeelDateTime {
  if (value instanceof FeelDate || value instanceof FeelDateTime) return value;
  return invalid(name, `${describe(value)} is no date`);
}

function readDateTime(name: string, from: string): FeelDateTime {
  return parseDateTime(from) ?? invalid(name, 'the string is no date and time');
}

/** From a string, from a date and a time, or seen in a zone. */
function dateAndTime(first: Value, second: Value): Value {
  if (isNull(first) || second === null) return null;
  if (second === undefined) {
    return first instanceof FeelDateTime
      ? first
      : readDateTime('date and time', text('date and time', first));
  }
  if (second instanceof FeelTime) return combined(dateOf('date and time', first), second);
  const zone = text('date and time', second);
  const value =
    first instanceof FeelDateTime
      ? first
      : readDateTime('date and time', text('date and time', first));
  try {
    return inZone(value, zone) ?? invalid('date and time', 'the second argument is no zone');
  } catch (error) {
    if (error instanceof RangeError)
      return invalid('date and time', 'the second argument is no zone');
    throw error;
  }
}

/** `@"…"`: a duration, a date, a time, or both. */
function atLiteral(value: string): Value {
  const found = /^-?P/.test(value)
    ? parseDuration(value)
    : (parseDate(value) ?? parseTime(value) ?? parseDateTime(value));
  return found ?? invalid('@', 'the string is no date, time or duration');
}

function combined(date: FeelDate | FeelDateTime, time: FeelTime): Value {
  return readDateTime('date and time', `${date.toString().split('T')[0]}T${time}`);
}

const paid =
  (call: (args: readonly Value[], runtime: Runtime) => Value) =>
  (args: readonly Value[], runtime: Runtime): Value => {
    runtime.spend(TEMPORAL_STEPS);
    return call(args, runtime);
  };

/** The table of these built-ins. */
export const TIME_BUILTINS: Builtins = {
  '@': builtin(
    ['string'],
    paid(([value]) => atLiteral(text('@', value))),
  ),
  date: builtin(
    ['year', 'month', 'day', 'from'],
    paid(([year, month, day, from]) => date(year ?? from, month, day)),
    { needed: 1 },
  ),
  'date and time': builtin(
    ['date', 'time', 'from', 'timezone'],
    paid(([date, time, from, timezone]) =>
      dateAndTime(date ?? from, time === undefined ? timezone : time),
    ),
    { needed: 1 },
  ),
  duration: builtin(
    ['from'],
    paid(([from = null]) => {
      if (from === null || from instanceof FeelDuration) return from;
      const found = parseDuration(text('duration', from));
      return (
        found ??
        invalid('duration', 'the string is neither of years and months nor of days and times')
      );
    }),
  ),
  is: builtin(['value1', 'value2'], ([first = null, second = null], runtime) => {
    if (typeOf(first) !== typeOf(second) || equal(runtime, first, second) !== true) return false;
    return !isTemporal(first) || !isTemporal(second) || isComparable(first, second);
  }),
  'last day of month': builtin(
    ['date'],
    paid(([date = null]) =>
      date === null ? null : lastDayOfMonth(dateOf('last day of month', date)),
    ),
  ),
  now: builtin([], (_args, runtime) => {
    runtime.now ??= nowAt(runtime.scope.at, runtime.scope.zone);
    return runtime.now;
  }),
  time: builtin(
    ['hour', 'minute', 'second', 'offset', 'from'],
    paid(([hour, minute, second, offset, from]) => time(hour ?? from, minute, second, offset)),
    { needed: 1 },
  ),
  today: builtin([], (_args, runtime) => {
    runtime.today ??= todayAt(runtime.scope.at, runtime.scope.zone);
    return runtime.today;
  }),
  'years and months duration': builtin(
    ['from', 'to'],
    paid(([from = null, to = null]) =>
      from === null || to === null
        ? null
        : monthsBetween(
            dateOf('years and months duration', from),
            dateOf('years and months duration', to),
          ),
    ),
  ),
};
