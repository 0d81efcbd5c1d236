/**
 * The operators of FEEL on values. Numbers are decided by `decimal.ts`, strings here; temporal values by feelin,
 * and by `temporal.ts` where feelin is wrong. Class: pure. Source: DMN 1.5 §10.3.2.13.
 */

import {
  addDecimals,
  divideDecimals,
  multiplyDecimals,
  powerOfDecimal,
  subtractDecimals,
} from './decimal.js';
import { stop } from './fault.js';
import { FEELIN_OPERATORS, FeelDate, FeelDuration, FeelRange } from './feelin.js';
import { LIMITS } from './limits.js';
import { DECIMAL_STEPS, type Runtime, TEMPORAL_STEPS, type Value } from './runtime.js';
import {
  addTemporal,
  divideDuration,
  divideDurations,
  isComparable,
  scaleDuration,
} from './temporal.js';
import { type Context, describe, isTemporal, typeOf } from './values.js';

function refuse(left: Value, right: Value, operation: string): never {
  const found = `${describe(left)} and ${describe(right)}`;
  return stop('FEEL_WRONG_TYPE', { expected: `operands that ${operation} takes`, found });
}

/** Whether both are whole numbers of 32 bits, as nearly all are: their sums and differences are exact. */
const areSmall = (left: number, right: number): boolean =>
  (left | 0) === left && (right | 0) === right;

/** Arithmetic on numbers; what is not whole is paid for. */
function numeric(
  runtime: Runtime,
  operate: (left: number, right: number) => number,
  left: number,
  right: number,
): number {
  if (!Number.isSafeInteger(left) || !Number.isSafeInteger(right)) runtime.spend(DECIMAL_STEPS);
  return operate(left, right);
}

/** `left + right`: numbers, strings, temporal values. */
export function add(runtime: Runtime, left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') {
    return areSmall(left, right) ? left + right : numeric(runtime, addDecimals, left, right);
  }
  if (typeof left === 'string' && typeof right === 'string') {
    runtime.spendString(left.length + right.length);
    return left + right;
  }
  if (!isTemporal(left) || !isTemporal(right)) return refuse(left, right, '+');
  runtime.spend(TEMPORAL_STEPS);
  return addTemporal(left, right, '+');
}

/** `left - right`: numbers, temporal values. */
export function subtract(runtime: Runtime, left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') {
    return areSmall(left, right) ? left - right : numeric(runtime, subtractDecimals, left, right);
  }
  if (!isTemporal(left) || !isTemporal(right)) return refuse(left, right, '-');
  runtime.spend(TEMPORAL_STEPS);
  return addTemporal(left, right, '-');
}

/** `left * right`: numbers, or a duration and a number. */
export function multiply(runtime: Runtime, left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') {
    return numeric(runtime, multiplyDecimals, left, right);
  }
  runtime.spend(TEMPORAL_STEPS);
  if (left instanceof FeelDuration && typeof right === 'number') return scaleDuration(left, right);
  if (typeof left === 'number' && right instanceof FeelDuration) return scaleDuration(right, left);
  return refuse(left, right, '*');
}

/** `left / right`: numbers, a duration by a number or by one of its kind; null when by zero, as the standard has it. */
export function divide(runtime: Runtime, left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') {
    return right === 0 ? null : numeric(runtime, divideDecimals, left, right);
  }
  if (!(left instanceof FeelDuration)) return refuse(left, right, '/');
  runtime.spend(TEMPORAL_STEPS);
  if (typeof right === 'number') return right === 0 ? null : divideDuration(left, right);
  return right instanceof FeelDuration ? divideDurations(left, right) : refuse(left, right, '/');
}

/** `left ** right`: numbers. */
export function power(runtime: Runtime, left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') {
    return numeric(runtime, powerOfDecimal, left, right);
  }
  return refuse(left, right, '**');
}

/** `-value`: a number or a duration. */
export function negate(runtime: Runtime, value: Value): Value {
  if (typeof value === 'number') return 0 - value;
  if (!(value instanceof FeelDuration)) return refuse(0, value, '-');
  runtime.spend(TEMPORAL_STEPS);
  return scaleDuration(value, -1);
}

