/** Whether the record says of a customer what somebody wants it to say. */
import type { Queryable } from '../database.js';
import type { RowOf } from './declaration.js';
import { CONTACT, CUSTOMER, SUBSCRIPTION } from './entities/index.js';
import { createRecordTable } from './record-table.js';
import type { Sealer } from './sealer.js';

interface Wanted {
  readonly customer: Omit<RowOf<typeof CUSTOMER>, 'keyId'>;
  readonly contact: RowOf<typeof CONTACT>;
  readonly subscription: RowOf<typeof SUBSCRIPTION>;
}

const SAID = {
  customer: ['legalName', 'taxId', 'country', 'tz', 'locale', 'since'],
  contact: ['name', 'mail'],
  subscription: ['planId', 'priceMinor', 'currency'],
} as const;

/**
 * Those of whom the record says the same: of the customer, of one of its contacts, of one of its subscriptions. Of an
 * erased customer it says nothing. Class: side effect.
 *
 * @param holderOf - the customer that is meant
 */
export async function isAsRecorded<W extends Wanted>(
  db: Queryable,
  sealer: Sealer,
  wanted: readonly W[],
  holderOf: (one: W) => string,
): Promise<ReadonlySet<W>> {
  const others = wanted.filter((one) => holderOf(one) !== one.customer.customerId);
  if (others.length === 0) return new Set();
  const ids = [...new Set(others.map(holderOf))];
  const customers = await createRecordTable(db, CUSTOMER, sealer).of(ids);
  const contacts = grouped(await createRecordTable(db, CONTACT, sealer).of(ids));
  const subscriptions = grouped(await createRecordTable(db, SUBSCRIPTION, sealer).of(ids));
  const byId = grouped(customers);
  const same = others.filter((one) => {
    const id = holderOf(one);
    const has = (rows: readonly object[] | undefined, row: object, names: readonly string[]) =>
      rows?.some((found) =>
        names.every((name) => fieldValue(found, name) === fieldValue(row, name)),
      );
    return (
      has(byId.get(id), one.customer, SAID.customer) &&
      has(contacts.get(id), one.contact, SAID.contact) &&
      has(subscriptions.get(id), one.subscription, SAID.subscription)
    );
  });
  return new Set(same);
}

function fieldValue(row: object, name: string): unknown {
  return (row as Readonly<Record<string, unknown>>)[name];
}

function grouped<Row extends { readonly customerId: string }>(
  rows: readonly Row[],
): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.customerId);
    if (group) group.push(row);
    else groups.set(row.customerId, [row]);
  }
  return groups;
}
