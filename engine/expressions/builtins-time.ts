/** Built-ins about time. Source: DMN 1.5 §10.3.4.1, §10.3.4.8; Camunda 8 FEEL, temporal functions. */
import { type Builtins, builtin, invalid, text } from './builtin.js';
import { FeelDate, FeelDateTime, FeelTime, feelinBuiltin } from './feelin.js';
import { type Runtime, TEMPORAL_STEPS, type Value } from './runtime.js';
import {
  inZone,
  lastDayOfMonth,
  monthsBetween,
  nowAt,
  parseDateTime,
  parseDuration,
  todayAt,
} from './temporal.js';
import { describe } from './values.js';

const parseDate = feelinBuiltin('date');
const parseTime = feelinBuiltin('time');

function dateOf(name: string, value: Value): FeelDate | FeelDateTime {
  if (value instanceof FeelDate || value instanceof FeelDateTime) return value;
  return invalid(name, `${describe(value)} is no date`);
}

function readDateTime(name: string, from: string): FeelDateTime {
  return parseDateTime(from) ?? invalid(name, 'the string is no date and time');
}

/** From a string, from a date and a time, or seen in a zone. */
function dateAndTime(first: Value, second: Value): Value {
  if (second === undefined || second === null) {
    if (first === null || first === undefined) return null;
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

/** `@"…"`: a duration, a date and time, or what feelin reads. */
function atLiteral(value: string): Value {
  if (/^-?P/.test(value)) return parseDuration(value);
  if (/^\d+-.*T/.test(value)) return readDateTime('@', value);
  return (/^\d+:/.test(value) ? parseTime : parseDate)?.call([value]);
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
  'date and time': builtin(
    ['date', 'time', 'from', 'timezone'],
    paid(([date, time, from, timezone]) => dateAndTime(date ?? from, time ?? timezone)),
  ),
  duration: builtin(
    ['from'],
    paid(([from = null]) => (from === null ? null : parseDuration(from))),
  ),
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
