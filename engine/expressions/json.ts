import { stop } from './fault.js';
import { FeelDateTime, FeelFunction, FeelRange } from './feelin.js';
import { LIMITS } from './limits.js';
import type { Runtime, Value } from './runtime.js';
import type { Json } from './types.js';
import { type Context, isTemporal } from './values.js';

/**
 * Turns a FEEL value into JSON: temporal values become ISO 8601 strings (a date and time in a named zone
 * takes the form of RFC 9557), `-0` becomes `0`; what needs no change is returned as it is.
 * Errors: `FEEL_NOT_DATA` (range, function), `FEEL_NOT_A_NUMBER`, `FEEL_TOO_DEEP`,
 * `FEEL_FUEL_EXHAUSTED`. Class: pure.
 */
export function toJson(value: Value, runtime: Runtime, depth = 0): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) stop('FEEL_NOT_A_NUMBER', { reason: 'the result is none' });
      return value === 0 ? 0 : value;
    case 'object':
      if (value === null) return null;
      if (depth > LIMITS.dataDepth) stop('FEEL_TOO_DEEP', { limit: LIMITS.dataDepth });
      runtime.spend(1);
      return Array.isArray(value)
        ? listToJson(value, runtime, depth)
        : objectToJson(value, runtime, depth);
    default:
      return value === undefined ? null : stop('FEEL_NOT_DATA', { type: 'function' });
  }
}

function listToJson(list: readonly Value[], runtime: Runtime, depth: number): Json {
  runtime.spend(list.length);
  let changed: Json[] | null = null;
  for (let index = 0; index < list.length; index += 1) {
    const item = list[index];
    const json = toJson(item, runtime, depth + 1);
    if (changed === null && !Object.is(json, item)) changed = list.slice() as Json[];
    if (changed !== null) changed[index] = json;
  }
  return changed ?? (list as readonly Json[]);
}

function objectToJson(value: object, runtime: Runtime, depth: number): Json {
  if (Object.getPrototypeOf(value) !== Object.prototype) {
    if (value instanceof FeelDateTime) return zonedToIso(value);
    if (isTemporal(value)) return value.toString();
    if (value instanceof FeelRange) stop('FEEL_NOT_DATA', { type: 'range' });
    if (value instanceof FeelFunction) stop('FEEL_NOT_DATA', { type: 'function' });
  }
  const context = value as Context;
  let changed: Record<string, Value> | null = null;
  for (const key of Object.keys(context)) {
    const entry = context[key];
    const json = toJson(entry, runtime, depth + 1);
    if (Object.is(json, entry)) continue;
    changed ??= { ...context };
    changed[key] = json;
  }
  return (changed ?? context) as Json;
}

/** `2026-03-28T12:00:00@Europe/Berlin` → `2026-03-28T12:00:00+01:00[Europe/Berlin]`. */
function zonedToIso(value: FeelDateTime): string {
  const { zone } = value;
  if (zone === null || zone === 'UTC' || /^[+-]/.test(zone)) return value.toString();
  return value.value.toZonedDateTime(zone).toString();
}
