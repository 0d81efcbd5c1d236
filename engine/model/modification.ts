/**
 * What an operator may do to the tokens of a running instance: one command of several instructions, all or nothing
 * (S97). Plain JSON.
 */
import type { Variables } from './json.js';

/** One live element instance, or all that is live of an element: tokens that wait at a join are of the join. */
export type ModificationSource =
  | { readonly elementInstanceId: string }
  | { readonly elementId: string };

/** Variables that are created in one scope. */
export interface ScopedVariables {
  /** The element that is activated, or a scope around it; null: the process. */
  readonly scopeId: string | null;
  readonly variables: Variables;
}

/** Where a token is put. */
export interface ModificationTarget {
  /** An element; or a sequence flow, which is credited with the token. */
  readonly elementId: string;
  /** Scope instance around it: scopes in between are entered anew. Null: the live ones are used, if that is clear. */
  readonly ancestorId: string | null;
  readonly variables: readonly ScopedVariables[];
}

/** One token, or all of an element, taken from where it is and put elsewhere. */
export interface TokenMove {
  readonly from: ModificationSource;
  readonly to: ModificationTarget;
}

/** The instructions of one command. */
export interface Modification {
  readonly cancellations: readonly ModificationSource[];
  readonly activations: readonly ModificationTarget[];
  readonly moves: readonly TokenMove[];
}
