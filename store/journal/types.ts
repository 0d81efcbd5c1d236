/** What is appended, and what an entry changes. Types only. */
import type { JournalEntry } from '../../engine/model/index.js';

/** Who an instance is. Only the definition may differ from one append to the next (a migration). */
export interface JournalInstance {
  readonly instanceId: string;
  readonly processId: string;
  readonly definition: { readonly version: number; readonly hash: string };
  readonly callerInstanceId: string | null;
  readonly rootInstanceId: string;
  readonly customerKeyId: string;
  readonly businessKey: string | null;
}

/**
 * What the writer of entries rested on. Entries up to `after` are recorded for good; those beyond it are so only if
 * nobody writes others in their place. `fence` grows from one attempt at a decision to the next.
 */
export interface Basis {
  /** Last sequence number of the recorded state before this decision. */
  readonly after: number;
  readonly fence: number;
}

/** Entries of one instance in order, numbered without gaps. */
export interface Append {
  readonly instance: JournalInstance;
  readonly entries: readonly JournalEntry[];
  /** Null: the entries are copied, and what is there already stays. */
  readonly basis: Basis | null;
}

/** The tables that are made of the journal. */
export type ProjectionTable =
  | 'process_instances'
  | 'element_instances'
  | 'user_tasks'
  | 'incidents'
  | 'variables'
  | 'called_instances'
  | 'timers'
  | 'subscriptions';

/** A value of a row, by the name of its column. */
export type RowValues = Readonly<Record<string, unknown>>;

/**
 * One change of one row. `put`: the whole row, there or not. `patch`: some columns of a row that is there; when it
 * is not, nothing. Both hold the columns of the key.
 */
export interface RowChange {
  readonly table: ProjectionTable;
  readonly how: 'put' | 'patch';
  readonly row: RowValues;
}
