/** The ledger of erasures: one entry a place and class of records, numbered within its request. Class: side effect. */
import { eq, sql } from 'drizzle-orm';
import { tableOf } from '../customers/columns.js';
import type { RowOf } from '../customers/declaration.js';
import { ERASURE_LEDGER } from '../customers/entities/index.js';
import type { Queryable } from '../database.js';

/** An entry. */
export type LedgerEntry = RowOf<typeof ERASURE_LEDGER>;

const LEDGER = tableOf(ERASURE_LEDGER);

/** Adds entries after those that the request has. */
export async function addToLedger(
  tx: Queryable,
  requestId: string,
  entries: readonly Omit<LedgerEntry, 'requestId' | 'seq'>[],
): Promise<void> {
  if (entries.length === 0) return;
  const name = `erasure ledger ${requestId}`;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
  const { length } = await tx
    .select({ seq: LEDGER.seq })
    .from(LEDGER)
    .where(eq(LEDGER.requestId, requestId));
  const rows = entries.map((entry, index) => ({ ...entry, requestId, seq: length + index + 1 }));
  await tx.insert(LEDGER).values(rows as never);
}

/** The entries of a request in their order. */
export async function ledgerOf(db: Queryable, requestId: string): Promise<readonly LedgerEntry[]> {
  const rows = await db
    .select()
    .from(LEDGER)
    .where(eq(LEDGER.requestId, requestId))
    .orderBy(LEDGER.seq);
  return rows as unknown as readonly LedgerEntry[];
}
