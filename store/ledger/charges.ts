/** What paying late costs by the terms of the contract, invoice by invoice. Class: pure. */
import { daysBetween } from '../../contracts/days.js';
import { type Balance, monthlyCharge, yearlyInterest } from './interest.js';
import { type Invoice, invoicesOf, isOpen, type LedgerRows, paymentsOf } from './statement.js';

/** Terms: so much a year, or a fee and so much for each 30 days. Percentages, as 10 for 10 %. */
export type ChargeTerms =
  | { readonly form: 'yearly'; readonly annualPct: number }
  | { readonly form: 'monthly'; readonly feePct: number; readonly monthPct: number };

/** What an invoice costs on top. */
export interface Charge {
  readonly invoiceId: string;
  readonly number: string;
  readonly days: number;
  readonly chargeMinor: number;
}

/** Charges on what is overdue on a day. What is disputed is reckoned as well: it is owed until it is credited. */
export function chargesOf(
  rows: LedgerRows,
  currency: string,
  asOf: string,
  terms: ChargeTerms,
): readonly Charge[] {
  return invoicesOf(rows)
    .filter((one) => one.currency === currency && isOpen(one) && one.dueDate < asOf)
    .map((invoice) => {
      const { invoiceId, number, dueDate } = invoice;
      const days = daysBetween(dueDate, asOf);
      const balances = balancesOf(rows, invoice);
      const chargeMinor =
        terms.form === 'yearly'
          ? yearlyInterest(balances, asOf, terms.annualPct)
          : monthlyCharge(balances.at(-1)?.principalMinor ?? 0, days, terms);
      return { invoiceId, number, days, chargeMinor };
    });
}

/** The principal from the due date on; each part of a payment lowers it from the day on which it came in. */
function balancesOf(rows: LedgerRows, invoice: Invoice): readonly Balance[] {
  const charged = (invoice.feeMinor ?? 0) + (invoice.interestMinor ?? 0);
  const paid = partsOf(rows, invoice);
  // what is owed today and what was paid of it: credit notes lower it from the first day
  let principalMinor =
    invoice.balanceMinor - charged + paid.reduce((sum, one) => sum + one.minor, 0);
  const balances: Balance[] = [{ from: invoice.dueDate, principalMinor }];
  for (const { day, minor } of paid) {
    principalMinor -= minor;
    const from = day > invoice.dueDate ? day : invoice.dueDate;
    balances.push({ from, principalMinor });
  }
  return balances;
}

function partsOf(
  rows: LedgerRows,
  { invoiceId }: Invoice,
): readonly { readonly day: string; readonly minor: number }[] {
  const days = new Map(paymentsOf(rows).map((one) => [one.paymentId, one.receivedAt.slice(0, 10)]));
  return rows.allocations
    .flatMap((one) => {
      if (one.isErased || one.invoiceId !== invoiceId) return [];
      const day = days.get(one.paymentId) ?? '';
      return [{ day, minor: one.principalMinor ?? one.amountMinor }];
    })
    .sort((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : 0));
}
