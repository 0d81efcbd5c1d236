/** The rows of new customers: sealed before the transaction that adds them, so that it is short. */
import type { Queryable } from '../database.js';
import { customerMarks } from '../registry/tables.js';
import { tableOf } from './columns.js';
import { CONTACT, CUSTOMER, SUBSCRIPTION } from './entities/index.js';
import { insertSealed } from './record-table.js';
import { type Fields, sealRow } from './sealed-rows.js';
import type { Sealer } from './sealer.js';
import { sideBySide } from './side-by-side.js';
import type { NewCustomer } from './take.js';

/** A customer under a key, ready to be added. */
export interface SealedCustomer {
  readonly keyId: string;
  readonly customer: Fields;
  readonly contact: Fields;
  readonly subscription: Fields;
  readonly marks: readonly Fields[];
}

/** Seals each customer under the key at its place. Errors: those of `Sealer.seal`. Class: side effect. */
export async function sealCustomers(
  sealer: Sealer,
  customers: readonly NewCustomer[],
  keyIds: readonly string[],
): Promise<ReadonlyMap<NewCustomer, SealedCustomer>> {
  const pairs = await sideBySide(customers, async (one, index) => {
    const keyId = keyIds[index] ?? '';
    const { customerId } = one.customer;
    const sealed: SealedCustomer = {
      keyId,
      customer: await sealRow(CUSTOMER, { ...one.customer, keyId }, keyId, sealer),
      contact: await sealRow(CONTACT, one.contact, keyId, sealer),
      subscription: await sealRow(SUBSCRIPTION, one.subscription, keyId, sealer),
      marks: one.marks.map((mark) => ({ customerId, ...mark })),
    };
    return [one, sealed] as const;
  });
  return new Map(pairs);
}

const TABLES = {
  customer: tableOf(CUSTOMER),
  contact: tableOf(CONTACT),
  subscription: tableOf(SUBSCRIPTION),
} as const;

/** Adds them, with their marks. Class: side effect. */
export async function insertCustomers(
  tx: Queryable,
  customers: readonly SealedCustomer[],
): Promise<void> {
  for (const name of ['customer', 'contact', 'subscription'] as const) {
    await insertSealed(
      tx,
      TABLES[name],
      customers.map((one) => one[name]),
    );
  }
  const marks = customers.flatMap((one) => one.marks);
  if (marks.length > 0) {
    await tx
      .insert(customerMarks)
      .values(marks as never)
      .onConflictDoNothing();
  }
}