/**
 * `left = right`, three-valued: null when the types differ, but null itself equals only null. A list
 * of one item equals that item. Errors: `FEEL_TOO_DEEP`, `FEEL_FUEL_EXHAUSTED`.
 */
export function equal(runtime: Runtime, left: Value, right: Value, depth = 0): boolean | null {
  if (left === null || right === null) return left === right;
  if (typeof left !== 'object' && typeof right !== 'object') {
    return left === right ? true : typeof left === typeof right ? false : null;
  }
  if (Array.isArray(left) && Array.isArray(right))
    return equalStructure(runtime, left, right, depth);
  return equalStructure(runtime, unwrapped(left), unwrapped(right), depth);
}

const unwrapped = (value: Value): Value =>
  Array.isArray(value) && value.length === 1 ? (value[0] ?? null) : value;

/** What comparing two lists or contexts costs apart from their items, in steps. */
const STRUCTURE_STEPS = 8;

function equalStructure(
  runtime: Runtime,
  left: Value,
  right: Value,
  depth: number,
): boolean | null {
  runtime.spend(STRUCTURE_STEPS);
  if (depth > LIMITS.dataDepth) stop('FEEL_TOO_DEEP', { limit: LIMITS.dataDepth });
  const type = typeOf(left);
  if (type !== typeOf(right)) return null;
  if (type === 'list') return equalLists(runtime, left as Value[], right as Value[], depth);
  if (type === 'context') return equalContexts(runtime, left as Context, right as Context, depth);
  if (typeof left !== 'object') return left === right;
  if (left === null || type === 'function') return left === right;
  if (left instanceof FeelDate && right instanceof FeelDate) return left.iso === right.iso;
  if (left instanceof FeelDuration && right instanceof FeelDuration) {
    if (!isComparable(left, right)) return null;
  }
  runtime.spend(TEMPORAL_STEPS);
  return FEELIN_OPERATORS['='](left, right) as boolean | null;
}

function equalLists(
  runtime: Runtime,
  left: readonly Value[],
  right: readonly Value[],
  depth: number,
) {
  if (left.length !== right.length) return false;
  return left.every(
    (item, index) => equal(runtime, item, right[index] ?? null, depth + 1) === true,
  );
}

function equalContexts(runtime: Runtime, left: Context, right: Context, depth: number): boolean {
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every(
    (key) =>
      Object.hasOwn(right, key) &&
      equal(runtime, left[key] ?? null, right[key] ?? null, depth + 1) === true,
  );
}

/** Dates in years of four digits are in the order of their texts. */
const isPlainDate = (value: Value): value is FeelDate =>
  value instanceof FeelDate && value.iso.length === 10;

/** How two values of one ordered type compare: -1, 0, 1; null when one is null; `undefined` when their types differ. */
export function order(runtime: Runtime, left: Value, right: Value): -1 | 0 | 1 | null | undefined {
  if (left === null || right === null) return null;
  const comparable =
    (typeof left === 'number' && typeof right === 'number') ||
    (typeof left === 'string' && typeof right === 'string');
  if (comparable) {
    return left < right ? -1 : left > right ? 1 : 0;
  }
  if (isPlainDate(left) && isPlainDate(right)) {
    return left.iso < right.iso ? -1 : left.iso > right.iso ? 1 : 0;
  }
  if (!isTemporal(left) || !isTemporal(right) || typeOf(left) !== typeOf(right)) return undefined;
  if (!isComparable(left, right)) return undefined;
  runtime.spend(TEMPORAL_STEPS);
  if (FEELIN_OPERATORS['<'](left, right) === true) return -1;
  return FEELIN_OPERATORS['<'](right, left) === true ? 1 : 0;
}

/** The operators of order, by what `order` must answer. */
const HOLDS = {
  '<': (sign: number) => sign < 0,
  '<=': (sign: number) => sign <= 0,
  '>': (sign: number) => sign > 0,
  '>=': (sign: number) => sign >= 0,
} as const;

/** An operator of order. */
export type OrderOperator = keyof typeof HOLDS;

/**
 * `left < right` and its like, three-valued. Errors: `FEEL_NOT_COMPARABLE` when the types differ:
 * a silent null would choose a branch.
 */
