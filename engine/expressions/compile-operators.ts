/** Operators, literals and branches. Source: DMN 1.5 §10.3.2. */
import { isHeld } from './decimal.js';
import { stop } from './fault.js';
import { LIMITS } from './limits.js';
import type { Names } from './names.js';
import { type Compilation, childAt, constant, type NodeCompiler, refuse } from './nodes.js';
import {
  add,
  anyHolds,
  bounded,
  compare,
  divide,
  equal,
  halfOf,
  includes,
  multiply,
  negate,
  type OrderOperator,
  passes,
  power,
  rangeOf,
  subtract,
} from './operators.js';
import { excerpt } from './problems.js';
import type { Run, Runtime, Value } from './runtime.js';
import { literalText } from './string-literal.js';
import type { Node } from './tree.js';
import type { Json } from './types.js';
import { describe } from './values.js';

type Binary = (runtime: Runtime, left: Value, right: Value) => Value;

const ARITHMETIC: Readonly<Record<string, Binary>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '**': power,
  '^': power,
};

const arithmetic: NodeCompiler = (node, names, into) => {
  if (node.children.length === 2) {
    if (childAt(node, 0).text === '+') {
      const facts = { construct: "'+' without a left side", remedy: 'leave it out' };
      return refuse(into, childAt(node, 0), 'FEEL_UNSUPPORTED', facts);
    }
    const value = into.compile(childAt(node, 1), names);
    return (runtime) => negate(runtime, value(runtime));
  }
  const left = into.compile(childAt(node, 0), names);
  const right = into.compile(childAt(node, 2), names);
  const operator = childAt(node, 1).text;
  if (operator === '+') return sum(left, right);
  const operate = ARITHMETIC[operator] ?? power;
  return (runtime) => operate(runtime, left(runtime), right(runtime));
};

/** Addition on its own: by far the most frequent, and its operands are nearly always numbers. */
function sum(left: Run, right: Run): Run {
  return (runtime) => {
    const a = left(runtime);
    return add(runtime, a, right(runtime));
  };
}

/** One closure an operator, so that each sees the types of its own operands. */
const COMPARISONS: Readonly<Record<string, (left: Run, right: Run) => Run>> = {
  '<': (left, right) => (runtime) => {
    const a = left(runtime);
    const b = right(runtime);
    return typeof a === 'number' && typeof b === 'number' ? a < b : compare(runtime, '<', a, b);
  },
  '<=': (left, right) => (runtime) => {
    const a = left(runtime);
    const b = right(runtime);
    return typeof a === 'number' && typeof b === 'number' ? a <= b : compare(runtime, '<=', a, b);
  },
  '>': (left, right) => (runtime) => {
    const a = left(runtime);
    const b = right(runtime);
    return typeof a === 'number' && typeof b === 'number' ? a > b : compare(runtime, '>', a, b);
  },
  '>=': (left, right) => (runtime) => {
    const a = left(runtime);
    const b = right(runtime);
    return typeof a === 'number' && typeof b === 'number' ? a >= b : compare(runtime, '>=', a, b);
  },
  '=': (left, right) => (runtime) => equal(runtime, left(runtime), right(runtime)),
  '!=': (left, right) => (runtime) => {
    const verdict = equal(runtime, left(runtime), right(runtime));
    return verdict === null ? null : !verdict;
  },
};

const comparison: NodeCompiler = (node, names, into) => {
  const operator = childAt(node, 1);
  const left = into.compile(childAt(node, 0), names);
  if (operator.name === 'in') return membership(left, node, names, into);
  const right = operand(childAt(node, 2), names, into);
  if (operator.name === 'between') {
    const end = into.compile(childAt(node, 4), names);
    return (runtime) => between(runtime, left(runtime), right(runtime), end(runtime));
  }
  return (COMPARISONS[operator.text] ?? neverParsed)(left, right);
};

/** An operand; a test without a left side, as in `a > 1 and < 5` or `a <> b`, is none. */
function operand(node: Node, names: Names, into: Compilation): Run {
  const isBare = node.name === 'SimplePositiveUnaryTest' && childAt(node, 0).name !== 'Interval';
  return isBare ? refuseBare(node, into) : into.compile(node, names);
}

