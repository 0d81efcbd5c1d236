/** One customer with all that the record has of it. Class: side effect (reads). */
import type { CertificateRow } from '../../contracts/certificates.js';
import type { ErasureRow, HoldRow, WholeCustomer } from '../../contracts/records.js';
import { plainOf, searchCertificates } from '../../store/erasure/index.js';
import {
  ACCESS_EVIDENCE,
  ACCESS_GRANT,
  CUSTOMER,
  type CustomerRecord,
  ENROLMENT,
  ERASURE_REQUEST,
  EXPORT,
  INVOICE,
  LEGAL_HOLD,
  type ReadRow,
  type Store,
  SUPPRESSION,
  TRAINING_CERTIFICATE,
} from '../../store/index.js';
import { listed, standingOf } from './customers.js';

interface Reads {
  readonly store: Store;
  readonly record: CustomerRecord;
}

/** Tickets that are shown; the others are found by searching. */
const MOST_TICKETS = 100;

/** Reads it; null: there is none. Of an erased one, what is kept beyond its key. */
export async function wholeCustomerOf(
  { store, record }: Reads,
  customerId: string,
  today: string,
): Promise<WholeCustomer | null> {
  const found = await record.get(customerId);
  if (!found) return null;
  const of = [customerId];
  const [customer] = await listed({ store, record }, [found.customer], today);
  if (!customer) return null;
  const tickets = await store.tickets.search({ filter: { customerId }, limit: MOST_TICKETS });
  const exported = await record.table(EXPORT).of(of);
  const erasures = await record.table(ERASURE_REQUEST).of(of);
  return {
    customer,
    contacts: found.contacts.map((row) => ({ ...NO_CONTACT, ...row })),
    subscriptions: found.subscriptions.map((row) => ({ ...NO_PRICE, ...row })),
    invoices: standingOf(await record.table(INVOICE).of(of)).map((row) => ({
      ...NO_AMOUNT,
      ...row,
    })),
    accesses: await accessesOf(record, customerId),
    enrolments: (await record.table(ENROLMENT).of(of)).map((row) => ({
      ...row,
      progressPct: row.isErased ? null : row.progressPct,
    })),
    trainingCertificates: await record.table(TRAINING_CERTIFICATE).of(of),
    tickets: tickets.items,
    exports: exported as unknown as WholeCustomer['exports'],
    certificates: await certificatesOf(store, customerId),
    holds: await holdsOf({ record }, await record.table(LEGAL_HOLD).of(of)),
    erasures: erasures.map(erasureOf),
    suppressions: await record.table(SUPPRESSION).of(of),
  };
}

const NO_CONTACT = { name: null, mail: null, phone: null, tz: null, locale: null };
const NO_AMOUNT = { number: null, amountMinor: null, balanceMinor: null, currency: null };
const NO_PRICE = { priceMinor: null, currency: null, discountPct: null };

/** Accesses, newest first, each with what shows that it was given, taken, and gone. */
async function accessesOf(
  record: CustomerRecord,
  customerId: string,
): Promise<WholeCustomer['accesses']> {
  const grants = await record.table(ACCESS_GRANT).of([customerId]);
  const evidence = await record.table(ACCESS_EVIDENCE).of([customerId]);
  return grants.toReversed().map((grant) => ({
    ...grant,
    externalId: grant.isErased ? null : grant.externalId,
    evidence: evidence.filter(({ grantId }) => grantId === grant.grantId),
  }));
}

async function certificatesOf(
  store: Store,
  customerId: string,
): Promise<readonly CertificateRow[]> {
  const { items } = await store.reading((db) =>
    searchCertificates(db, { filter: { customerId }, limit: 100 }),
  );
  return items.map((row) => plainOf(row) as unknown as CertificateRow);
}

/** Holds with whom they are about. */
export async function holdsOf(
  { record }: Pick<Reads, 'record'>,
  rows: readonly ReadRow<typeof LEGAL_HOLD>[],
): Promise<readonly HoldRow[]> {
  const ids = [...new Set(rows.map(({ customerId }) => customerId))];
  const customers = ids.length === 0 ? [] : await record.table(CUSTOMER).of(ids);
  const names = new Map(
    customers.map((one) => [one.customerId, one.isErased ? null : one.legalName]),
  );
  return rows.map((row) => ({
    ...row,
    legalName: names.get(row.customerId) ?? null,
    records: row.isErased ? null : recordsIn(row.scope),
    reason: row.isErased ? null : row.reason,
  }));
}

/** Names of tables, or `all`. */
const recordsIn = (scope: unknown): readonly string[] =>
  (Array.isArray(scope) ? scope : []).map((one) => String(Object(one).records));

/** A request to erase as it is told. Class: pure. */
export const erasureOf = (row: Omit<ReadRow<typeof ERASURE_REQUEST>, 'isErased'>): ErasureRow => ({
  ...row,
  blockedBy: Array.isArray(row.blockedBy) ? row.blockedBy.map(String) : null,
});
