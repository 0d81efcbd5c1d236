/**
 * Input entries that a static check understands: literals, comparisons with literals, ranges of literals,
 * and lists or negations of these. Class: pure. Source: DMN 1.3 §8.3.3.
 */
import type { ExpressionKind } from '../expressions/index.js';
import { isAny, splitCell } from './cell-text.js';

/** A value of a literal. */
export type Literal = number | string | boolean;

/** Numbers between two bounds; infinite bounds are open. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly includesLow: boolean;
  readonly includesHigh: boolean;
}

/** One test: a value or an interval. */
export type LiteralTest = { readonly value: Literal } | { readonly interval: Interval };

/** An entry that is understood; `any` passes everything. */
export type LiteralCell =
  | { readonly kind: 'any' }
  | {
      readonly kind: 'tests';
      readonly isNegated: boolean;
      readonly tests: readonly LiteralTest[];
    };

const NUMBER = String.raw`-?(?:\d+(?:\.\d+)?|\.\d+)`;
const PLAIN_NUMBER = new RegExp(`^${NUMBER}$`);
const COMPARISON = new RegExp(String.raw`^(<=|>=|<|>)\s*(${NUMBER})$`);
const RANGE = new RegExp(String.raw`^([[(\]])\s*(${NUMBER})\s*\.\.\s*(${NUMBER})\s*([\])[])$`);
const PLAIN_STRING = /^"[^"\\\n]*"$/;
/** A number that a double may not hold exactly: FEEL decides. */
const LONG_NUMBER = /\d{16}/;

/** Reads an entry, or gives null when it is more than literals. */
export function readLiteralCell(text: string): LiteralCell | null {
  if (isAny(text)) return { kind: 'any' };
  const { isNegated, tests } = splitCell(text);
  const read = tests.map(readTest).filter((test) => test !== null);
  return read.length === tests.length ? { kind: 'tests', isNegated, tests: read } : null;
}

/** Whether a value passes an entry: as FEEL has it, null passes none but `-` and what is negated. */
export function holds(cell: LiteralCell, value: Literal | null): boolean {
  if (cell.kind === 'any') return true;
  return cell.isNegated !== cell.tests.some((test) => testHolds(test, value));
}

function testHolds(test: LiteralTest, value: Literal | null): boolean {
  if ('value' in test) return test.value === value;
  if (typeof value !== 'number') return false;
  const { low, high, includesLow, includesHigh } = test.interval;
  return (
    (value > low || (includesLow && value === low)) &&
    (value < high || (includesHigh && value === high))
  );
}

function readTest(text: string): LiteralTest | null {
  const value = readLiteral(text);
  if (value !== null) return { value };
  const [, operator, bound] = COMPARISON.exec(text) ?? [];
  if (operator !== undefined) return { interval: half(operator, Number(bound)) };
  const [, open, low, high, close] = RANGE.exec(text) ?? [];
  if (low === undefined) return null;
  const bounds = { low: Number(low), high: Number(high) };
  return { interval: { ...bounds, includesLow: open === '[', includesHigh: close === ']' } };
}

/** Whether a text is FEEL beyond doubt, as most entries are: it need not be parsed to know. */
export function isPlain(text: string, kind: ExpressionKind): boolean {
  if (LONG_NUMBER.test(text)) return false;
  return (kind === 'unaryTests' ? readLiteralCell(text) : readLiteral(text)) !== null;
}

function readLiteral(text: string): Literal | null {
  if (PLAIN_NUMBER.test(text)) return Number(text);
  if (PLAIN_STRING.test(text)) return text.slice(1, -1);
  return text === 'true' || text === 'false' ? text === 'true' : null;
}

function half(operator: string, bound: number): Interval {
  const isIncluded = operator.endsWith('=');
  return operator.startsWith('<')
    ? { low: -Infinity, high: bound, includesLow: false, includesHigh: isIncluded }
    : { low: bound, high: Infinity, includesLow: isIncluded, includesHigh: false };
}
