/** `for`, `some` and `every`. Source: DMN 1.5 §10.3.2.14. */

import { numberOf } from './compile-operators.js';
import { addDecimals, subtractDecimals } from './decimal.js';
import { stop } from './fault.js';
import { FeelDate, FeelRange } from './feelin.js';
import { LIMITS } from './limits.js';
import { type Names, withLocal } from './names.js';
import {
  type Compilation,
  childAt,
  childNamed,
  type NodeCompiler,
  nameOf,
  refuse,
} from './nodes.js';
import { rangeOf } from './operators.js';
import { type Run, type Runtime, TEMPORAL_STEPS, type Value } from './runtime.js';
import { dayAfter, daysBetween } from './temporal.js';
import type { Node } from './tree.js';
import { describe } from './values.js';

/** One `name in values`: where the name lives, and what it takes one after another. */
interface Iterator {
  readonly slot: number;
  readonly values: Run;
}

interface Iteration {
  readonly iterators: readonly Iterator[];
  readonly names: Names;
}

function iterationOf(node: Node, outer: Names, into: Compilation): Iteration {
  let names = outer;
  const iterators: Iterator[] = [];
  for (const child of childNamed(node, 'InExpressions')?.children ?? []) {
    if (child.name !== 'InExpression') continue;
    const values = domainOf(childAt(child, 2), names, into);
    iterators.push({ slot: names.nextSlot, values });
    names = withLocal(names, nameOf(childAt(child, 0)));
  }
  return { iterators, names };
}

/** What is iterated: a list, or `a..b`, which becomes a range. */
function domainOf(node: Node, names: Names, into: Compilation): Run {
  const start = into.compile(childAt(node, 0), names);
  const last = node.children[2];
  if (!last) return start;
  const tooLong = literalLength(childAt(node, 0), last);
  if (tooLong > LIMITS.listLength) {
    const reason = `it iterates ${tooLong} numbers, and ${LIMITS.listLength} are allowed`;
    return refuse(into, node, 'FEEL_REJECTED', { reason });
  }
  const end = into.compile(last, names);
  return (runtime) => rangeOf(start(runtime), end(runtime), true, true);
}

function literalLength(first: Node, last: Node): number {
  if (first.name !== 'NumericLiteral' || last.name !== 'NumericLiteral') return 0;
  return Math.abs(numberOf(last) - numberOf(first)) + 1;
}

/** Items of a list or a range; a single value is a list of it, and null is nothing to iterate. */
function itemsOf(runtime: Runtime, domain: Value): readonly Value[] | null {
  if (domain === null || domain === undefined) return null;
  if (domain instanceof FeelRange) return itemsOfRange(runtime, domain);
  const items = Array.isArray(domain) ? domain : [domain];
  runtime.spendList(items.length);
  return items;
}

/** What a day of a range costs, in steps. */
const DAY_STEPS = 50;

function itemsOfRange(runtime: Runtime, range: FeelRange): readonly Value[] {
  const { start, end } = range;
  if (typeof start === 'number' && typeof end === 'number')
    return numbersOf(runtime, range, start, end);
  if (start instanceof FeelDate && end instanceof FeelDate) {
    const days = daysBetween(start, end);
    const numbers = numbersOf(runtime, range, 0, days);
    runtime.spend(TEMPORAL_STEPS + numbers.length * DAY_STEPS);
    return numbers.map((day) => dayAfter(start, day));
  }
  const characters = typeof start === 'string' && typeof end === 'string';
  if (!characters || start.length !== 1 || end.length !== 1) {
    stop('FEEL_WRONG_TYPE', {
      expected: 'a range of numbers, dates or single letters to iterate',
      found: `${describe(start)}..${describe(end)}`,
    });
  }
  return range.map((letter: string) => letter);
}

