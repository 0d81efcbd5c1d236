/** What one step answers with: the types that hosts meet. */
import type { Effect } from './effect.js';
import type { JournalEntry } from './journal.js';
import type { Json } from './json.js';
import type { ExecutableProcess } from './process.js';
import type { Answer, InstanceState } from './state.js';

/** Tables of the state whose values are one record a key. */
export type FlatTable =
  | 'elements'
  | 'jobs'
  | 'tasks'
  | 'timers'
  | 'subscriptions'
  | 'calls'
  | 'throws'
  | 'interruptions'
  | 'incidents'
  | 'endedTasks'
  | 'requests';

/** Tables of the state with a second key. */
export type NestedTable = 'variables' | 'positions' | 'waiting' | 'outputs' | 'items';

/** Fields of the state that are one value each. */
export type ScalarField =
  | 'status'
  | 'suspendedAt'
  | 'counter'
  | 'sequence'
  | 'rootId'
  | 'startedAt'
  | 'moves'
  | 'innerStarts';

/** Lists of the state: what steps left over for later ones. */
export type ListField = 'agenda' | 'unsettled' | 'deferred';

/** A list as it is now, in order: runs of the list before, and what is new. */
export type ListChange = readonly (
  | { readonly from: number; readonly until: number }
  | { readonly added: readonly unknown[] }
)[];

/** What a step changed, as JSON: null removes. Applying it to the state before gives the state after. */
export interface StateDelta {
  /** Decisions of before hold lists here, whole. */
  readonly scalars: Partial<Pick<InstanceState, ScalarField | ListField>>;
  /** Lists that changed; absent in decisions of before. */
  readonly lists?: { readonly [L in ListField]?: ListChange };
  readonly flat: { readonly [T in FlatTable]?: Readonly<Record<string, Json | object>> };
  /** A null instead of the inner record removes all of that outer key. */
  readonly nested: {
    readonly [T in NestedTable]?: Readonly<Record<string, Readonly<Record<string, Json>> | null>>;
  };
  /** Nested values that were removed: table → outer key → names. */
  readonly removed: {
    readonly [T in NestedTable]?: Readonly<Record<string, readonly string[]>>;
  };
}

/** The outcome of one or more steps. */
export interface StepResult {
  readonly effects: readonly Effect[];
  readonly entries: readonly JournalEntry[];
  /** The answer to the event's request; null for events that nobody waits for. */
  readonly answer: Answer | null;
  /** True when moves are left over for a `continue` event. */
  readonly hasMore: boolean;
  /** The process that the instance runs from now on: another one when it has migrated. */
  readonly process: ExecutableProcess;
}
