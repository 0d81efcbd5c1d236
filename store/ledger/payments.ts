/** Posting of payments: once by what the provider calls them, divided among invoices, taken back as a whole. */
import { CUSTOMER, PAYMENT, PAYMENT_ALLOCATION } from '../customers/entities/index.js';
import { allocate, type Part, totalOf } from './allocation.js';
import {
  type Book,
  lockLedger,
  markedPayment,
  notePayment,
  readLedger,
  reviseInvoice,
} from './book.js';
import {
  type Invoice,
  invoicesOf,
  isOpen,
  type LedgerRows,
  owedOf,
  type Payment,
  paymentsOf,
  restOf,
} from './statement.js';

/** Money that came in; `mark` is a keyed hash of what the provider calls it. */
export interface NewPayment {
  readonly mark: string;
  readonly providerPaymentId: string;
  readonly customerId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly method: string;
  /** ISO 8601 UTC. */
  readonly receivedAt: string;
  /** The invoice that the payer names: its id or its number. */
  readonly invoice: string | null;
}

/** What became of money. `known`: it was posted before, and nothing changed now. */
export interface Posting {
  readonly result: 'posted' | 'known' | 'customer-unknown' | 'payment-unknown' | 'invoice-unknown';
  readonly paymentId: string | null;
  readonly customerId: string | null;
  readonly currency: string | null;
  readonly restMinor: number;
}

const nothing = (result: Posting['result']): Posting => ({
  ...{ result, paymentId: null, customerId: null, currency: null, restMinor: 0 },
});

/** Posts a payment. What names an invoice that is not there, or is more than is owed, stays without an invoice. */
export async function postPayment(book: Book, payment: NewPayment): Promise<Posting> {
  const { mark, customerId } = payment;
  const known = await markedPayment(book, mark);
  if (known !== null) return { ...nothing('known'), ...(await placeOf(book, known)) };
  const customer = await book.record.table(CUSTOMER).get(customerId);
  if (!customer || customer.isErased) return nothing('customer-unknown');
  await lockLedger(book, customerId);
  const paymentId = book.newId();
  if (!(await notePayment(book, mark, paymentId))) return postPayment(book, payment);
  const { providerPaymentId, amountMinor, currency, method, receivedAt } = payment;
  const row = { paymentId, revision: 1, customerId, providerPaymentId, amountMinor, currency };
  await book.record.table(PAYMENT).add([{ ...row, method, receivedAt, state: 'received' }]);
  const rows = await readLedger(book.record, customerId);
  const restMinor = await divide(book, rows, { ...row, restMinor: amountMinor }, payment.invoice);
  return { result: 'posted', paymentId, customerId, currency, restMinor };
}

/** Gives what is left of a payment to an invoice that a person names. */
export async function allocateRest(
  book: Book,
  customerId: string,
  paymentId: string,
  invoice: string,
): Promise<Posting> {
  await lockLedger(book, customerId);
  const rows = await readLedger(book.record, customerId);
  const payment = paymentsOf(rows).find((one) => one.paymentId === paymentId);
  if (!payment) return nothing('payment-unknown');
  const { currency } = payment;
  const before = restOf(payment, rows);
  const place = { paymentId, customerId, currency };
  if (namedInvoice(rows, invoice, currency) === null) {
    return { ...place, result: 'invoice-unknown', restMinor: before };
  }
  const restMinor = await divide(book, rows, { ...payment, restMinor: before }, invoice);
  return { ...place, result: 'posted', restMinor };
}

/** Takes a payment back as a whole: the invoices that it paid are owed again. Twice is once. */
export async function reversePayment(book: Book, mark: string): Promise<Posting> {
  const paymentId = await markedPayment(book, mark);
  if (paymentId === null) return nothing('payment-unknown');
  const { customerId, currency } = await placeOf(book, paymentId);
  if (customerId === null) return nothing('payment-unknown');
  await lockLedger(book, customerId);
  const rows = await readLedger(book.record, customerId);
  const payment = paymentsOf(rows).find((one) => one.paymentId === paymentId);
  if (!payment) return nothing('customer-unknown');
  const place = { paymentId, customerId, currency: currency ?? payment.currency, restMinor: 0 };
  if (payment.state === 'reversed') return { ...place, result: 'known' };
  await takeBack(book, rows, payment);
  return { ...place, result: 'posted' };
}

