/**
 * Legal holds as an erasure reads them: again in each transaction that erases something, so that a hold which comes
 * between the check and the act is obeyed. Class: side effect.
 */
import { sql } from 'drizzle-orm';
import { LEGAL_HOLD } from '../customers/entities/index.js';
import { createRecordTable } from '../customers/record-table.js';
import type { Sealer } from '../customers/sealer.js';
import type { Queryable } from '../database.js';

/** What a hold keeps: all of a customer, a table of the record, or rows of it by the first field of their key. */
export interface HoldSelector {
  /** `all`, or the name of a table. */
  readonly records: string;
  readonly keys?: readonly string[];
}

/** A hold that was not released. */
export interface Hold {
  readonly holdId: string;
  readonly scope: readonly HoldSelector[];
}

/** Keeps holds of a customer as they are until the transaction ends: nobody places or releases one meanwhile. */
export async function lockHolds(tx: Queryable, customerId: string): Promise<void> {
  const name = `holds ${customerId}`;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}

/** The open holds of a customer. One whose key is gone keeps nothing: what it spoke of cannot be read either. */
export async function openHolds(
  db: Queryable,
  sealer: Sealer,
  customerId: string,
): Promise<readonly Hold[]> {
  const rows = await createRecordTable(db, LEGAL_HOLD, sealer).of([customerId]);
  return rows.flatMap((row) => {
    if (row.releasedAt !== null || row.isErased) return [];
    return [{ holdId: row.holdId, scope: row.scope as unknown as readonly HoldSelector[] }];
  });
}

/** Whether some hold keeps all there is. Class: pure. */
export function areAllHeld(holds: readonly Hold[]): boolean {
  return holds.some(({ scope }) => scope.some(({ records }) => records === 'all'));
}

/** Whether some hold keeps a row. A hold itself is kept as long as it is open. Class: pure. */
export function isHeld(holds: readonly Hold[], table: string, firstKey: string): boolean {
  if (table === LEGAL_HOLD.table) return holds.some(({ holdId }) => holdId === firstKey);
  return holds.some(({ scope }) =>
    scope.some(
      ({ records, keys }) =>
        records === 'all' || (records === table && (!keys || keys.includes(firstKey))),
    ),
  );
}
