/**
 * Takes new customers into the record, many in one transaction. A customer is known by its tax id within its country:
 * one that is there already is compared and never changed.
 */
import { and, eq, inArray, notExists, sql } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import type { Mark } from '../registry/customers.js';
import { customerMarks } from '../registry/tables.js';
import { tableOf } from './columns.js';
import type { EntityDeclaration, RowOf } from './declaration.js';
import { CONTACT, CUSTOMER, SUBSCRIPTION } from './entities/index.js';
import { insertSealed } from './record-table.js';
import { isAsRecorded } from './recorded.js';
import { reserveKeys, takeKeys } from './reserved-keys.js';
import { type Fields, sealRow } from './sealed-rows.js';
import type { CustomerKeys, Sealer } from './sealer.js';
import { sideBySide } from './side-by-side.js';

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

const CUSTOMERS = tableOf(CUSTOMER);

/** Somebody else took the keys that were reserved: everything is asked anew. */
class KeysTaken extends Error {}

/**
 * Takes customers. Killed anywhere, it has taken all or none.
 *
 * @param alongside - is carried out in the same transaction
 * @returns what became of each, in their order. Errors: those of keys and sealer. Class: side effect.
 */
export async function takeCustomers(
  deps: TakeDeps,
  customers: readonly NewCustomer[],
  alongside: (tx: Queryable, takings: readonly Taking[]) => Promise<void>,
): Promise<readonly Taking[]> {
  for (;;) {
    const known = await holders(deps.db, customers);
    const missing = customers.filter((one) => !known.has(nationalMark(one)));
    const reserved = await reserveKeys(deps.db, deps.keys, missing.length);
    try {
      return await deps.db.transaction(async (tx) => {
        const takings = await takeIn(tx, deps.sealer, customers, reserved);
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
  reserved: readonly string[],
): Promise<readonly Taking[]> {
  const signedUp = await withoutRecord(tx, customers);
  const wanted = customers.filter((one) => !signedUp.has(one));
  const won = await claim(tx, wanted);
  const fresh = wanted.filter(({ customer }) => won.has(customer.customerId));
  const keyIds = await takeKeys(tx, reserved, fresh.length);
  if (keyIds.length < fresh.length) throw new KeysTaken();
  await insertAll(tx, sealer, fresh, keyIds);
  const known = await holders(tx, customers);
  const same = await isAsRecorded(tx, sealer, wanted, (one) => known.get(nationalMark(one)) ?? '');
  return customers.map((one) => {
    const { customerId } = one.customer;
    if (won.has(customerId)) return { outcome: 'taken', customerId };
    const holder = signedUp.get(one) ?? known.get(nationalMark(one)) ?? '';
    return { outcome: same.has(one) ? 'unchanged' : 'known', customerId: holder };
  });
}

/** Of one tax id the first customer wins, also against another transaction, which is waited for. */
async function claim(
  tx: Queryable,
  customers: readonly NewCustomer[],
): Promise<ReadonlySet<string>> {
  if (customers.length === 0) return new Set();
  const rows = customers.map((one) => ({
    customerId: one.customer.customerId,
    kind: 'national-tax-id' as const,
    mark: nationalMark(one),
  }));
  // In one order for all, so that two transactions never wait for each other.
  rows.sort((a, b) => (a.mark < b.mark ? -1 : a.mark > b.mark ? 1 : 0));
  const won = await tx
    .insert(customerMarks)
    .values(rows)
    .onConflictDoNothing()
    .returning({ customerId: customerMarks.customerId });
  return new Set(won.map(({ customerId }) => customerId));
}

/** Who has the tax ids. */
async function holders(
  db: Queryable,
  customers: readonly NewCustomer[],
): Promise<ReadonlyMap<string, string>> {
  if (customers.length === 0) return new Map();
  const { customerId, kind, mark } = customerMarks;
  const rows = await db
    .select({ customerId, mark })
    .from(customerMarks)
    .where(and(eq(kind, 'national-tax-id'), inArray(mark, customers.map(nationalMark))));
  return new Map(rows.map((row) => [row.mark, row.customerId]));
}

/** Customers that a process has set up and that are not in the record: their tax id is taken all the same. */
async function withoutRecord(
  tx: Queryable,
  customers: readonly NewCustomer[],
): Promise<ReadonlyMap<NewCustomer, string>> {
  const marks = customers.flatMap(taxMarks);
  if (marks.length === 0) return new Map();
  const { customerId, kind, mark } = customerMarks;
  const recorded = tx
    .select({ one: sql`1` })
    .from(CUSTOMERS)
    .where(eq(CUSTOMERS.customerId, customerId));
  const rows = await tx
    .select({ customerId, mark })
    .from(customerMarks)
    .where(and(eq(kind, 'tax-id'), inArray(mark, marks), notExists(recorded)));
  const found = new Map(rows.map((row) => [row.mark, row.customerId]));
  const pairs = customers.flatMap((one) => {
    const holder = taxMarks(one).find((text) => found.has(text));
    return holder === undefined ? [] : [[one, found.get(holder) ?? ''] as const];
  });
  return new Map(pairs);
}

async function insertAll(
  tx: Queryable,
  sealer: Sealer,
  fresh: readonly NewCustomer[],
  keyIds: readonly string[],
): Promise<void> {
  const keyed = fresh.map((one, index) => ({ ...one, keyId: keyIds[index] ?? '' }));
  type Keyed = (typeof keyed)[number];
  const insert = async (declaration: EntityDeclaration, rowOf: (one: Keyed) => Fields) => {
    const rows = await sideBySide(keyed, (one) =>
      sealRow(declaration, rowOf(one), one.keyId, sealer),
    );
    await insertSealed(tx, tableOf(declaration), rows);
  };
  await insert(CUSTOMER, ({ customer, keyId }) => ({ ...customer, keyId }));
  await insert(CONTACT, ({ contact }) => contact);
  await insert(SUBSCRIPTION, ({ subscription }) => subscription);
  const marked = fresh.flatMap(({ customer: { customerId }, marks }) =>
    marks.map((mark) => ({ customerId, ...mark })),
  );
  if (marked.length > 0) await tx.insert(customerMarks).values(marked).onConflictDoNothing();
}

function nationalMark({ marks }: NewCustomer): string {
  return marks.find(({ kind }) => kind === 'national-tax-id')?.mark ?? '';
}

function taxMarks({ marks }: NewCustomer): readonly string[] {
  return marks.filter(({ kind }) => kind === 'tax-id').map(({ mark }) => mark);
}
