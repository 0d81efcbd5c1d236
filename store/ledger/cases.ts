/** Cases of collection with their promises and disputes. */
import type { ReadRow } from '../customers/declaration.js';
import {
  COLLECTION_CASE,
  CONTACT,
  CUSTOMER,
  DISPUTE,
  INVOICE,
  PROMISE,
} from '../customers/entities/index.js';
import { type Book, lockLedger, readLedger } from './book.js';
import { type Invoice, invoicesOf, isOpen, type LedgerRows, paymentsOf } from './statement.js';

/** How a case can end. */
export type CaseEnd = Exclude<ReadRow<typeof COLLECTION_CASE>['state'], 'open'>;

/** Whom to ask for money. */
export interface Debtor {
  readonly legalName: string;
  readonly tz: string;
  readonly locale: string;
  readonly hasLeft: boolean;
  readonly contact: {
    readonly contactId: string;
    readonly name: string;
    readonly mail: string;
    readonly phone?: string;
    readonly locale: string;
  } | null;
}

/** A customer as a debtor; null when there is none of this id, or it was erased. */
export async function debtorOf(
  { record }: Pick<Book, 'record'>,
  customerId: string,
): Promise<Debtor | null> {
  const customer = await record.table(CUSTOMER).get(customerId);
  if (!customer || customer.isErased) return null;
  const { legalName, tz, locale, state } = customer;
  const contacts = (await record.table(CONTACT).of([customerId]))
    .filter((one) => !one.isErased && one.state === 'active')
    .sort((one, other) => rank(one) - rank(other));
  const [first] = contacts;
  const contact =
    first && !first.isErased
      ? {
          ...{ contactId: first.contactId, name: first.name, mail: first.mail },
          ...(first.phone === null ? {} : { phone: first.phone }),
          locale: first.locale ?? locale,
        }
      : null;
  return { legalName, tz, locale, hasLeft: state !== 'active', contact };
}

/** Who answers for bills first, then in the order of the chain. */
const rank = ({ role, orderInChain }: ReadRow<typeof CONTACT>): number =>
  (role === 'billing' ? 0 : 1_000) + orderInChain;

/** Ends after which nobody is asked for money unless a person says so: an insolvency, an agency, a court. */
export type Hold = Extract<CaseEnd, 'stopped' | 'handed-over'>;

/**
 * What keeps an account from being collected: its last case was stopped or handed over, and something of what was owed
 * then is still open. One that was stopped while nothing was owed waits for a person. Null: nothing keeps it.
 */
export function holdOf(
  cases: readonly ReadRow<typeof COLLECTION_CASE>[],
  rows: Pick<LedgerRows, 'invoices'>,
  currency: string,
): Hold | null {
  const last = cases
    .filter((one) => one.currency === currency)
    .sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1))
    .at(-1);
  if (last?.state !== 'stopped' && last?.state !== 'handed-over') return null;
  const closedAt = last.closedAt ?? last.openedAt;
  const then = rows.invoices.filter(({ createdAt }) => createdAt <= closedAt);
  const isNothingOwedThen = owedIn({ invoices: then }, currency).length === 0;
  if (isNothingOwedThen && last.state === 'stopped') return 'stopped';
  const isLeft = owedIn(rows, currency).some(({ issuedAt }) => issuedAt <= closedAt);
  return isLeft ? last.state : null;
}

const owedIn = (rows: Pick<LedgerRows, 'invoices'>, currency: string): readonly Invoice[] =>
  invoicesOf(rows).filter(
    (one) => one.currency === currency && isOpen(one) && one.balanceMinor > 0,
  );

/** Ids are UUIDv7: of cases of one moment the later has the greater one. */
const orderOf = ({ openedAt, caseId }: ReadRow<typeof COLLECTION_CASE>): string =>
  `${openedAt} ${caseId}`;

/**
 * Opens the case of a customer in a currency, or finds the one that this instance has.
 *
 * @returns its id; null when something holds the account, and `isUnlessHeld`
 */
export async function openCase(
  book: Book,
  {
    isUnlessHeld,
    ...of
  }: {
    readonly customerId: string;
    readonly currency: string;
    readonly instanceId: string;
    readonly isExCustomer: boolean;
    readonly isUnlessHeld: boolean;
  },
): Promise<{ readonly caseId: string | null; readonly hold: Hold | null }> {
  await lockLedger(book, of.customerId);
  const table = book.record.table(COLLECTION_CASE);
  const cases = await table.of([of.customerId]);
  const known = cases.find(
    ({ instanceId, state }) => instanceId === of.instanceId && state === 'open',
  );
  if (known) return { caseId: known.caseId, hold: null };
  const invoices = await book.record.table(INVOICE).of([of.customerId]);
  const hold = holdOf(cases, { invoices }, of.currency);
  if (hold && isUnlessHeld) return { caseId: null, hold };
  const caseId = book.newId();
  await table.add([
    {
      ...of,
      ...{ caseId, stage: 0, mails: 0, calls: 0, openedAt: book.at, nextActAt: null },
      ...{ closedAt: null, state: 'open', recoveredMinor: null, writtenOffMinor: null },
    },
  ]);
  return { caseId, hold };
}

