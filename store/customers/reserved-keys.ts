/**
 * Keys for customers that are about to be made. An id is written down before its key is made and struck out in the
 * transaction that gives it to a customer: wherever the process is killed, the next run finds the key and uses it.
 */
import { randomUUID } from 'node:crypto';
import { asc, inArray } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import type { Queryable } from '../database.js';
import type { CustomerKeys } from './sealer.js';

const reservedKeys = pgTable('reserved_keys', { keyId: text('key_id').primaryKey() });

/** Sees to it that so many keys are there and belong to nobody. @returns their ids. Class: side effect. */
export async function reserveKeys(
  db: Queryable,
  keys: CustomerKeys,
  count: number,
): Promise<readonly string[]> {
  for (;;) {
    const reserved = await readReserved(db, count);
    const usable = await keys.ensure(reserved);
    if (usable.length >= count) return usable;
    // An id from an old backup may be that of a key which was destroyed since.
    const dead = reserved.filter((keyId) => !usable.includes(keyId));
    if (dead.length > 0) await db.delete(reservedKeys).where(inArray(reservedKeys.keyId, dead));
    await writeReserved(db, count - usable.length);
  }
}

async function readReserved(db: Queryable, count: number): Promise<readonly string[]> {
  if (count === 0) return [];
  const rows = await db.select().from(reservedKeys).orderBy(asc(reservedKeys.keyId)).limit(count);
  return rows.map(({ keyId }) => keyId);
}

async function writeReserved(db: Queryable, count: number): Promise<void> {
  const rows = Array.from({ length: count }, () => ({ keyId: randomUUID() }));
  await db.insert(reservedKeys).values(rows);
}

/** Takes reserved keys for good, if the transaction holds. @returns false when somebody else has taken one, or is about to */
export async function takeKeys(tx: Queryable, keyIds: readonly string[]): Promise<boolean> {
  if (keyIds.length === 0) return true;
  const these = inArray(reservedKeys.keyId, [...keyIds]);
  const free = await tx
    .select()
    .from(reservedKeys)
    .where(these)
    .for('update', { skipLocked: true });
  if (free.length < keyIds.length) return false;
  await tx.delete(reservedKeys).where(these);
  return true;
}