/** What a test without a left side compares with: in `>= 5 and <= 10` all that follows the first operator. */
function boundOf(node: Node, names: Names, into: Compilation): Run {
  const bound = childAt(node, 1);
  if (bound.name === 'SimplePositiveUnaryTest') return refuseDoubled(node, bound, into);
  const isJoined = bound.name === 'Conjunction' || bound.name === 'Disjunction';
  return isJoined ? refuseBare(node, into) : into.compile(bound, names);
}

function refuseBare(node: Node, into: Compilation): Run {
  const construct = `'${excerpt(node.text)}' without a left side`;
  const remedy = "write what is compared, e.g. '? >= 5 and ? <= 10', and '!=' for unequal";
  return refuse(into, node, 'FEEL_UNSUPPORTED', { construct, remedy });
}

/** `>>1`, `==1`, `> [1..2]`: what follows an operator of a test is a value, and no test. */
function refuseDoubled(node: Node, bound: Node, into: Compilation): Run {
  const construct = `a test after the operator in '${excerpt(node.text)}'`;
  return refuse(into, bound, 'FEEL_UNSUPPORTED', { construct, remedy: 'write one operator' });
}

const neverParsed = (): Run => () =>
  stop('FEEL_EVALUATION_FAILED', { reason: 'the operator is unknown' });

function between(runtime: Runtime, value: Value, start: Value, end: Value): boolean | null {
  if (start === null || end === null) return null;
  const above = compare(runtime, '>=', value, start);
  return above === true ? compare(runtime, '<=', value, end) : above;
}

/** A compiled test of a value: three-valued. */
export type Test = (runtime: Runtime, value: Value) => boolean | null;

function membership(left: Run, node: Node, names: Names, into: Compilation): Run {
  if (node.children.length === 3) return membershipOfOne(left, childAt(node, 2), names, into);
  const tests = childAt(node, 3).children.map((child) => testOf(childAt(child, 0), names, into));
  return (runtime) => {
    const value = left(runtime);
    return anyHolds(runtime, tests, (test) => test(runtime, value));
  };
}

/** `x in y`: when `y` is null it is unknown what `x` should be in. */
function membershipOfOne(left: Run, node: Node, names: Names, into: Compilation): Run {
  const inner = childAt(node, 0);
  if (inner.name === 'SimplePositiveUnaryTest') {
    const test = testOf(inner, names, into);
    return (runtime) => test(runtime, left(runtime));
  }
  const members = into.compile(inner, names);
  return (runtime) => {
    const value = left(runtime);
    const among = members(runtime);
    return among === null ? null : passes(runtime, among, value);
  };
}

/** A test: an interval, an operator with its operand, or a value to equal or to be in. */
export function testOf(node: Node, names: Names, into: Compilation): Test {
  if (node.name === 'SimplePositiveUnaryTest') {
    const first = childAt(node, 0);
    if (first.name === 'Interval') return intervalTest(first, names, into);
    return operatorTest(first.text, boundOf(node, names, into));
  }
  const run = into.compile(node, names);
  return (runtime, value) => passes(runtime, run(runtime), value);
}

function operatorTest(operator: string, bound: Run): Test {
  if (operator === '=') return (runtime, value) => equal(runtime, value, bound(runtime));
  if (operator === '!=') {
    return (runtime, value) => {
      const verdict = equal(runtime, value, bound(runtime));
      return verdict === null ? null : !verdict;
    };
  }
  return (runtime, value) => bounded(runtime, value, bound(runtime), operator as OrderOperator);
}

function intervalTest(node: Node, names: Names, into: Compilation): Test {
  const range = interval(node, names, into);
  return (runtime, value) => includes(runtime, range(runtime), value);
}

type RunRange = (runtime: Runtime) => ReturnType<typeof rangeOf>;

function interval(node: Node, names: Names, into: Compilation): RunRange {
  const start = into.compile(childAt(node, 1), names);
  const end = into.compile(childAt(node, 3), names);
  const startIncluded = childAt(node, 0).text === '[';
  const endIncluded = childAt(node, 4).text === ']';
  const isConstant = [childAt(node, 1), childAt(node, 3)].every(isLiteral);
  if (isConstant) return constantRange(node, startIncluded, endIncluded) ?? compute;
  return compute;
  function compute(runtime: Runtime): ReturnType<typeof rangeOf> {
    return rangeOf(start(runtime), end(runtime), startIncluded, endIncluded);
  }
}

