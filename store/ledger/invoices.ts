/** Posting of invoices, credit notes, charges for paying late, and write-offs. */
import { CREDIT_NOTE, INVOICE, WRITE_OFF } from '../customers/entities/index.js';
import { type Book, lockLedger, nextNumber, readLedger, reviseInvoice } from './book.js';
import { type Invoice, invoicesOf, isOpen, statementOf } from './statement.js';

/** An invoice to be issued; `dueDate` is a LocalDate. */
export interface NewInvoice {
  readonly customerId: string;
  readonly amountMinor: number;
  readonly taxMinor: number;
  readonly currency: string;
  readonly dueDate: string;
  readonly slipRef: string | null;
}

/** Issues an invoice under the next number. */
export async function issueInvoice(
  book: Book,
  invoice: NewInvoice,
): Promise<{ readonly invoiceId: string; readonly number: string }> {
  await lockLedger(book, invoice.customerId);
  const invoiceId = book.newId();
  const number = `INV-${padded(await nextNumber(book, 'invoice'))}`;
  const state = invoice.amountMinor > 0 ? ('open' as const) : ('paid' as const);
  await book.record.table(INVOICE).add([
    {
      ...invoice,
      ...{ invoiceId, revision: 1, number, balanceMinor: Math.max(0, invoice.amountMinor) },
      ...{ feeMinor: 0, interestMinor: 0, issuedAt: book.at, state },
    },
  ]);
  return { invoiceId, number };
}

const padded = (number: number): string => String(number).padStart(6, '0');

/** What is credited, and why. */
export interface Credit {
  readonly customerId: string;
  readonly currency: string;
  /** One invoice; null: all that may be demanded, oldest first. */
  readonly invoiceId: string | null;
  /** At most so much. */
  readonly mostMinor: number;
  readonly reasonCode: 'dispute' | 'settlement' | 'penalty' | 'correction';
  readonly approverId: string | null;
}

/** Credits invoices, each by at most what is owed for it. @returns ids of the credit notes */
export async function creditInvoices(book: Book, credit: Credit): Promise<readonly string[]> {
  const { customerId, currency, reasonCode, approverId } = credit;
  await lockLedger(book, customerId);
  let leftMinor = credit.mostMinor;
  const ids: string[] = [];
  for (const invoice of await openInvoices(book, credit, credit.invoiceId)) {
    const amountMinor = Math.min(invoice.balanceMinor, leftMinor);
    if (amountMinor <= 0) continue;
    leftMinor -= amountMinor;
    const number = `CN-${padded(await nextNumber(book, 'credit-note'))}`;
    const { invoiceId } = invoice;
    const creditNoteId = book.newId();
    ids.push(creditNoteId);
    await book.record.table(CREDIT_NOTE).add([
      {
        ...{ creditNoteId, customerId, invoiceId, reasonCode, approverId },
        ...{ at: book.at, number, amountMinor, currency },
      },
    ]);
    await reviseInvoice(book, invoice, reduced(invoice, amountMinor, 'credited'));
  }
  return ids;
}

/** A debt to be given up. */
export interface WritingOff {
  readonly customerId: string;
  readonly currency: string;
  readonly caseId: string;
  /** What was approved: more is never given up. */
  readonly mostMinor: number;
  /** LocalDate of the reckoning: what is not due by then is not touched. */
  readonly asOf: string;
  readonly reason: string;
  readonly approvers: readonly string[];
  readonly hasTaxRelief: boolean;
}

/** Gives up what may be demanded and was approved. @returns how much that is; 0 when it was paid meanwhile */
export async function writeOff(book: Book, off: WritingOff): Promise<number> {
  const { customerId, currency, caseId, approvers, hasTaxRelief, reason } = off;
  await lockLedger(book, customerId);
  const rows = await readLedger(book.record, customerId);
  const { collectableMinor, invoices } = statementOf(rows, currency, off.asOf);
  const byId = new Map(invoicesOf(rows).map((one) => [one.invoiceId, one]));
  const wantedMinor = Math.min(collectableMinor, off.mostMinor);
  let leftMinor = wantedMinor;
  for (const { invoiceId, isDisputed } of invoices) {
    const invoice = byId.get(invoiceId);
    if (!invoice || isDisputed || leftMinor < invoice.balanceMinor) continue;
    const amountMinor = invoice.balanceMinor;
    leftMinor -= amountMinor;
    await book.record.table(WRITE_OFF).add([
      {
        ...{ writeOffId: book.newId(), customerId, caseId, invoiceId, approvers, hasTaxRelief },
        ...{ at: book.at, amountMinor, currency, reason },
      },
    ]);
    await reviseInvoice(book, invoice, { state: 'written-off' });
  }
  return wantedMinor - leftMinor;
}

async function openInvoices(
  { record }: Book,
  { customerId, currency }: Pick<Credit, 'customerId' | 'currency'>,
  only: string | null,
): Promise<readonly Invoice[]> {
  return invoicesOf(await readLedger(record, customerId))
    .filter((one) => one.currency === currency && isOpen(one) && one.balanceMinor > 0)
    .filter(({ invoiceId }) => only === null || invoiceId === only)
    .sort((one, other) => (one.dueDate < other.dueDate ? -1 : 1));
}

/** Interest and fees go first, so that what is left is principal. */
function reduced(invoice: Invoice, byMinor: number, whenNothing: Invoice['state']) {
  const balanceMinor = invoice.balanceMinor - byMinor;
  const interestMinor = Math.max(0, (invoice.interestMinor ?? 0) - byMinor);
  const rest = byMinor - ((invoice.interestMinor ?? 0) - interestMinor);
  const feeMinor = Math.max(0, (invoice.feeMinor ?? 0) - rest);
  const state = balanceMinor === 0 ? whenNothing : ('partly-paid' as const);
  return { balanceMinor, interestMinor, feeMinor, state };
}
