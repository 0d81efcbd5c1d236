/** Which attempt of a sign-up wrote what into the customer record, so that an undo takes back that and nothing else. */
import { eq, sql } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import { customerRecordings } from './tables.js';

/** What an attempt wrote. */
export interface Recording {
  readonly customerId: string;
  /** The customer was added, came back, or was there. */
  readonly how: 'added' | 'returned' | 'kept';
  readonly subscriptionId: string;
  readonly contactIds: readonly string[];
}

/**
 * What the attempt has written so far; null: nothing. It is locked until the transaction ends.
 * Errors: `PROVISIONING_BARRED` when it was withdrawn.
 */
export async function lockRecording(tx: Queryable, attempt: string): Promise<Recording | null> {
  const row = await lock(tx, attempt);
  if (row.state === 'withdrawn') {
    throw storeFailure('PROVISIONING_BARRED', { attempt, kind: 'customer' });
  }
  return recordingOf(row);
}

/** Notes what it has written. */
export async function noteRecording(
  tx: Queryable,
  attempt: string,
  { contactIds, ...recording }: Recording,
): Promise<void> {
  await tx
    .update(customerRecordings)
    .set({ ...recording, contactIds: [...contactIds], state: 'recorded', notedAt: now() })
    .where(eq(customerRecordings.attempt, attempt));
}

/** Withdraws an attempt, and bars it from writing. @returns what is to be taken back; null: nothing */
export async function withdrawRecording(tx: Queryable, attempt: string): Promise<Recording | null> {
  const row = await lock(tx, attempt);
  if (row.state === 'withdrawn') return null;
  await tx
    .update(customerRecordings)
    .set({ state: 'withdrawn', notedAt: now() })
    .where(eq(customerRecordings.attempt, attempt));
  return recordingOf(row);
}

type Row = Readonly<typeof customerRecordings.$inferSelect>;

async function lock(tx: Queryable, attempt: string): Promise<Row> {
  await tx
    .insert(customerRecordings)
    .values({ attempt, state: 'planned', contactIds: [] } as never)
    .onConflictDoNothing();
  const [row] = await tx
    .select()
    .from(customerRecordings)
    .where(eq(customerRecordings.attempt, attempt))
    .for('update');
  return row as Row;
}

function recordingOf({ customerId, how, subscriptionId, contactIds }: Row): Recording | null {
  if (customerId === null || how === null || subscriptionId === null) return null;
  return { customerId, how, subscriptionId, contactIds };
}

const now = () => sql`clock_timestamp()` as never;
