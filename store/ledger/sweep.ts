/** Finds debts that nobody collects: what an event did not tell is found by looking. Class: side effect. */
import { sql } from 'drizzle-orm';
import { COLLECTION_CASE } from '../customers/entities/index.js';
import { type Book, readLedger } from './book.js';
import { holdOf } from './cases.js';
import { statementOf } from './statement.js';

/** Who owes in which currency. */
export interface OverdueAccount {
  readonly customerId: string;
  readonly currency: string;
}

/** Customers that are read in one go. */
const PAGE = 100;

/**
 * Accounts with something overdue on a day and no open case, but for those whose last case was stopped or handed over.
 *
 * @param most - accounts that are told of in one go; the rest is found by the next sweep
 */
export async function overdueAccounts(
  book: Book,
  asOf: string,
  most: number,
): Promise<readonly OverdueAccount[]> {
  const accounts: OverdueAccount[] = [];
  for (let after = ''; accounts.length < most; ) {
    const customers = await overdueCustomers(book, asOf, after);
    for (const customerId of customers) {
      accounts.push(...(await accountsOf(book, customerId, asOf)));
    }
    if (customers.length < PAGE) break;
    after = customers.at(-1) ?? '';
  }
  return accounts.slice(0, most);
}

/** Customers with an invoice that is open after its due date, by id. Which currency it is in is sealed. */
async function overdueCustomers(
  { tx }: Book,
  asOf: string,
  after: string,
): Promise<readonly string[]> {
  const { rows } = await tx.execute(sql`
    select distinct i.customer_id as "customerId" from invoices i
      where i.state in ('open', 'partly-paid') and i.due_date < ${asOf} and i.customer_id > ${after}
        and i.revision = (select max(revision) from invoices l where l.invoice_id = i.invoice_id)
      order by 1 limit ${PAGE}`);
  return rows.map((row) => String(row.customerId));
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
    .filter((currency) => holdOf(cases, ledger, currency) === null)
    .map((currency) => ({ customerId, currency }));
}
