/**
 * `invoice.final`: bills what is left of the last period of a customer who leaves, day by day, one invoice a currency.
 * A period that was billed at its beginning is not billed again; what is to be given back a person decides. Amounts
 * stay in the record: what is told are ids, and in which currencies something is owed.
 */
import * as z from 'zod';
import { addDays, dayIn, daysBetween } from '../contracts/days.js';
import { CUSTOMER, SUBSCRIPTION } from '../store/index.js';
import {
  invoicesOf,
  isOpen,
  issueInvoice,
  type LedgerRows,
  lockLedger,
  readLedger,
} from '../store/ledger/index.js';
import { periodAround, type Subscription } from './leaving/terms.js';
import { DAY, post, unknownCustomer } from './ledger/posting.js';
import { sideEffect } from './side-effect.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  /** Last day of the service. */
  until: DAY,
  /** Days to pay. */
  dueDays: z.number().int().min(0).max(365).default(14),
});

/** A period may be billed so long before it begins. */
const BILLED_BEFORE_DAYS = 10;

/**
 * `invoice.final`: `{customerId, until, dueDays?}` → `{invoiceIds, openCurrencies}`. Errors: `CUSTOMER_UNKNOWN`.
 */
export const invoiceFinal = sideEffect({
  type: 'invoice.final',
  describes: {
    title: 'Issue final invoice',
    says: 'Bills what is left of the last period, day by day, and tells in which currencies something is owed.',
    output: {
      invoiceIds: 'the invoices that were issued',
      openCurrencies: 'currencies in which something is owed',
    },
  },
  input: INPUT,
  run: async ({ customerId, until, dueDays }, job, deps) => {
    const done = await post(deps, job, 'invoice.final', { customerId, until }, async (book) => {
      // nobody else bills the same period meanwhile
      await lockLedger(book, customerId);
      const customer = await book.record.table(CUSTOMER).get(customerId);
      if (!customer || customer.isErased) throw unknownCustomer(customerId);
      const all = await book.record.table(SUBSCRIPTION).of([customerId]);
      const active = all.filter(
        (one): one is Subscription & typeof one => !one.isErased && one.state === 'active',
      );
      const dueDate = addDays(dayIn(deps.now(), customer.tz), dueDays);
      const invoiceIds: string[] = [];
      const rows = await readLedger(book.record, customerId);
      for (const [currency, amountMinor] of owedBy(active, rows, until)) {
        const invoice = { customerId, amountMinor, taxMinor: 0, currency, dueDate, slipRef: null };
        invoiceIds.push((await issueInvoice(book, invoice)).invoiceId);
      }
      return { invoiceIds };
    });
    const rows = await readLedger(deps.record, customerId);
    return { ...done, openCurrencies: [...openCurrencies(rows)] };
  },
});

/** What the running period comes to until the last day, by currency; nothing where it was billed already. */
function owedBy(
  active: readonly Subscription[],
  rows: LedgerRows,
  until: string,
): ReadonlyMap<string, number> {
  const owed = new Map<string, number>();
  for (const subscription of active) {
    const { startsAt, period, currency, priceMinor, discountPct } = subscription;
    if (until < startsAt) continue;
    const [from, next] = periodAround(startsAt, period, until);
    const billedFrom = addDays(from, -BILLED_BEFORE_DAYS);
    const isBilled = invoicesOf(rows).some(
      (one) => one.currency === currency && one.issuedAt.slice(0, 10) >= billedFrom,
    );
    if (isBilled) continue;
    const share = (daysBetween(from, until) + 1) / daysBetween(from, next);
    const minor = Math.round(((priceMinor * (100 - discountPct)) / 100) * share);
    if (minor > 0) owed.set(currency, (owed.get(currency) ?? 0) + minor);
  }
  return owed;
}

function openCurrencies(rows: LedgerRows): ReadonlySet<string> {
  const open = invoicesOf(rows).filter((one) => isOpen(one) && one.balanceMinor > 0);
  return new Set(open.map(({ currency }) => currency).toSorted());
}
