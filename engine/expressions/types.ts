import type { ErrorCode } from '../errors/index.js';
import type { Calendars } from '../model/index.js';

/** A JSON value, as process variables hold it. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** What an expression sees. */
export interface EvaluationScope {
  /** The only clock: an ISO 8601 UTC instant; `now()` and `today()` come from it. */
  readonly at: string;
  /** IANA zone of `now()` and `today()`, e.g. `UTC`. */
  readonly zone: string;
  /** Business calendars by name; left out where there are none. */
  readonly calendars?: Readonly<Record<string, Calendars>>;
  /** Instance id and a counter: `uuid()` and `random number()` derive from it, deterministically. */
  readonly seed: string;
  /** The value of a variable; `undefined` means that there is none of that name. */
  lookup(name: string): Json | undefined;
}

/** A value, or the coded reason why there is none. */
export type Evaluation =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };

/** How a source is read: as one expression, or as the comma-separated tests of a DMN input entry. */
export type ExpressionKind = 'expression' | 'unaryTests';

/** What is wrong with a source before it ever runs; `from` and `to` are character offsets in it. */
export interface ExpressionProblem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly from: number;
  readonly to: number;
}
