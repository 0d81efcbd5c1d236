/** Compiles sources into closures, once for each source. Class: pure. */
import { ERRORS, type ErrorRow } from '../errors/index.js';
import { cached } from '../model/index.js';
import { FUNCTION_NODES } from './compile-functions.js';
import { ITERATION_NODES } from './compile-iteration.js';
import { OPERATOR_NODES } from './compile-operators.js';
import { STRUCTURE_NODES } from './compile-structures.js';
import { TYPE_NODES } from './compile-types.js';
import { compileCell } from './compile-unary-tests.js';
import { FeelFault } from './fault.js';
import { LIMITS } from './limits.js';
import { NO_NAMES } from './names.js';
import { type Compilation, childAt, type NodeCompiler, refuse } from './nodes.js';
import type { Run } from './runtime.js';
import { type Node, read } from './tree.js';
import type { ExpressionKind, ExpressionProblem } from './types.js';

/** A source that was compiled, and what was found on the way. */
export interface Compiled {
  readonly run: Run;
  /** Steps that one evaluation takes at least. */
  readonly size: number;
  /** Local names that are known at once at most. */
  readonly slots: number;
  readonly problems: readonly ExpressionProblem[];
  readonly variables: readonly string[];
  /** Those of the variables that can be nothing else. */
  readonly certain: readonly string[];
  /** Whether the value comes from the scope as it is: then it is JSON already. */
  readonly isPassedOn: boolean;
}

const NODES: Readonly<Record<string, NodeCompiler>> = {
  ...FUNCTION_NODES,
  ...ITERATION_NODES,
  ...OPERATOR_NODES,
  ...STRUCTURE_NODES,
  ...TYPE_NODES,
};

const compileNode: NodeCompiler = (node, names, into) => {
  const compiler = NODES[node.name];
  if (compiler) return compiler(node, names, into);
  const facts = {
    construct: `'${node.text}' here`,
    remedy: 'write it as an expression of its own',
  };
  return refuse(into, node, 'FEEL_UNSUPPORTED', facts);
};

/** The closures of an expression. */
export const compileExpression = cached(LIMITS.cachedExpressions, (source: string) =>
  compileSource(source, 'expression'),
);

/** The closures of a DMN input entry. */
export const compileUnaryTests = cached(LIMITS.cachedExpressions, (source: string) =>
  compileSource(source, 'unaryTests'),
);

/** Compiles a source, whether or not one of its kind is kept. */
export function compileSource(source: string, kind: ExpressionKind): Compiled {
  if (kind === 'unaryTests' && source.trim() === '') return ANYTHING;
  const { tree, problem } = read(source, kind);
  if (problem) return { ...ANYTHING, run: stopWith(problem), problems: [problem] };
  let slots = 0;
  const into: Compilation = {
    problems: [],
    variables: new Set(),
    certain: new Set(),
    compile: (node, names) => {
      slots = Math.max(slots, names.nextSlot);
      return compileNode(node, names, into);
    },
  };
  const run =
    kind === 'unaryTests' ? compileCell(tree, into) : into.compile(childAt(tree, 0), NO_NAMES);
  const { problems, variables, certain } = into;
  const fatal = problems.find((one) => !isWarning(one));
  return {
    run: fatal ? stopWith(fatal) : run,
    size: tree.size,
    slots,
    problems: distinct(problems),
    variables: [...variables],
    certain: [...certain],
    isPassedOn: variables.size === 1 && isPassedOn(tree),
  };
}

/** An empty input entry: anything passes. */
const ANYTHING: Compiled = {
  run: () => true,
  size: 1,
  slots: 0,
  problems: [],
  variables: [],
  certain: [],
  isPassedOn: false,
};

const stopWith =
  (problem: ExpressionProblem): Run =>
  () => {
    throw new FeelFault(problem);
  };

function isWarning({ code }: ExpressionProblem): boolean {
  const row: ErrorRow = ERRORS[code];
  return row.severity === 'warning';
}

/** A filter compiles its condition twice: what it finds there counts once. */
function distinct(problems: readonly ExpressionProblem[]): readonly ExpressionProblem[] {
  const seen = new Map(problems.map((one) => [`${one.code} ${one.from} ${one.to}`, one]));
  return [...seen.values()];
}

function isPassedOn(tree: Node): boolean {
  const [only] = tree.children;
  return tree.name === 'Expression' && only !== undefined && isPathOfVariables(only);
}

const isPathOfVariables = (node: Node): boolean =>
  node.name === 'VariableName' ||
  (node.name === 'PathExpression' && isPathOfVariables(childAt(node, 0)));
