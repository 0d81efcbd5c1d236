/**
 * Freezes: while a customer, or one contact of it, is frozen, nothing new lets anybody in. Freezing and granting exclude
 * each other, so that a grant is either there when the accesses are discovered anew, or refused.
 */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import { accessFreezes } from './tables.js';

/** Whose accesses; a null contact means all of the customer. */
export interface Frozen {
  readonly customerId: string;
  readonly contactId: string | null;
}

const EVERYBODY = '';

/** Freezes. What is frozen stays as it is. @returns since when */
export async function freeze(
  tx: Queryable,
  { customerId, contactId }: Frozen,
  effectKey: string,
): Promise<string> {
  const lock = sql`select pg_advisory_xact_lock(${numberOf(customerId)})`;
  await tx.execute(lock);
  const row = { customerId, contactId: contactId ?? EVERYBODY, effectKey };
  await tx
    .insert(accessFreezes)
    .values({ ...row, frozenAt: sql`clock_timestamp()` } as never)
    .onConflictDoNothing();
  const [found] = await tx.select().from(accessFreezes).where(isOf(row.customerId, row.contactId));
  return found?.frozenAt ?? '';
}

/** Lifts freezes: of one contact, or all of the customer's. */
export async function thaw(tx: Queryable, { customerId, contactId }: Frozen): Promise<void> {
  const where =
    contactId === null ? eq(accessFreezes.customerId, customerId) : isOf(customerId, contactId);
  await tx.delete(accessFreezes).where(where);
}

/** Errors: `ACCESS_FROZEN`. Until the transaction ends, nobody freezes that customer. */
export async function refuseFrozen(
  tx: Queryable,
  customerId: string,
  contactId: string,
): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${numberOf(customerId)})`);
  const [frozen] = await tx
    .select({ customerId: accessFreezes.customerId })
    .from(accessFreezes)
    .where(
      and(
        eq(accessFreezes.customerId, customerId),
        inArray(accessFreezes.contactId, [EVERYBODY, contactId]),
      ),
    );
  if (frozen) throw storeFailure('ACCESS_FROZEN', { customer: customerId });
}

const isOf = (customerId: string, contactId: string) =>
  and(eq(accessFreezes.customerId, customerId), eq(accessFreezes.contactId, contactId));

const numberOf = (customerId: string) => sql`hashtextextended(${`freeze ${customerId}`}, 0)`;
