/**
 * The only file that imports feelin: its parser, its value classes, its built-ins and its temporal
 * arithmetic. The last two it does not export, but it hands them out as values of expressions.
 */
import { evaluate, type FeelFunction, type Warning } from 'feelin';
import { FeelFault, stop } from './fault.js';

export {
  dateAndTime as parseDateAndTime,
  FeelDate,
  FeelDateTime,
  FeelDuration,
  FeelFunction,
  FeelRange,
  FeelTime,
  parseExpression,
  parseUnaryTests,
} from 'feelin';

type AnyFunction = (...args: unknown[]) => unknown;

/** A built-in of feelin: its parameters in order (`...` marks the last that repeats), and its body. */
export interface FeelinBuiltin {
  readonly parameters: readonly string[];
  readonly call: (args: readonly unknown[]) => unknown;
}

/**
 * The built-in of that name, or null. What feelin reports as a failed call stops the evaluation with
 * `FEEL_INVALID_ARGUMENT`. Class: pure.
 */
export function feelinBuiltin(name: string): FeelinBuiltin | null {
  const { value } = evaluate(name);
  if (typeof value !== 'function') return null;
  const body = value as AnyFunction & { readonly $args: readonly string[] };
  return { parameters: body.$args, call: (args) => settle(name, () => body(...args)) };
}

function settle(name: string, call: () => unknown): unknown {
  const result = guarded(call, (reason) =>
    stop('FEEL_INVALID_ARGUMENT', { function: name, reason }),
  );
  if (isFailure(result)) {
    stop('FEEL_INVALID_ARGUMENT', { function: name, reason: withoutValues(result.template) });
  }
  return result;
}

/** Runs feelin's own code: what it throws is a fault of the data, what we throw passes through. */
function guarded(call: () => unknown, otherwise: (reason: string) => never): unknown {
  try {
    return call();
  } catch (error) {
    if (error instanceof FeelFault) throw error;
    return otherwise(
      error instanceof RangeError ? 'a value is out of range' : 'feelin cannot compute it',
    );
  }
}

/** A text of feelin without what it found: messages must hold no personal data. */
const withoutValues = (template: string): string =>
  template.replace(/, got \{\w+\}$/, '').replace(/\{(\w+)\}/g, 'the $1 value');

function isFailure(value: unknown): value is { readonly template: string } {
  return typeof value === 'object' && value !== null && 'warning' in value && 'template' in value;
}

/** An operator of feelin as a function of its two operands; a warning of feelin stops the evaluation. */
function feelinOperator(operator: string): (left: unknown, right: unknown) => unknown {
  const { value, warnings } = evaluate(`function(left, right) left ${operator} right`);
  const { fn } = value as FeelFunction;
  return (left, right) => {
    const result = guarded(
      () => fn(left, right),
      (reason) => stop('FEEL_EVALUATION_FAILED', { reason }),
    );
    refuseWarnings(warnings);
    return result;
  };
}

/** feelin appends to one array for as long as the operator lives: read it, and empty it. */
function refuseWarnings(warnings: Warning[]): void {
  const [first] = warnings.splice(0);
  if (first) stop('FEEL_EVALUATION_FAILED', { reason: withoutValues(first.details.template) });
}

/** feelin's arithmetic and comparison of temporal values. */
export const FEELIN_OPERATORS = {
  '+': feelinOperator('+'),
  '-': feelinOperator('-'),
  '<': feelinOperator('<'),
  '=': feelinOperator('='),
} as const;
