/** `dispute.open`: notes that a customer disputes an invoice; from then on nothing is demanded for it. */
import * as z from 'zod';
import { openDispute } from '../store/ledger/index.js';
import { post } from './ledger/posting.js';
import { sideEffect } from './side-effect.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  invoiceId: z.string().min(1),
  ticketId: z.string().min(1).nullish(),
  reason: z.string().max(5_000).nullish(),
});

/** `dispute.open`: `{customerId, invoiceId, ticketId?, reason?}` → `{disputeId}`; null: there is no such invoice. */
export const disputeOpen = sideEffect({
  type: 'dispute.open',
  describes: {
    title: 'Open dispute',
    says: 'Notes that a customer disputes an invoice; nothing is demanded for it.',
    output: { disputeId: 'the dispute; null: there is no such invoice' },
  },
  input: INPUT,
  run: async ({ customerId, invoiceId, ticketId, reason }, job, deps) => ({
    disputeId: await post(deps, job, 'dispute.open', { customerId, invoiceId }, (book) =>
      openDispute(book, {
        ...{ customerId, invoiceId, ticketId: ticketId ?? null, reason: reason ?? null },
      }),
    ),
  }),
});
