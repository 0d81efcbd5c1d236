/**
 * What a customer owes in one currency on a day, made of the rows of the record. Ages are counted in days of the
 * calendar from the due date, less the days that an invoice spent disputed for nothing. Class: pure.
 */

import { daysBetween } from '../../contracts/days.js';
import type { ReadRow } from '../customers/declaration.js';
import type {
  DISPUTE,
  INVOICE,
  PAYMENT,
  PAYMENT_ALLOCATION,
  PROMISE,
} from '../customers/entities/index.js';
import type { Owed } from './allocation.js';

/** A row whose key is there. */
type Whole<E extends Parameters<typeof isWhole>[0]> = Extract<E, { readonly isErased: false }>;

/** An invoice as its last row has it. */
export type Invoice = Whole<ReadRow<typeof INVOICE>>;
/** A payment as its last row has it. */
export type Payment = Whole<ReadRow<typeof PAYMENT>>;

/** Rows of one customer. */
export interface LedgerRows {
  readonly invoices: readonly ReadRow<typeof INVOICE>[];
  readonly payments: readonly ReadRow<typeof PAYMENT>[];
  readonly allocations: readonly ReadRow<typeof PAYMENT_ALLOCATION>[];
  readonly promises: readonly ReadRow<typeof PROMISE>[];
  readonly disputes: readonly ReadRow<typeof DISPUTE>[];
}

/** An invoice of a statement. `ageDays` is negative before its due date. */
export interface StatementLine {
  readonly invoiceId: string;
  readonly number: string;
  readonly dueDate: string;
  readonly balanceMinor: number;
  readonly ageDays: number;
  readonly isDisputed: boolean;
}

/** What is owed. */
export interface Statement {
  /** LocalDate of the reckoning. */
  readonly asOf: string;
  readonly currency: string;
  /** Owed by invoices that are due soon or were due, less what was paid without an invoice. */
  readonly balanceMinor: number;
  /** Of it what may be demanded: neither disputed nor promised. */
  readonly collectableMinor: number;
  readonly disputedMinor: number;
  readonly promisedMinor: number;
  /** Paid, and of no invoice yet. */
  readonly unallocatedMinor: number;
  /** Paid in all, whenever. */
  readonly paidMinor: number;
  /** Of the oldest invoice that may be demanded; null when there is none. */
  readonly ageDays: number | null;
  readonly oldest: StatementLine | null;
  readonly invoices: readonly StatementLine[];
}

/** Days before its due date from which an invoice belongs to the case. */
const DUE_SOON_DAYS = 5;
const OPEN: readonly string[] = ['open', 'partly-paid', 'disputed'];

const isWhole = <T extends { readonly isErased: boolean }>(
  row: T,
): row is Extract<T, { readonly isErased: false }> => !row.isErased;

/** The last row of each thing. */
function latest<T extends { readonly revision: number }>(
  rows: readonly T[],
  idOf: (row: T) => string,
): readonly T[] {
  const byId = new Map<string, T>();
  for (const row of rows) {
    const known = byId.get(idOf(row));
    if (!known || known.revision < row.revision) byId.set(idOf(row), row);
  }
  return [...byId.values()];
}

/** Invoices as they stand; of an erased customer there are none. */
export const invoicesOf = ({ invoices }: Pick<LedgerRows, 'invoices'>): readonly Invoice[] =>
  latest(invoices.filter(isWhole), ({ invoiceId }) => invoiceId);

/** Payments as they stand. */
export const paymentsOf = ({ payments }: LedgerRows): readonly Payment[] =>
  latest(payments.filter(isWhole), ({ paymentId }) => paymentId);

/** Whether money may still be demanded for it. */
export const isOpen = ({ state }: Pick<Invoice, 'state'>): boolean => OPEN.includes(state);

/** What is owed for an invoice, by parts. */
export function owedOf(invoice: Invoice): Owed {
  const { invoiceId, dueDate, balanceMinor } = invoice;
  const [feeMinor, interestMinor] = [invoice.feeMinor ?? 0, invoice.interestMinor ?? 0];
  const principalMinor = balanceMinor - feeMinor - interestMinor;
  return { invoiceId, dueDate, feeMinor, interestMinor, principalMinor };
}

