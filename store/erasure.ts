/**
 * Takes away what people read of the instances of a customer, once the customer's key is destroyed. What is left is
 * that the instances were there, and a journal that nobody can read: it keeps the audit log sound.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from './database.js';
import { storeFailure } from './failure.js';
import { isSealedUnder } from './sealing/index.js';

/** Rows that were deleted, by what they were. */
export interface DeletedRows {
  readonly variables: number;
  readonly incidents: number;
  readonly subscriptions: number;
}

/** Erases. Class: side effect. */
export interface Erasure {
  /**
   * Deletes variables, incidents and subscriptions of all instances of a key, so many rows at most; the marks by which
   * variables are found go with them. Call it again until it is done; a second time it finds nothing.
   *
   * Destroy the key before: as long as it is there, a rebuild brings back what was deleted.
   *
   * @param atMost - rows, 1 or more: each call is one short transaction
   * @returns what was deleted; `isDone`: nothing is left. Errors: `KEY_SYSTEM_KEPT`
   */
  readonly deleteProjected: (
    keyId: string,
    atMost: number,
  ) => Promise<{ readonly deleted: DeletedRows; readonly isDone: boolean }>;
}

/** Makes it. */
export function createErasure(db: Queryable): Erasure {
  return {
    deleteProjected: async (keyId, atMost) => {
      if (!isSealedUnder(keyId)) throw storeFailure('KEY_SYSTEM_KEPT', { keyId });
      return db.transaction(async (tx) => {
        const deleted = { variables: 0, incidents: 0, subscriptions: 0 };
        let left = atMost;
        for (const [table, rest] of KEYS) {
          if (left === 0) break;
          const { rows } = await tx.execute(deletion(table, rest, keyId, left));
          deleted[table] = rows.length;
          left -= rows.length;
        }
        return { deleted, isDone: left > 0 };
      });
    },
  };
}

/** Tables, with what their keys hold besides the instance. */
const KEYS: readonly (readonly [table: keyof DeletedRows, rest: SQL])[] = [
  ['variables', sql`scope_id, name`],
  ['incidents', sql`incident_id`],
  ['subscriptions', sql`subscription_id`],
];

function deletion(table: string, rest: SQL, keyId: string, atMost: number): SQL {
  const name = sql.identifier(table);
  return sql`delete from ${name} where (instance_id, ${rest}) in (
    select instance_id, ${rest} from process_instances join ${name} using (instance_id)
    where customer_key_id = ${keyId} limit ${atMost}) returning 1`;
}
