import { stop } from './fault.js';
import {
  FeelDate,
  FeelDateTime,
  FeelDuration,
  FeelFunction,
  FeelRange,
  FeelTime,
} from './feelin.js';
import { LIMITS } from './limits.js';
import type { Json } from './types.js';

/**
 * Turns a FEEL value into JSON: temporal values become ISO 8601 strings (a zoned date and time in
 * the form of RFC 9557), `-0` becomes `0`; what holds no temporal value is returned as it is.
 * Errors: `FEEL_NOT_DATA` (range, function), `FEEL_NOT_A_NUMBER`, `FEEL_TOO_DEEP`. Class: pure.
 */
export function toJson(value: unknown, depth = 0): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) stop('FEEL_NOT_A_NUMBER', { reason: 'the result is not one' });
      return value === 0 ? 0 : value;
    case 'object':
      if (value === null) return null;
      if (depth > LIMITS.dataDepth) stop('FEEL_TOO_DEEP', { limit: LIMITS.dataDepth });
      return Array.isArray(value) ? listToJson(value, depth) : objectToJson(value, depth);
    case 'undefined':
      return null;
    default:
      return stop('FEEL_NOT_DATA', { type: 'function' });
  }
}

function listToJson(list: readonly unknown[], depth: number): Json {
  return list.map((item) => toJson(item, depth + 1));
}

function objectToJson(value: object, depth: number): Json {
  if (value instanceof FeelDateTime) return zonedToIso(value);
  if (value instanceof FeelDate || value instanceof FeelTime || value instanceof FeelDuration) {
    return value.toString();
  }
  if (value instanceof FeelRange) stop('FEEL_NOT_DATA', { type: 'range' });
  if (value instanceof FeelFunction) stop('FEEL_NOT_DATA', { type: 'function' });
  const entries = Object.entries(value).map(([key, entry]) => [key, toJson(entry, depth + 1)]);
  return Object.fromEntries(entries);
}

/** `2026-03-28T12:00:00@Europe/Berlin` → `2026-03-28T12:00:00+01:00[Europe/Berlin]`. */
function zonedToIso(value: FeelDateTime): string {
  const { zone } = value;
  if (zone === null || zone === 'UTC' || /^[+-]/.test(zone)) return value.toString();
  return value.value.toZonedDateTime(zone).toString();
}
