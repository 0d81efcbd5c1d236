import { stop } from './fault.js';
import { LIMITS } from './limits.js';
import type { EvaluationScope, Json } from './types.js';

/** A FEEL value: JSON, or an instance of feelin's classes for dates, durations, ranges, functions. */
export type Value = unknown;

/** A compiled node: computes its value in one evaluation. */
export type Run = (runtime: Runtime) => Value;

/**
 * What one evaluation holds: its variables, its local names by slot, and what it has left to spend.
 * It lives as long as the evaluation.
 */
export class Runtime {
  fuel: number = LIMITS.fuel;
  locals: Value[];
  calls = 0;
  depth = 0;
  /** `now()` and `today()` once they were asked for. */
  now: Value = null;
  today: Value = null;
  /** How many values were drawn from the seed. */
  draws = 0;
  /** Regular expressions that were paid for. */
  private patterns: Set<string> | null = null;

  constructor(
    readonly scope: EvaluationScope,
    /** The value that unary tests are about, `?` in them. */
    readonly input: Json,
    /** How many local names there are at once. */
    slots: number,
  ) {
    this.locals = new Array(slots);
  }

  /** Pays for work. Errors: `FEEL_FUEL_EXHAUSTED`. */
  spend(steps: number): void {
    this.fuel -= steps;
    if (this.fuel < 0) stop('FEEL_FUEL_EXHAUSTED', { limit: LIMITS.fuel });
  }

  /** Pays for compiling a regular expression, once an evaluation, whether or not it is cached. */
  spendPattern(pattern: string, steps: number): void {
    this.patterns ??= new Set();
    if (this.patterns.has(pattern)) return;
    this.patterns.add(pattern);
    this.spend(steps);
  }

  /** Pays for a list of that length. Errors: `FEEL_LIST_TOO_LONG`, `FEEL_FUEL_EXHAUSTED`. */
  spendList(length: number): void {
    if (length > LIMITS.listLength) {
      stop('FEEL_LIST_TOO_LONG', { limit: LIMITS.listLength, length });
    }
    this.spend(length);
  }

  /** Pays for a string of that length. Errors: `FEEL_STRING_TOO_LONG`, `FEEL_FUEL_EXHAUSTED`. */
  spendString(length: number): void {
    if (length > LIMITS.stringLength) {
      stop('FEEL_STRING_TOO_LONG', { limit: LIMITS.stringLength, length });
    }
    this.spend(length >> 3);
  }
}

/** What an operation on temporal values costs, in steps: it takes about as long as these. */
export const TEMPORAL_STEPS = 1_000;

/** What arithmetic on other than whole numbers costs, in steps. */
export const DECIMAL_STEPS = 10;

/** What drawing from the seed costs, in steps. */
export const DRAW_STEPS = 2_500;
