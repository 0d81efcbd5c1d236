/** Retention: which instances that have ended are kept and why, and the deletion of those that are not. */
import type { Queryable } from '../database.js';
import type { StoreFailure } from '../failure.js';
import { deleteTree, type EffectKeyOf, type OfTree, refusalToDelete, treeOf } from './delete.js';
import type { Keeping } from './keeping.js';
import { countKept, type KeptCount } from './summary.js';

export type { EffectKeyOf, OfTree } from './delete.js';
export type { Keeping, KeptBecause, RetentionTerms } from './keeping.js';
export type { KeptCount } from './summary.js';

/** The group. */
export interface Retention {
  /** Instances that have ended and that nobody called, by process and by why they are kept. @param processId - null: all */
  readonly count: (keeping: Keeping, processId: string | null) => Promise<readonly KeptCount[]>;
  /** An instance and all that it called; empty: there is none. */
  readonly tree: (rootId: string) => Promise<readonly OfTree[]>;
  /** Why an instance is kept, as the failure that says so; null: it may be deleted, or is gone. */
  readonly refusal: (instanceId: string, keeping: Keeping) => Promise<StoreFailure | null>;
  /**
   * Deletes an instance with all that it called, and tells the audit. @returns how many; 0: it was gone.
   * Errors: `RETENTION_CALLED`, `RETENTION_RUNNING`, `RETENTION_UNKNOWN`, `RETENTION_NOT_OVER`, `LEGAL_HOLD`.
   */
  readonly delete: (rootId: string, keeping: Keeping, effectKeyOf: EffectKeyOf) => Promise<number>;
}

/** Makes it. */
export function createRetention(db: Queryable): Retention {
  return {
    count: (keeping, processId) => countKept(db, keeping, processId),
    tree: (rootId) => treeOf(db, rootId),
    refusal: (instanceId, keeping) => refusalToDelete(db, instanceId, keeping),
    delete: (rootId, keeping, effectKeyOf) => deleteTree(db, rootId, keeping, effectKeyOf),
  };
}