async function takeBack(book: Book, rows: LedgerRows, payment: Payment): Promise<void> {
  const { isErased: _, createdAt: __, ...row } = payment;
  const reversal = { ...row, revision: payment.revision + 1, state: 'reversed' as const };
  await book.record.table(PAYMENT).add([reversal]);
  const paid = new Map<string, { amountMinor: number; principalMinor: number }>();
  for (const one of rows.allocations) {
    if (one.isErased || one.paymentId !== payment.paymentId) continue;
    const known = paid.get(one.invoiceId) ?? { amountMinor: 0, principalMinor: 0 };
    known.amountMinor += one.amountMinor;
    known.principalMinor += one.principalMinor ?? one.amountMinor;
    paid.set(one.invoiceId, known);
  }
  for (const invoice of invoicesOf(rows)) {
    const back = paid.get(invoice.invoiceId);
    if (!back || back.amountMinor === 0) continue;
    await addAllocation(book, payment, invoice.invoiceId, -back.amountMinor, -back.principalMinor);
    const balanceMinor = invoice.balanceMinor + back.amountMinor;
    // what of it paid fees comes back as interest: both are owed beside the principal
    const charges = back.amountMinor - back.principalMinor;
    const interestMinor = (invoice.interestMinor ?? 0) + charges;
    const state = stateOf(invoice, balanceMinor);
    await reviseInvoice(book, invoice, { balanceMinor, interestMinor, state });
  }
}

interface Dividing {
  readonly paymentId: string;
  readonly customerId: string;
  readonly currency: string;
  readonly restMinor: number;
}

async function divide(
  book: Book,
  rows: LedgerRows,
  payment: Dividing,
  named: string | null,
): Promise<number> {
  const invoices = invoicesOf(rows).filter((one) => one.currency === payment.currency);
  // a debt that was given up is paid only by who names it
  const wanted = invoices.filter(
    (one) => one.balanceMinor > 0 && (isOpen(one) || isNamed(one, named)),
  );
  const id = named === null ? null : (invoices.find((one) => isNamed(one, named))?.invoiceId ?? '');
  const { parts, restMinor } = allocate(payment.restMinor, wanted.map(owedOf), id);
  for (const part of parts) {
    const invoice = wanted.find(({ invoiceId }) => invoiceId === part.invoiceId);
    if (invoice) await pay(book, payment, invoice, part);
  }
  return restMinor;
}

async function pay(book: Book, payment: Dividing, invoice: Invoice, part: Part): Promise<void> {
  const amountMinor = totalOf(part);
  await addAllocation(book, payment, invoice.invoiceId, amountMinor, part.principalMinor);
  const balanceMinor = invoice.balanceMinor - amountMinor;
  await reviseInvoice(book, invoice, {
    balanceMinor,
    feeMinor: (invoice.feeMinor ?? 0) - part.feeMinor,
    interestMinor: (invoice.interestMinor ?? 0) - part.interestMinor,
    state: stateOf(invoice, balanceMinor),
  });
}

async function addAllocation(
  { record, newId }: Book,
  { paymentId, customerId, currency }: Omit<Dividing, 'restMinor'>,
  invoiceId: string,
  amountMinor: number,
  principalMinor: number,
): Promise<void> {
  const row = { allocationId: newId(), customerId, paymentId, invoiceId, currency };
  await record.table(PAYMENT_ALLOCATION).add([{ ...row, amountMinor, principalMinor }]);
}

const isNamed = ({ invoiceId, number }: Invoice, named: string | null): boolean =>
  named !== null && (named === invoiceId || named === number);

const namedInvoice = (rows: LedgerRows, named: string, currency: string): Invoice | null =>
  invoicesOf(rows).find(
    (one) => one.currency === currency && one.balanceMinor > 0 && isNamed(one, named),
  ) ?? null;

/** Of an invoice with another balance; what was given up stays so until it is paid. */
function stateOf({ state, amountMinor }: Invoice, balanceMinor: number): Invoice['state'] {
  if (balanceMinor === 0) return 'paid';
  if (state === 'written-off' || state === 'disputed') return state;
  return balanceMinor < amountMinor ? 'partly-paid' : 'open';
}

async function placeOf(
  { record }: Book,
  paymentId: string,
): Promise<Pick<Posting, 'paymentId' | 'customerId' | 'currency'>> {
  const row = await record.table(PAYMENT).get(paymentId, 1);
  const currency = row && !row.isErased ? row.currency : null;
  return { paymentId, customerId: row?.customerId ?? null, currency };
}
