/**
 * The ledger of one customer inside a transaction: its rows are locked, read, and added to. Money that is posted is
 * never changed: a correction is a new row. Class: side effect.
 */
import { eq, sql } from 'drizzle-orm';
import { bigint, pgTable, text } from 'drizzle-orm/pg-core';
import {
  DISPUTE,
  INVOICE,
  PAYMENT,
  PAYMENT_ALLOCATION,
  PROMISE,
} from '../customers/entities/index.js';
import type { RecordTables } from '../customers/index.js';
import type { Queryable } from '../database.js';
import type { Invoice, LedgerRows } from './statement.js';

/** What posting leans on. */
export interface Book {
  readonly tx: Queryable;
  /** The record within the same transaction. */
  readonly record: RecordTables;
  /** A new id: UUIDv7. */
  readonly newId: () => string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

const numberSeries = pgTable('number_series', {
  series: text('series').primaryKey(),
  last: bigint('last', { mode: 'number' }).notNull(),
});

const paymentMarks = pgTable('payment_marks', {
  mark: text('mark').primaryKey(),
  paymentId: text('payment_id').notNull(),
});

/** Waits until nobody else posts for the customer; others wait until this transaction ends. */
export async function lockLedger({ tx }: Book, customerId: string): Promise<void> {
  const lock = `ledger ${customerId}`;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
}

/** Everything that the ledger of a customer is made of. */
export async function readLedger(record: RecordTables, customerId: string): Promise<LedgerRows> {
  return {
    invoices: await record.table(INVOICE).of([customerId]),
    payments: await record.table(PAYMENT).of([customerId]),
    allocations: await record.table(PAYMENT_ALLOCATION).of([customerId]),
    promises: await record.table(PROMISE).of([customerId]),
    disputes: await record.table(DISPUTE).of([customerId]),
  };
}

/** The next number of a series: 1, 2, 3 … without gaps, for the transaction that takes it back gives it back. */
export async function nextNumber({ tx }: Book, series: string): Promise<number> {
  const [row] = await tx
    .insert(numberSeries)
    .values({ series, last: 1 })
    .onConflictDoUpdate({
      target: numberSeries.series,
      set: { last: sql`${numberSeries.last} + 1` as never },
    })
    .returning({ last: numberSeries.last });
  return row?.last ?? 1;
}

/** The payment that a provider's mark belongs to; null when it was never told. */
export async function markedPayment({ tx }: Book, mark: string): Promise<string | null> {
  const [row] = await tx.select().from(paymentMarks).where(eq(paymentMarks.mark, mark));
  return row?.paymentId ?? null;
}

/** Notes a mark. @returns false when another transaction noted it first */
export async function notePayment({ tx }: Book, mark: string, paymentId: string): Promise<boolean> {
  const rows = await tx
    .insert(paymentMarks)
    .values({ mark, paymentId })
    .onConflictDoNothing()
    .returning();
  return rows.length > 0;
}

/** Adds the next row of an invoice. */
export async function reviseInvoice(
  { record }: Book,
  invoice: Invoice,
  change: Partial<Pick<Invoice, 'balanceMinor' | 'feeMinor' | 'interestMinor' | 'state'>>,
): Promise<void> {
  const { isErased: _, createdAt: __, ...row } = invoice;
  await record.table(INVOICE).add([{ ...row, ...change, revision: invoice.revision + 1 }]);
}
