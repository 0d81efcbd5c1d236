/** Finds debts that nobody collects: what an event did not tell is found by looking. Class: side effect. */
import { sql } from 'drizzle-orm';
import { COLLECTION_CASE } from '../customers/entities/index.js';
import { type Book, readLedger } from './book.js';
import { statementOf } from './statement.js';

/** Who owes in which currency. */
export interface OverdueAccount {
  readonly customerId: string;
  readonly currency: string;
}

/**
 * Accounts with something overdue on a day and no open case.
 *
 * @param most - customers that are looked at in one go; the rest is found by the next sweep
 */
export async function overdueAccounts(
  book: Book,
  asOf: string,
  most: number,
): Promise<readonly OverdueAccount[]> {
  const { rows } = await book.tx.execute(sql`
    select distinct i.customer_id as "customerId" from invoices i
      where i.state in ('open', 'partly-paid') and i.due_date < ${asOf}
        and i.revision = (select max(revision) from invoices l where l.invoice_id = i.invoice_id)
        and not exists (select from collection_cases c
          where c.customer_id = i.customer_id and c.state = 'open')
      order by 1 limit ${most}`);
  const accounts: OverdueAccount[] = [];
  for (const row of rows) {
    accounts.push(...(await accountsOf(book, String(row.customerId), asOf)));
  }
  return accounts;
}

async function accountsOf(
  { record }: Book,
  customerId: string,
  asOf: string,
): Promise<readonly OverdueAccount[]> {
  const ledger = await readLedger(record, customerId);
  const cases = await record.table(COLLECTION_CASE).of([customerId]);
  const currencies = new Set(
    ledger.invoices.flatMap((one) => (one.isErased ? [] : [one.currency])),
  );
  return [...currencies]
    .filter((currency) => (statementOf(ledger, currency, asOf).ageDays ?? 0) > 0)
    .filter((currency) => !cases.some((one) => one.currency === currency && one.state === 'open'))
    .map((currency) => ({ customerId, currency }));
}