export function compare(
  runtime: Runtime,
  operator: OrderOperator,
  left: Value,
  right: Value,
): boolean | null {
  const sign = order(runtime, left, right);
  if (sign === undefined) {
    return stop('FEEL_NOT_COMPARABLE', { left: describe(left), right: describe(right) });
  }
  return sign === null ? null : HOLDS[operator](sign);
}

/** What an operator and its operand include, as in `items[> 5]`: it has one bound. */
export class HalfRange extends FeelRange {}

/**
 * Whether a range includes a value, three-valued: null for null and for a value of another type. The
 * bound that a `HalfRange` does not have is open; in `[a..b]` a bound that is null is unknown.
 */
export function includes(runtime: Runtime, range: FeelRange, value: Value): boolean | null {
  const { start, end } = range;
  if (value === null || (start === null && end === null)) return null;
  const isOpen = range instanceof HalfRange;
  if (value instanceof FeelRange) {
    return isOpen || (start !== null && end !== null) ? range.includes(value) : null;
  }
  const above =
    isOpen && start === null
      ? true
      : bounded(runtime, value, start, range['start included'] ? '>=' : '>');
  if (above === false || (isOpen && end === null)) return above;
  const below = bounded(runtime, value, end, range['end included'] ? '<=' : '<');
  return above === true || below === false ? below : null;
}

/** Like `compare`, but null when the types differ: how a test of a value is meant. */
export function bounded(
  runtime: Runtime,
  value: Value,
  bound: Value,
  operator: OrderOperator,
): boolean | null {
  const sign = order(runtime, value, bound);
  return sign === null || sign === undefined ? null : HOLDS[operator](sign);
}

/** Makes a range. Errors: `FEEL_NOT_COMPARABLE` when its bounds are not of one ordered type. */
export function rangeOf(
  start: Value,
  end: Value,
  startIncluded: boolean,
  endIncluded: boolean,
): FeelRange {
  return new FeelRange(propertiesOf(start, end, startIncluded, endIncluded));
}

/** Makes the range of an operator and its operand. Errors: `FEEL_NOT_COMPARABLE`. */
export function halfOf(operator: OrderOperator, bound: Value): FeelRange {
  const isIncluded = operator.endsWith('=');
  const isFrom = operator.startsWith('>');
  const [start, end] = isFrom ? [bound, null] : [null, bound];
  return new HalfRange(propertiesOf(start, end, isFrom && isIncluded, !isFrom && isIncluded));
}

function propertiesOf(
  start: Value,
  end: Value,
  startIncluded: boolean,
  endIncluded: boolean,
): ConstructorParameters<typeof FeelRange>[0] {
  const [first, last] = [start ?? end, end ?? start];
  const type = typeOf(first);
  const ordered = typeof first === 'number' || typeof first === 'string' || isTemporal(first);
  if (first !== null && (!ordered || type !== typeOf(last))) {
    stop('FEEL_NOT_COMPARABLE', { left: describe(start), right: describe(end) });
  }
  return {
    start,
    end,
    'start included': start !== null && startIncluded,
    'end included': end !== null && endIncluded,
    valueType: type === 'null' ? null : type === 'date and time' ? 'date time' : type,
  };
}

/**
 * Whether a value passes a test: a range that includes it, a list with an item that passes, or an
 * equal value. Scalars are either equal or not; only ranges answer null.
 */
export function passes(runtime: Runtime, test: Value, value: Value): boolean | null {
  if (test instanceof FeelRange) return includes(runtime, test, value);
  if (!Array.isArray(test)) return equal(runtime, test, value) === true;
  if (equal(runtime, test, value) === true) return true;
  return anyHolds(runtime, test, (item) =>
    item instanceof FeelRange
      ? includes(runtime, item, value)
      : equal(runtime, item, value) === true,
  );
}

/** Three-valued `or` over what `test` says of each item. */
export function anyHolds<T>(
  runtime: Runtime,
  items: readonly T[],
  test: (item: T) => boolean | null,
): boolean | null {
  runtime.spend(items.length);
  const unknown = { seen: false };
  for (const item of items) {
    const verdict = test(item);
    if (verdict === true) return true;
    if (verdict === null) unknown.seen = true;
  }
  return unknown.seen ? null : false;
}
