/**
 * FEEL behind one door: deterministic, bounded, and with every warning an error. Numbers are JavaScript
 * doubles. Class: pure. Source: DMN 1.5 clause 10; design.md D8.
 */
import { FeelFault, stop } from './fault.js';
import {
  FeelFunction,
  feelinEvaluate,
  feelinUnaryTest,
  parseExpression,
  parseUnaryTests,
} from './feelin.js';
import { toJson } from './json.js';
import type {
  Evaluation,
  EvaluationScope,
  ExpressionKind,
  ExpressionProblem,
  Json,
} from './types.js';

export type {
  Evaluation,
  EvaluationScope,
  ExpressionKind,
  ExpressionProblem,
  Json,
} from './types.js';

const parse = (source: string, kind: ExpressionKind) =>
  kind === 'expression'
    ? parseExpression(source, BUILTINS, undefined)
    : parseUnaryTests(source, BUILTINS, undefined);

const BUILTINS: Record<string, unknown> = {
  'is defined': new FeelFunction(
    (value: unknown) => value !== undefined && value !== null,
    ['value'],
  ),
  'get or else': new FeelFunction(
    (value: unknown, other: unknown) => value ?? other,
    ['value', 'default'],
  ),
  'is empty': new FeelFunction((list: unknown[]) => list.length === 0, ['list']),
  trim: new FeelFunction((text: string) => text.trim(), ['string']),
};

/** The names of variables that a source reads. */
export function namesIn(source: string, kind: ExpressionKind = 'expression'): readonly string[] {
  const names = new Set<string>();
  parse(source, kind).iterate({
    enter: (node) => {
      if (node.name === 'VariableName')
        names.add(source.slice(node.from, node.to).replace(/`/g, '').replace(/\s+/g, ' '));
    },
  });
  return [...names];
}

/** What is wrong with a source before it runs. */
export function checkExpression(
  source: string,
  kind: ExpressionKind = 'expression',
): readonly ExpressionProblem[] {
  try {
    if (kind === 'expression') feelinEvaluate(source, BUILTINS);
    else feelinUnaryTest(source, BUILTINS);
    return [];
  } catch (error) {
    const { message, position } = error as {
      message: string;
      position?: { from: number; to: number };
    };
    return position ? [{ code: 'FEEL_SYNTAX', message, ...position }] : [];
  }
}

function run(
  source: string,
  kind: ExpressionKind,
  scope: EvaluationScope,
  input?: Json,
): Evaluation {
  try {
    const context: Record<string, unknown> = { ...BUILTINS };
    const now = feelinEvaluate('date and time(at)', { at: scope.at }).value;
    const today = feelinEvaluate('date(date and time(at))', { at: scope.at }).value;
    context.now = new FeelFunction(() => now, []);
    context.today = new FeelFunction(() => today, []);
    for (const name of namesIn(source, kind)) {
      const value = scope.lookup(name);
      if (value !== undefined) context[name] = value;
    }
    if (input !== undefined) context['?'] = input;
    const { value, warnings } =
      kind === 'expression' ? feelinEvaluate(source, context) : feelinUnaryTest(source, context);
    const tolerant = /is defined|get or else/.test(source);
    for (const warning of warnings) {
      if (tolerant && warning.type === 'NO_VARIABLE_FOUND') continue;
      if (warning.type === 'NO_VARIABLE_FOUND') {
        stop('FEEL_UNKNOWN_VARIABLE', { name: warning.message.split("'")[1] ?? '' });
      }
      stop('FEEL_EVALUATION_FAILED', { reason: warning.message });
    }
    return { ok: true, value: toJson(value) };
  } catch (error) {
    if (error instanceof FeelFault) return { ok: false, ...error.fault };
    return { ok: false, code: 'FEEL_EVALUATION_FAILED', message: String(error) };
  }
}

/** Evaluates an expression (without a leading `=`). */
export function evaluate(source: string, scope: EvaluationScope): Evaluation {
  return run(source, 'expression', scope);
}

/** Evaluates the tests of a DMN input entry against a value: whether one of them holds. */
export function evaluateUnaryTests(
  source: string,
  input: Json,
  scope: EvaluationScope,
): Evaluation {
  return run(source, 'unaryTests', scope, input);
}
