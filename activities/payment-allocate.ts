/** `payment.allocate`: gives what is left of a payment to the invoice that a person names. */
import * as z from 'zod';
import { allocateRest } from '../store/ledger/index.js';
import { postMoney } from './ledger/payment.js';
import { sideEffect } from './side-effect.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  ledgerPaymentId: z.string().min(1),
  /** Its id or its number. */
  invoiceId: z.string().min(1),
});

/** `payment.allocate`: `{customerId, ledgerPaymentId, invoiceId}` → `{posting}`. */
export const paymentAllocate = sideEffect({
  type: 'payment.allocate',
  describes: {
    title: 'Allocate payment',
    says: 'Gives what is left of a payment to an invoice.',
    output: { posting: 'what came of it' },
  },
  input: INPUT,
  run: ({ customerId, ledgerPaymentId, invoiceId }, job, deps) =>
    postMoney(deps, job, { kind: 'payment.allocate', ledgerPaymentId }, (book) =>
      allocateRest(book, customerId, ledgerPaymentId, invoiceId),
    ),
});
