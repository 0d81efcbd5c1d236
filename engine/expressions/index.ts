/**
 * FEEL behind one door: deterministic, bounded, and with every warning an error. Numbers are doubles that
 * stand for decimals. Sources are compiled once and kept. Class: pure. Source: DMN 1.5 clause 10;
 * docs/design.md D8, docs/feel.md.
 */

import { fault } from '../errors/index.js';
import { type Compiled, compileExpression, compileSource, compileUnaryTests } from './compile.js';
import { FeelFault } from './fault.js';
import { toJson } from './json.js';
import { LIMITS } from './limits.js';
import { Runtime } from './runtime.js';
import type {
  Evaluation,
  EvaluationScope,
  ExpressionKind,
  ExpressionProblem,
  Json,
} from './types.js';

export { BUILTIN_NAMES } from './builtins.js';
export { inexactNumberIn, withInexactAsTexts } from './json-numbers.js';
export { LIMITS } from './limits.js';
export type {
  Evaluation,
  EvaluationScope,
  ExpressionKind,
  ExpressionProblem,
  Json,
} from './types.js';

/**
 * Evaluates an expression, given without a leading `=`. Temporal values of the result are ISO 8601
 * strings. Never throws for what the source or the data hold: every code of `errors/expressions.ts`
 * may come back.
 */
export function evaluate(source: string, scope: EvaluationScope): Evaluation {
  return settle(compileExpression(source), scope, null);
}

/**
 * Evaluates the tests of a DMN input entry against a value: whether one of them holds. `-` and an
 * empty source hold for anything; a test of another type than the value does not hold.
 */
export function evaluateUnaryTests(
  source: string,
  input: Json,
  scope: EvaluationScope,
): Evaluation {
  return settle(compileUnaryTests(source), scope, input);
}

/** The tests of an input entry, compiled. */
export type PreparedTests = (input: Json, scope: EvaluationScope) => Evaluation;

/**
 * As `evaluateUnaryTests`, for who keeps the compiled tests: the entries of one large table are more than
 * are kept here, and evaluated one after the other each would push out the next.
 */
export function prepareUnaryTests(source: string): PreparedTests {
  const prepared = compileSource(source, 'unaryTests');
  return (input, scope) => settle(prepared, scope, input);
}

function settle(compiled: Compiled, scope: EvaluationScope, input: Json): Evaluation {
  const { run, size, slots, isPassedOn } = compiled;
  const runtime = new Runtime(scope, input, slots);
  try {
    runtime.fuel -= size;
    const value = run(runtime);
    return { ok: true, value: isPassedOn ? (value as Json) : toJson(value, runtime) };
  } catch (error) {
    if (error instanceof FeelFault) return failed(error.fault);
    if (isStackOverflow(error)) return failed(fault('FEEL_TOO_DEEP', { limit: LIMITS.callDepth }));
    throw error;
  }
}

const failed = ({ code, message }: FeelFault['fault']): Evaluation => ({
  ok: false,
  code,
  message,
});

/** The last net, should a caller leave too little of the stack. */
const isStackOverflow = (error: unknown): boolean =>
  error instanceof RangeError && error.message.startsWith('Maximum call stack');

/** What is wrong with a source before it runs: syntax with its place, limits, what is refused. */
export function checkExpression(
  source: string,
  kind: ExpressionKind = 'expression',
): readonly ExpressionProblem[] {
  return compiled(source, kind).problems;
}

/**
 * The variables that a source may read, in the order of their first mention. A name in a filter counts
 * too, for it may be a variable or an entry of an item.
 */
export function namesIn(source: string, kind: ExpressionKind = 'expression'): readonly string[] {
  return compiled(source, kind).variables;
}

/** The variables that an expression reads for certain: without those names that may be entries of a filtered item. */
export function certainNamesIn(source: string): readonly string[] {
  return compileExpression(source).certain;
}

const compiled = (source: string, kind: ExpressionKind): Compiled =>
  kind === 'expression' ? compileExpression(source) : compileUnaryTests(source);