/** What a case has come to so far. */
export interface CaseNote {
  readonly stage: number;
  readonly mails: number;
  readonly calls: number;
  /** ISO 8601; null: nothing is planned. */
  readonly nextActAt: string | null;
}

/** Notes how far a case is. One that is not open stays as it is. */
export async function noteCase({ record }: Book, caseId: string, note: CaseNote): Promise<void> {
  const table = record.table(COLLECTION_CASE);
  const found = await table.get(caseId);
  if (found?.state !== 'open' || found.isErased) return;
  await table.change([caseId], found.version, { ...note });
}

/**
 * Closes a case, and with it its open promises. Once closed it stays so.
 *
 * @returns what was paid while it was open
 */
export async function closeCase(
  book: Book,
  caseId: string,
  end: { readonly state: CaseEnd; readonly writtenOffMinor: number } & Omit<CaseNote, 'nextActAt'>,
): Promise<number> {
  const table = book.record.table(COLLECTION_CASE);
  const found = await lockedRow(book, () => table.get(caseId));
  if (!found || found.isErased) return 0;
  if (found.state !== 'open') return found.recoveredMinor ?? 0;
  const recoveredMinor = await paidSince(book, found);
  const isPaid = end.state === 'paid' || end.state === 'settled';
  for (const one of await book.record.table(PROMISE).of([found.customerId])) {
    if (one.isErased || one.caseId !== caseId || one.state !== 'open') continue;
    const state = isPaid ? ('kept' as const) : ('broken' as const);
    await book.record.table(PROMISE).change([one.promiseId], one.version, { state });
  }
  const closed = { ...end, recoveredMinor, nextActAt: null, closedAt: book.at };
  await table.change([caseId], found.version, closed);
  return recoveredMinor;
}

/** A row as it stands once nobody else posts for its customer: what is paid in that moment is not overlooked. */
async function lockedRow<R extends { readonly customerId: string }>(
  book: Book,
  read: () => Promise<R | null>,
): Promise<R | null> {
  const found = await read();
  if (!found) return null;
  await lockLedger(book, found.customerId);
  return read();
}

async function paidSince(
  { record }: Book,
  of: { readonly customerId: string; readonly currency: string; readonly openedAt: string },
): Promise<number> {
  const rows = await readLedger(record, of.customerId);
  return paymentsOf(rows)
    .filter(({ currency, state }) => currency === of.currency && state === 'received')
    .filter(({ receivedAt }) => receivedAt >= of.openedAt)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

/** Notes a promise to pay. @returns its id */
export async function makePromise(
  book: Book,
  promise: {
    readonly customerId: string;
    readonly caseId: string;
    readonly amountMinor: number;
    readonly currency: string;
    readonly date: string;
  },
): Promise<string> {
  await lockLedger(book, promise.customerId);
  const promiseId = book.newId();
  await book.record.table(PROMISE).add([{ ...promise, promiseId, madeAt: book.at, state: 'open' }]);
  return promiseId;
}

/** Looks what became of a promise, by what was paid since it was made. One that is settled stays so. */
export async function settlePromise(
  book: Book,
  promiseId: string,
): Promise<'kept' | 'partly' | 'broken'> {
  const table = book.record.table(PROMISE);
  const found = await lockedRow(book, () => table.get(promiseId));
  if (!found || found.isErased) return 'broken';
  if (found.state !== 'open') return found.state;
  const paidMinor = await paidSince(book, { ...found, openedAt: found.madeAt });
  const isKept = paidMinor >= found.amountMinor;
  const state = isKept ? ('kept' as const) : paidMinor > 0 ? ('partly' as const) : 'broken';
  await table.change([promiseId], found.version, { state });
  return state;
}

/** Opens the dispute of an invoice, or finds the one that is open. Null: the customer has no such invoice. */
export async function openDispute(
  book: Book,
  dispute: {
    readonly customerId: string;
    readonly invoiceId: string;
    readonly ticketId: string | null;
    readonly reason: string | null;
  },
): Promise<string | null> {
  await lockLedger(book, dispute.customerId);
  const invoice = await book.record.table(INVOICE).get(dispute.invoiceId, 1);
  if (invoice?.customerId !== dispute.customerId) return null;
  const table = book.record.table(DISPUTE);
  const known = (await table.of([dispute.customerId])).find(
    ({ invoiceId, closedAt }) => invoiceId === dispute.invoiceId && closedAt === null,
  );
  if (known) return known.disputeId;
  const disputeId = book.newId();
  const open = { openedAt: book.at, closedAt: null, result: null, creditedMinor: null };
  await table.add([{ ...dispute, disputeId, ...open }]);
  return disputeId;
}

/** Closes a dispute. Once closed it stays so. */
export async function closeDispute(
  book: Book,
  disputeId: string,
  end: { readonly result: 'accepted' | 'rejected'; readonly creditedMinor: number },
): Promise<void> {
  const table = book.record.table(DISPUTE);
  const found = await table.get(disputeId);
  if (!found || found.isErased || found.closedAt !== null) return;
  await table.change([disputeId], found.version, { ...end, closedAt: book.at });
}
