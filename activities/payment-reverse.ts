/** `payment.reverse`: takes a payment back, because the provider did; the invoices that it paid are owed again. */
import * as z from 'zod';
import { reversePayment } from '../store/ledger/index.js';
import { markOf, postMoney } from './ledger/payment.js';
import { sideEffect } from './side-effect.js';

const INPUT = z.object({ paymentId: z.string().min(1).max(200) });

/** `payment.reverse`: `{paymentId}` → `{posting}`; `result` is `payment-unknown` of one that never came. */
export const paymentReverse = sideEffect({
  type: 'payment.reverse',
  describes: {
    title: 'Reverse payment',
    says: 'Takes a payment back, because the provider did.',
    output: { posting: 'what came of it' },
  },
  input: INPUT,
  run: async ({ paymentId }, job, deps) => {
    const mark = await markOf(deps, paymentId);
    return postMoney(deps, job, { kind: 'payment.reverse', mark }, (book) =>
      reversePayment(book, mark),
    );
  },
});