function numbersOf(
  runtime: Runtime,
  range: FeelRange,
  start: number,
  end: number,
): readonly number[] {
  const length = Math.floor(Math.abs(subtractDecimals(end, start))) + 1;
  runtime.spendList(length);
  const direction = start > end ? -1 : 1;
  const numbers = Array.from({ length }, (_none, index) => addDecimals(start, index * direction));
  if (!range['start included']) numbers.shift();
  if (!range['end included'] && numbers.at(-1) === end) numbers.pop();
  return numbers;
}

/**
 * Runs `visit` for each combination, the last name fastest, until it answers true.
 * @returns whether it was stopped so; null when something is not iterable
 */
function forEach(
  runtime: Runtime,
  iterators: readonly Iterator[],
  index: number,
  visit: () => boolean,
): boolean | null {
  const iterator = iterators[index];
  if (!iterator) return visit();
  const items = itemsOf(runtime, iterator.values(runtime));
  if (items === null) return null;
  for (const item of items) {
    runtime.locals[iterator.slot] = item;
    const answer = forEach(runtime, iterators, index + 1, visit);
    if (answer !== false) return answer;
  }
  return false;
}

const forLoop: NodeCompiler = (node, outer, into) => {
  const { iterators, names } = iterationOf(node, outer, into);
  const inner = withLocal(names, 'partial');
  const partial = inner.nextSlot - 1;
  const result = childAt(node, -1);
  const body = into.compile(result, inner);
  const isKept = keepsPartial(result);
  return (runtime) => {
    const values: Value[] = [];
    const visit = (): boolean => {
      runtime.spend(result.size);
      if (isKept) runtime.spendList(values.length);
      runtime.locals[partial] = isKept ? values.slice() : values;
      values.push(body(runtime));
      if (values.length > LIMITS.listLength) runtime.spendList(values.length);
      return false;
    };
    return forEach(runtime, iterators, 0, visit) === null ? null : values;
  };
};

/** Built-ins of a list that give a value, and keep nothing of the list. */
const READING: ReadonlySet<string> = new Set([
  ...['all', 'any', 'count', 'is empty', 'max', 'mean', 'median', 'min', 'product'],
  ...['stddev', 'sum'],
]);

/**
 * Whether the results so far may become a part of a result: that needs a copy of them, which is paid
 * for. To filter them, or to sum them up, they are read as they are.
 */
function keepsPartial(node: Node): boolean {
  if (node.name === 'VariableName') return nameOf(node) === 'partial';
  return node.children.some((child, index) => {
    const isRead = (node.name === 'FilterExpression' && index === 0) || isReading(node, child);
    if (!isRead) return keepsPartial(child);
    return child.name === 'PositionalParameters'
      ? child.children.some((one) => one.name !== 'VariableName' && keepsPartial(one))
      : child.name !== 'VariableName' && keepsPartial(child);
  });
}

const isReading = (node: Node, child: Node): boolean =>
  node.name === 'FunctionInvocation' &&
  child.name === 'PositionalParameters' &&
  child.children.length === 1 &&
  READING.has(nameOf(childAt(node, 0)));

/** `some` looks for true and `every` for false; null, or what is no boolean, leaves it open. */
const quantified: NodeCompiler = (node, outer, into) => {
  const { iterators, names } = iterationOf(node, outer, into);
  const decisive = childAt(node, 0).name === 'some';
  const condition = childAt(node, -1);
  const holds = into.compile(condition, names);
  return (runtime) => {
    const open = { seen: false };
    const visit = (): boolean => {
      runtime.spend(condition.size);
      const verdict = holds(runtime);
      if (typeof verdict !== 'boolean') open.seen = true;
      return verdict === decisive;
    };
    const found = forEach(runtime, iterators, 0, visit);
    if (found === null) return null;
    return found ? decisive : open.seen ? null : !decisive;
  };
};

/** Compilers of iterations by node name. */
export const ITERATION_NODES: Readonly<Record<string, NodeCompiler>> = {
  ForExpression: forLoop,
  QuantifiedExpression: quantified,
};