const isLiteral = (node: Node): boolean => node.name === 'NumericLiteral';

function constantRange(node: Node, startIncluded: boolean, endIncluded: boolean): RunRange {
  const [start, end] = [numberOf(childAt(node, 1)), numberOf(childAt(node, 3))];
  const range = rangeOf(start, end, startIncluded, endIncluded);
  return () => range;
}

/** An operator with its operand where a value is expected, as in `items[> 5]`: a range. */
const simpleTest: NodeCompiler = (node, names, into) => {
  const first = childAt(node, 0);
  if (first.name === 'Interval') return interval(first, names, into);
  const bound = boundOf(node, names, into);
  const operator = first.text;
  if (operator === '=') return bound;
  if (operator === '!=') {
    const facts = { construct: "'!=' without a left side", remedy: 'write what it compares' };
    return refuse(into, node, 'FEEL_UNSUPPORTED', facts);
  }
  return (runtime) => halfOf(operator as OrderOperator, bound(runtime));
};

const conjunction: NodeCompiler = (node, names, into) => {
  const left = operand(childAt(node, 0), names, into);
  const right = operand(childAt(node, 2), names, into);
  return (runtime) => {
    const a = left(runtime);
    if (a === false) return false;
    const b = right(runtime);
    if (b === false) return false;
    return a === true && b === true ? true : null;
  };
};

const disjunction: NodeCompiler = (node, names, into) => {
  const left = operand(childAt(node, 0), names, into);
  const right = operand(childAt(node, 2), names, into);
  return (runtime) => {
    const a = left(runtime);
    if (a === true) return true;
    const b = right(runtime);
    if (b === true) return true;
    return a === false && b === false ? false : null;
  };
};

const branch: NodeCompiler = (node, names, into) => {
  const condition = into.compile(childAt(node, 1), names);
  const consequent = into.compile(childAt(node, 3), names);
  const alternative = node.children[5] ? into.compile(childAt(node, 5), names) : constant(null);
  return (runtime) => {
    const verdict = condition(runtime);
    if (verdict === true) return consequent(runtime);
    if (verdict === false || verdict === null) return alternative(runtime);
    return stop('FEEL_WRONG_TYPE', { expected: 'a boolean after if', found: describe(verdict) });
  };
};

/** The value of a number in a source. */
export function numberOf(node: Node): number {
  return Number(node.text.replace(/\s/g, ''));
}

const numeric: NodeCompiler = (node, _names, into) => {
  const value = numberOf(node);
  if (!Number.isFinite(value)) {
    return refuse(into, node, 'FEEL_REJECTED', { reason: `${node.text} is too large a number` });
  }
  const isExact = Number.isSafeInteger(value) || !Number.isInteger(value);
  return isExact || isHeld(node.text.replace(/\s/g, ''))
    ? constant(value)
    : refuse(into, node, 'FEEL_NUMBER_INEXACT', { number: node.text });
};

const text: NodeCompiler = (node, _names, into) => {
  const value = literalText(node.text);
  if (value.length <= LIMITS.stringLength) return constant(value);
  return refuse(into, node, 'FEEL_REJECTED', { reason: 'a string in it is too long' });
};

const input: NodeCompiler = () => (runtime) => runtime.input as Json;

/** Compilers of operators, literals and branches by node name. */
export const OPERATOR_NODES: Readonly<Record<string, NodeCompiler>> = {
  '?': input,
  ArithmeticExpression: arithmetic,
  BooleanLiteral: (node) => constant(node.text === 'true'),
  Comparison: comparison,
  Conjunction: conjunction,
  Disjunction: disjunction,
  IfExpression: branch,
  NumericLiteral: numeric,
  ParenthesizedExpression: (node, names, into) => into.compile(childAt(node, 1), names),
  SimplePositiveUnaryTest: simpleTest,
  StringLiteral: text,
  null: () => constant(null),
};
