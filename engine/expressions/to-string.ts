import { plainNumber } from './decimal.js';
import { stop } from './fault.js';
import type { FeelRange } from './feelin.js';
import { LIMITS } from './limits.js';
import { HalfRange } from './operators.js';
import type { Runtime, Value } from './runtime.js';
import { type Context, typeOf } from './values.js';

/**
 * A value as `string()` writes it: a string as it is, strings inside lists and contexts in quotes.
 * Errors: `FEEL_WRONG_TYPE`, `FEEL_TOO_DEEP`, `FEEL_STRING_TOO_LONG`, `FEEL_FUEL_EXHAUSTED`. Class: pure.
 */
export function stringOf(runtime: Runtime, value: Value): string {
  const written = typeof value === 'string' ? value : write(runtime, value, 0);
  runtime.spendString(written.length);
  return written;
}

function write(runtime: Runtime, value: Value, depth: number): string {
  runtime.spend(1);
  if (depth > LIMITS.dataDepth) stop('FEEL_TOO_DEEP', { limit: LIMITS.dataDepth });
  switch (typeOf(value)) {
    case 'null':
      return 'null';
    case 'string':
      return quoted(value as string);
    case 'list':
      return `[${parts(runtime, value as Value[], (item) => write(runtime, item, depth + 1))}]`;
    case 'context':
      return `{${parts(runtime, Object.entries(value as Context), ([key, entry]) => `${keyOf(key)}: ${write(runtime, entry, depth + 1)}`)}}`;
    case 'number':
      return plainNumber(value as number);
    case 'range':
      return writeRange(runtime, value as FeelRange, depth);
    case 'function':
      return stop('FEEL_WRONG_TYPE', { expected: 'a value that has a text', found: 'a function' });
    default:
      return String(value);
  }
}

/** `[1 .. 3]`, or the operator of a range that is open at one end, `>= 1`. */
function writeRange(runtime: Runtime, range: FeelRange, depth: number): string {
  const { start, end } = range;
  const [from, to] = [start, end].map((bound) => write(runtime, bound, depth + 1));
  const isFrom = range['start included'];
  const isTo = range['end included'];
  const isHalf = range instanceof HalfRange;
  if (isHalf && start === null) return `${isTo ? '<=' : '<'} ${to}`;
  if (isHalf && end === null) return `${isFrom ? '>=' : '>'} ${from}`;
  return `${isFrom ? '[' : '('}${from} .. ${to}${isTo ? ']' : ')'}`;
}

function parts<T>(runtime: Runtime, items: readonly T[], one: (item: T) => string): string {
  let written = '';
  for (const item of items) {
    written += written === '' ? one(item) : `, ${one(item)}`;
    runtime.spendString(written.length);
  }
  return written;
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

const keyOf = (key: string): string => (/\W/.test(key) ? quoted(key) : key);