/** What of a payment pays no invoice. */
export function restOf(payment: Payment, { allocations }: LedgerRows): number {
  if (payment.state === 'reversed') return 0;
  const used = allocations
    .filter(isWhole)
    .filter(({ paymentId }) => paymentId === payment.paymentId)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return payment.amountMinor - used;
}

/**
 * What is still owed for the invoices that were due by a day, less what was paid without an invoice: what an agreement
 * about them has brought shows in it, whatever is paid for others. Disputed or promised, they are owed all the same.
 */
export function owedBy({ invoices, unallocatedMinor }: Statement, dueBy: string): number {
  const due = invoices.filter(({ dueDate }) => dueDate <= dueBy);
  return Math.max(0, sum(due, lineBalance) - unallocatedMinor);
}

/** The last due date in a statement, or its day where that is later. */
export function lastDueDate({ invoices, asOf }: Statement): string {
  return invoices.reduce((last, { dueDate }) => (dueDate > last ? dueDate : last), asOf);
}

/** What is owed in a currency on a day. */
export function statementOf(rows: LedgerRows, currency: string, asOf: string): Statement {
  const invoices = invoicesOf(rows)
    .filter((one) => one.currency === currency && isOpen(one) && one.balanceMinor > 0)
    .map((one) => lineOf(one, rows, asOf))
    .filter(({ ageDays }) => ageDays >= -DUE_SOON_DAYS)
    .sort((one, other) => other.ageDays - one.ageDays);
  const payments = paymentsOf(rows).filter((one) => one.currency === currency);
  const unallocatedMinor = sum(payments, (one) => restOf(one, rows));
  const paidMinor = sum(
    payments.filter(({ state }) => state === 'received'),
    ({ amountMinor }) => amountMinor,
  );
  const promisedMinor = sum(
    rows.promises
      .filter(isWhole)
      .filter((one) => one.state === 'open' && one.currency === currency),
    ({ amountMinor }) => amountMinor,
  );
  const disputedMinor = sum(
    invoices.filter((one) => one.isDisputed),
    lineBalance,
  );
  const free = invoices.filter((one) => !one.isDisputed);
  const balanceMinor = Math.max(0, sum(invoices, lineBalance) - unallocatedMinor);
  const freeMinor = Math.max(0, sum(free, lineBalance) - unallocatedMinor);
  const collectableMinor = promisedMinor > 0 ? 0 : freeMinor;
  const oldest = collectableMinor > 0 ? oldestOf(free, unallocatedMinor) : null;
  return {
    ...{ asOf, currency, balanceMinor, collectableMinor, disputedMinor, promisedMinor },
    ...{ unallocatedMinor, paidMinor, ageDays: oldest?.ageDays ?? null, oldest, invoices },
  };
}

const lineBalance = ({ balanceMinor }: StatementLine): number => balanceMinor;

/** The oldest that money without an invoice would not pay. */
function oldestOf(lines: readonly StatementLine[], unallocatedMinor: number): StatementLine | null {
  let left = unallocatedMinor;
  for (const line of lines) {
    if (line.balanceMinor > left) return line;
    left -= line.balanceMinor;
  }
  return null;
}

function lineOf(invoice: Invoice, { disputes }: LedgerRows, asOf: string): StatementLine {
  const { invoiceId, number, dueDate, balanceMinor, state } = invoice;
  const mine = disputes.filter((one) => one.invoiceId === invoiceId);
  const isDisputed = state === 'disputed' || mine.some(({ closedAt }) => closedAt === null);
  const disputedDays = sum(
    mine.filter(({ closedAt, result }) => closedAt !== null && result === 'rejected'),
    ({ openedAt, closedAt }) => daysBetween(openedAt.slice(0, 10), String(closedAt).slice(0, 10)),
  );
  // days that were disputed before the due date made nothing older
  const age = daysBetween(dueDate, asOf);
  const ageDays = age <= 0 ? age : Math.max(0, age - disputedDays);
  return { invoiceId, number, dueDate, balanceMinor, ageDays, isDisputed };
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
