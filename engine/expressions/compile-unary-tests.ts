/** A DMN input entry: tests of the input, one of which must hold. Source: DMN 1.5 §8.3.3, §10.3.2.2. */
import { RANGE_BUILTINS } from './builtins-ranges.js';
import { type Test, testOf } from './compile-operators.js';
import { NO_NAMES } from './names.js';
import { type Compilation, childAt, childNamed, nameOf } from './nodes.js';
import { passes } from './operators.js';
import type { Run } from './runtime.js';
import type { Node } from './tree.js';

/** Compiles an input entry: `-`, tests, or `not(tests)`. Its value is a boolean, never null. */
export function compileCell(tree: Node, into: Compilation): Run {
  const tests = childNamed(tree, 'PositiveUnaryTests');
  if (!tests) return () => true;
  const isNegated = childAt(tree, 0).name === 'not';
  const cells = tests.children.map((child) => cellTest(childAt(child, 0), into));
  return (runtime) => {
    for (const test of cells) {
      if (test(runtime, runtime.input) === true) return !isNegated;
    }
    return isNegated;
  };
}

/**
 * A test of the input. A condition (one that mentions `?`, or has the form of one) holds by itself, and
 * one that gives null is unknown: it must not equal an input that is null. Any other value is compared
 * with the input, be it a boolean or not.
 */
function cellTest(node: Node, into: Compilation): Test {
  if (node.name === 'SimplePositiveUnaryTest') return testOf(node, NO_NAMES, into);
  const run = into.compile(node, NO_NAMES);
  const isCondition = !VALUES.has(node.name) || mentionsInput(node);
  const givesBoolean = isPredicate(node);
  return (runtime, value) => {
    const test = run(runtime);
    if (isCondition && typeof test === 'boolean') return test;
    if (givesBoolean && test === null) return null;
    return passes(runtime, test, value);
  };
}

/** Nodes whose boolean is a value to compare with, unless they mention the input. */
const VALUES: ReadonlySet<string> = new Set(['BooleanLiteral', 'VariableName', 'PathExpression']);

/** Nodes that are true, false or unknown. */
const PREDICATES: ReadonlySet<string> = new Set([
  ...['Comparison', 'Conjunction', 'Disjunction', 'InstanceOfExpression', 'QuantifiedExpression'],
]);

/** Built-ins that are so, but those about ranges. */
const PREDICATE_BUILTINS: ReadonlySet<string> = new Set([
  ...['all', 'any', 'contains', 'ends with', 'even', 'is blank', 'is empty', 'list contains'],
  ...['matches', 'not', 'odd', 'starts with'],
]);

/** Whether what a node gives can be nothing but the verdict of a test: null is no value to equal then. */
function isPredicate(node: Node): boolean {
  if (mentionsInput(node) || PREDICATES.has(node.name)) return true;
  if (node.name === 'ParenthesizedExpression') return isPredicate(childAt(node, 1));
  if (node.name !== 'FunctionInvocation') return false;
  const name = nameOf(childAt(node, 0));
  return PREDICATE_BUILTINS.has(name) || Object.hasOwn(RANGE_BUILTINS, name);
}

const mentionsInput = (node: Node): boolean =>
  node.name === '?' || node.children.some(mentionsInput);
