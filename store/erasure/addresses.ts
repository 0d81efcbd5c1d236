/** One address under a key of its own, for the letter that closes an erasure. Class: side effect. */
import { eq, sql } from 'drizzle-orm';
import { customType, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from '../columns.js';
import type { Sealer } from '../customers/sealer.js';
import type { Queryable } from '../database.js';

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

const keptAddresses = pgTable('kept_addresses', {
  addressId: text('address_id').primaryKey(),
  customerId: text('customer_id').notNull(),
  keyId: text('key_id').notNull(),
  sealed: bytes('sealed').notNull(),
  keptAt: instant('kept_at').notNull().default(sql`clock_timestamp()`),
});

/** Whom to write to. */
export interface KeptAddress {
  readonly name: string;
  readonly mail: string;
  readonly locale: string | null;
}

const placeOf = (addressId: string): string => JSON.stringify(['kept_addresses', addressId]);

/** Keeps an address under a key that is there already; one that is kept stays as it is. */
export async function keepAddress(
  tx: Queryable,
  sealer: Sealer,
  of: { readonly addressId: string; readonly customerId: string; readonly keyId: string },
  address: KeptAddress,
): Promise<void> {
  const plain = Buffer.from(JSON.stringify(address));
  const sealed = await sealer.seal(of.keyId, plain, placeOf(of.addressId));
  await tx
    .insert(keptAddresses)
    .values({ ...of, sealed })
    .onConflictDoNothing();
}

/** The address; null: it was forgotten, or never kept. */
export async function keptAddress(
  db: Queryable,
  sealer: Sealer,
  addressId: string,
): Promise<KeptAddress | null> {
  const [row] = await db.select().from(keptAddresses).where(eq(keptAddresses.addressId, addressId));
  const plain = row && (await sealer.open(row.keyId, row.sealed, placeOf(addressId)));
  return plain ? (JSON.parse(plain.toString('utf8')) as KeptAddress) : null;
}

/** The key of an address; null: it is gone already. */
export async function keyOfAddress(db: Queryable, addressId: string): Promise<string | null> {
  const [row] = await db
    .select({ keyId: keptAddresses.keyId })
    .from(keptAddresses)
    .where(eq(keptAddresses.addressId, addressId));
  return row?.keyId ?? null;
}

/** Removes it. Destroy its key before: nothing else tells which one it is. */
export async function forgetAddress(tx: Queryable, addressId: string): Promise<void> {
  await tx.delete(keptAddresses).where(eq(keptAddresses.addressId, addressId));
}

/** Ids of addresses that were kept for too long. */
export async function addressesBefore(db: Queryable, at: string): Promise<readonly string[]> {
  const rows = await db
    .select({ addressId: keptAddresses.addressId })
    .from(keptAddresses)
    .where(sql`${keptAddresses.keptAt} < ${at}::timestamptz`);
  return rows.map(({ addressId }) => addressId);
}
