/**
 * What the compilers of nodes share. A compiled node is a closure over its compiled children; a
 * problem found on the way is collected, and the closure in its place stops the evaluation.
 */
import type { ErrorCode, Facts } from '../errors/index.js';
import { FeelFault } from './fault.js';
import type { Names } from './names.js';
import { type Place, problem } from './problems.js';
import type { Run, Value } from './runtime.js';
import type { Node } from './tree.js';
import type { ExpressionProblem } from './types.js';

/** What is collected while one source is compiled. */
export interface Compilation {
  readonly problems: ExpressionProblem[];
  /** Variables that the source reads. */
  readonly variables: Set<string>;
  /** Those that are no entries of an item that a filter looks at. */
  readonly certain: Set<string>;
  /** Compiles any node. */
  compile(node: Node, names: Names): Run;
}

/** Compiles the nodes of one name. */
export type NodeCompiler = (node: Node, names: Names, into: Compilation) => Run;

/** Collects a problem; what is returned stops an evaluation with it. */
export function refuse<C extends ErrorCode>(
  into: Compilation,
  place: Place,
  code: C,
  facts: Facts<C>,
): Run {
  const found = problem(place, code, facts);
  into.problems.push(found);
  return () => {
    throw new FeelFault(found);
  };
}

/** The child of that name; lezer's grammar promises it. */
export function childNamed(node: Node, name: string): Node | undefined {
  return node.children.find((child) => child.name === name);
}

/** The child at a position, from the end if negative. */
export function childAt(node: Node, index: number): Node {
  const child = node.children.at(index);
  if (!child) throw new RangeError(`${node.name} has no child ${index}`);
  return child;
}

/** A name as it is looked up: words with one space between them, without back-ticks. */
export function nameOf(node: Node): string {
  return node.text.replace(/`/g, '').trim().replace(/\s+/g, ' ');
}

/** A closure that always gives that value. */
export const constant =
  (value: Value): Run =>
  () =>
    value;
