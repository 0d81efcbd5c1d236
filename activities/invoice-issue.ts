/** `invoice.issue`: bills a customer, under the next number of the deployment; numbers have no gaps. */
import * as z from 'zod';
import { INVOICE } from '../store/index.js';
import { issueInvoice } from '../store/ledger/index.js';
import { CURRENCY, DAY, post } from './ledger/posting.js';
import { sideEffect } from './side-effect.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  /** Tax included. */
  amount: z.object({
    minor: z.number().int().nonnegative(),
    currency: CURRENCY,
  }),
  /** Tax in it. */
  taxMinor: z.number().int().nonnegative().default(0),
  dueDate: DAY,
  slipRef: z.string().max(200).nullish(),
});

/**
 * `invoice.issue`: `{customerId, amount, taxMinor?, dueDate, slipRef?}` → `{invoiceId, invoiceNumber}`. One of nothing
 * is paid at once. Errors: `CUSTOMER_UNKNOWN`.
 */
export const invoiceIssue = sideEffect({
  type: 'invoice.issue',
  describes: {
    title: 'Issue invoice',
    says: 'Bills a customer under the next number.',
    output: { invoiceId: 'the invoice', invoiceNumber: 'its number' },
  },
  input: INPUT,
  run: async ({ customerId, amount, taxMinor, dueDate, slipRef }, job, deps) => {
    const { minor, currency } = amount;
    const request = { customerId, dueDate };
    const invoiceId = await post(deps, job, 'invoice.issue', request, async (book) => {
      const invoice = { customerId, amountMinor: minor, taxMinor, currency, dueDate };
      const issued = await issueInvoice(book, { ...invoice, slipRef: slipRef ?? null });
      return issued.invoiceId;
    });
    const row = await deps.record.table(INVOICE).get(invoiceId, 1);
    return { invoiceId, invoiceNumber: row && !row.isErased ? row.number : '' };
  },
});
