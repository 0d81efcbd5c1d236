/** Transactions that hold what others wait for, and a process that stalls in the middle of one. */
import { sql } from 'drizzle-orm';
import type { Queryable } from './database.js';

/** How long nothing may be asked before others go on. */
const STALLED_AFTER_MS = 10_000;

/**
 * Has PostgreSQL end this transaction when nothing is asked in it for so long: others wait no longer than that, and the stalled
 * process is told so by its next statement. PGlite has but one session, and no other whom it would let go on: it cannot end it,
 * and would hang for good. Class: side effect.
 */
export async function endWhenStalled(tx: Queryable, afterMs = STALLED_AFTER_MS): Promise<void> {
  await tx.execute(sql`select set_config('idle_in_transaction_session_timeout',
    case when version() like '%PGlite%' then '0' else ${String(afterMs)}::text end, true)`);
}
