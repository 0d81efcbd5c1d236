import {
  FeelDate,
  FeelDateTime,
  FeelDuration,
  FeelFunction,
  FeelRange,
  FeelTime,
} from './feelin.js';
import type { Value } from './runtime.js';

/** The type of a FEEL value. */
export type TypeName =
  | 'null'
  | 'boolean'
  | 'number'
  | 'string'
  | 'list'
  | 'context'
  | 'date'
  | 'time'
  | 'date and time'
  | 'duration'
  | 'range'
  | 'function';

/** A FEEL context: an object of entries. */
export type Context = Readonly<Record<string, Value>>;

/** The type of a value. Class: pure. */
export function typeOf(value: Value): TypeName {
  if (value === null || value === undefined) return 'null';
  if (typeof value !== 'object') {
    return typeof value as 'boolean' | 'number' | 'string' | 'function';
  }
  if (Array.isArray(value)) return 'list';
  return Object.getPrototypeOf(value) === Object.prototype ? 'context' : typeOfInstance(value);
}

function typeOfInstance(value: object): TypeName {
  if (value instanceof FeelDate) return 'date';
  if (value instanceof FeelDateTime) return 'date and time';
  if (value instanceof FeelTime) return 'time';
  if (value instanceof FeelDuration) return 'duration';
  if (value instanceof FeelRange) return 'range';
  return value instanceof FeelFunction ? 'function' : 'context';
}

/** Whether a value is a context. */
export function isContext(value: Value): value is Context {
  return typeOf(value) === 'context';
}

/** Whether a value is a date, a time, a date and time or a duration. */
export function isTemporal(
  value: Value,
): value is FeelDate | FeelTime | FeelDateTime | FeelDuration {
  return (
    value instanceof FeelDate ||
    value instanceof FeelDateTime ||
    value instanceof FeelTime ||
    value instanceof FeelDuration
  );
}

/** A value in words for a message: its type alone, since messages must hold no personal data. */
export function describe(value: Value): string {
  const type = typeOf(value);
  return type === 'null' ? 'null' : `a ${type}`;
}

const TEMPORAL_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  date: ['year', 'month', 'day', 'weekday'],
  time: ['hour', 'minute', 'second', 'timezone', 'time offset'],
  'date and time': [
    ...['year', 'month', 'day', 'weekday'],
    ...['hour', 'minute', 'second', 'timezone', 'time offset'],
  ],
  duration: ['years', 'months', 'days', 'hours', 'minutes', 'seconds'],
  range: ['start', 'end', 'start included', 'end included'],
};

/**
 * The entry of a context or the property of a temporal value or range; `undefined` when there is
 * none. Names differ by their words, not by the spaces between them.
 */
export function entryOf(target: Value, name: string): Value {
  if (typeof target !== 'object' || target === null) return undefined;
  if (Object.getPrototypeOf(target) === Object.prototype || isContext(target)) {
    return entryOfContext(target as Context, name);
  }
  if (!TEMPORAL_PROPERTIES[typeOf(target)]?.includes(name)) return undefined;
  return (target as Context)[name];
}

function entryOfContext(context: Context, name: string): Value {
  if (Object.hasOwn(context, name)) return context[name];
  if (!name.includes(' ')) return undefined;
  const key = Object.keys(context).find((one) => one.trim().replace(/\s+/g, ' ') === name);
  return key === undefined ? undefined : context[key];
}
