/** A DMN input entry: tests of the input, one of which must hold. Source: DMN 1.5 §8.3.3, §10.3.2.2. */
import { type Test, testOf } from './compile-operators.js';
import { NO_NAMES } from './names.js';
import { type Compilation, childAt, childNamed } from './nodes.js';
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
 * A test of the input. A condition (one that mentions `?`, or has the form of one) holds by itself;
 * any other value is compared with the input, be it a boolean or not.
 */
function cellTest(node: Node, into: Compilation): Test {
  if (node.name === 'SimplePositiveUnaryTest') return testOf(node, NO_NAMES, into);
  const run = into.compile(node, NO_NAMES);
  const isCondition = !VALUES.has(node.name) || mentionsInput(node);
  return (runtime, value) => {
    const test = run(runtime);
    if (isCondition && typeof test === 'boolean') return test;
    return passes(runtime, test, value);
  };
}

/** Nodes whose boolean is a value to compare with, unless they mention the input. */
const VALUES: ReadonlySet<string> = new Set(['BooleanLiteral', 'VariableName', 'PathExpression']);

const mentionsInput = (node: Node): boolean =>
  node.name === '?' || node.children.some(mentionsInput);
