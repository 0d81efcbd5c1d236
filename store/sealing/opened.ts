/** Opens rows that were sealed, each under the key of its instance. Class: side effect. */
import { sql } from 'drizzle-orm';
import type { Json } from '../../engine/model/index.js';
import type { Queryable } from '../database.js';
import type { Place, Seals } from './index.js';

/** What became of the sealed part of a row. */
export type Opened =
  | { readonly kind: 'plain' }
  | { readonly kind: 'opened'; readonly value: Json }
  | { readonly kind: 'erased' };

/** A row as it was read. */
export interface SealedRow {
  readonly instanceId: string;
  /** Null: the row stands in the open. */
  readonly sealed: Uint8Array | null;
}

const PLAIN: Opened = { kind: 'plain' };
const ERASED: Opened = { kind: 'erased' };

/**
 * Opens rows in their order; one whose key was destroyed, or whose instance is gone, is erased.
 *
 * Errors: those of `Seals.open`.
 */
export async function openRows<Row extends SealedRow, Result>(
  db: Queryable,
  seals: Seals,
  rows: readonly Row[],
  placeOf: (row: Row) => Place,
  finish: (row: Row, opened: Opened) => Result,
): Promise<readonly Result[]> {
  const ids = new Set(rows.filter(({ sealed }) => sealed).map(({ instanceId }) => instanceId));
  if (ids.size === 0) return rows.map((row) => finish(row, PLAIN));
  const keys = await keyIdsOf(db, [...ids]);
  const isDestroyed = new Set<string>();
  const openRow = async (row: Row): Promise<Opened> => {
    if (!row.sealed) return PLAIN;
    const keyId = keys.get(row.instanceId);
    if (keyId === undefined || isDestroyed.has(keyId)) return ERASED;
    const found = await seals.open(keyId, row.sealed, placeOf(row));
    if (found) return { kind: 'opened', value: found.value };
    isDestroyed.add(keyId);
    return ERASED;
  };
  const opened = await Promise.all(rows.map(openRow));
  return rows.map((row, index) => finish(row, opened[index] ?? ERASED));
}

/** Under which keys instances run; one that is not there is left out. */
export async function keyIdsOf(
  db: Queryable,
  instanceIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.execute<{ instance_id: string; customer_key_id: string }>(sql`
    select instance_id, customer_key_id from process_instances
    where instance_id in (select jsonb_array_elements_text(${JSON.stringify(instanceIds)}::jsonb))`);
  return new Map(rows.map((row) => [row.instance_id, row.customer_key_id]));
}
