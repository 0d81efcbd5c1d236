/** The keys under which rows are kept beyond their customer's. Class: side effect. */
import { eq, sql } from 'drizzle-orm';
import { keptRows } from '../customers/kept-rows.js';
import type { Queryable } from '../database.js';

/** What is kept of a customer, by why and until when. */
export interface Kept {
  readonly because: 'retention' | 'hold';
  readonly law: string | null;
  readonly until: string | null;
  readonly count: number;
}

/** What is kept of a customer. */
export async function keptOf(db: Queryable, customerId: string): Promise<readonly Kept[]> {
  const { because, law, until } = keptRows;
  const rows = await db
    .select({ because, law, until, count: sql<string>`count(*)` })
    .from(keptRows)
    .where(eq(keptRows.customerId, customerId))
    .groupBy(because, law, until)
    .orderBy(because, law, until);
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

/** Of these keys, those that no row is kept under. */
export async function unusedKeys(
  db: Queryable,
  keyIds: readonly string[],
): Promise<readonly string[]> {
  const rows = await db.selectDistinct({ keyId: keptRows.keyId }).from(keptRows);
  const used = new Set(rows.map(({ keyId }) => keyId));
  return keyIds.filter((keyId) => !used.has(keyId));
}
