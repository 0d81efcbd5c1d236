/**
 * Takes new customers into the record, many in one transaction. A customer is known by its tax id within its country:
 * one that is there already is compared and never changed.
 */
import type { Queryable } from '../database.js';
import type { Mark } from '../registry/customers.js';
import { claimTaxIds, holdersOf, nationalMark, signedUpWith } from './claims.js';
import type { RowOf } from './declaration.js';
import type { CONTACT, CUSTOMER, SUBSCRIPTION } from './entities/index.js';
import { insertCustomers, type SealedCustomer, sealCustomers } from './new-rows.js';
import { isAsRecorded } from './recorded.js';
import { reserveKeys, takeKeys } from './reserved-keys.js';
import type { CustomerKeys, Sealer } from './sealer.js';

/** A customer to take, with its first contact and what it pays; ids are new. */
export interface NewCustomer {
  readonly customer: Omit<RowOf<typeof CUSTOMER>, 'keyId'>;
  readonly contact: RowOf<typeof CONTACT>;
  readonly subscription: RowOf<typeof SUBSCRIPTION>;
  /** By which it is known again; one is `national-tax-id`. */
  readonly marks: readonly Mark[];
}

/**
 * What became of it. `unchanged`: the record says the same. `known`: the tax id is that of `customerId`, of which the
 * record says something else, or nothing; it was left as it is.
 */
export interface Taking {
  readonly outcome: 'taken' | 'unchanged' | 'known';
  readonly customerId: string;
}

/** What it leans on. */
export interface TakeDeps {
  readonly db: Queryable;
  readonly sealer: Sealer;
  readonly keys: CustomerKeys;
}

/** Somebody else took the keys that were reserved: everything is asked anew. */
class KeysTaken extends Error {}

/**
 * Takes customers. Killed anywhere, it has taken all or none.
 *
 * @param alongside - is carried out in the same transaction
 * @returns what became of each, in their order. Errors: those of keys and sealer. Class: side effect.
 */
export async function takeCustomers(
  { db, sealer, keys }: TakeDeps,
  customers: readonly NewCustomer[],
  alongside: (tx: Queryable, takings: readonly Taking[]) => Promise<void>,
): Promise<readonly Taking[]> {
  for (;;) {
    const known = await holdersOf(db, customers);
    const missing = customers.filter((one) => !known.has(nationalMark(one)));
    const keyIds = await reserveKeys(db, keys, missing.length);
    const sealed = await sealCustomers(sealer, missing, keyIds);
    try {
      return await db.transaction(async (tx) => {
        const takings = await takeIn(tx, sealer, customers, sealed);
        await alongside(tx, takings);
        return takings;
      });
    } catch (error) {
      if (!(error instanceof KeysTaken)) throw error;
    }
  }
}

async function takeIn(
  tx: Queryable,
  sealer: Sealer,
  customers: readonly NewCustomer[],
  sealed: ReadonlyMap<NewCustomer, SealedCustomer>,
): Promise<readonly Taking[]> {
  const signedUp = await signedUpWith(tx, customers);
  const wanted = customers.filter((one) => !signedUp.has(one));
  const won = await claimTaxIds(tx, wanted);
  const fresh = wanted.filter(({ customer }) => won.has(customer.customerId));
  const rows = fresh.flatMap((one) => sealed.get(one) ?? []);
  const keyIds = rows.map(({ keyId }) => keyId);
  const isReady = rows.length === fresh.length && (await takeKeys(tx, keyIds));
  if (!isReady) throw new KeysTaken();
  await insertCustomers(tx, rows);
  const holders = await holdersOf(tx, wanted);
  const holderOf = (one: NewCustomer): string => holders.get(nationalMark(one)) ?? '';
  const same = await isAsRecorded(tx, sealer, wanted, holderOf);
  return customers.map((one) => {
    const { customerId } = one.customer;
    if (won.has(customerId)) return { outcome: 'taken', customerId };
    const outcome = same.has(one) ? 'unchanged' : 'known';
    return { outcome, customerId: signedUp.get(one) ?? holderOf(one) };
  });
}
