/** `payment.record`: posts money that came in, once by what the provider calls it. */
import * as z from 'zod';
import { postPayment } from '../store/ledger/index.js';
import { markOf, postMoney } from './ledger/payment.js';
import { CURRENCY } from './ledger/posting.js';
import { sideEffect } from './side-effect.js';

const INPUT = z.object({
  /** As the provider calls it. */
  paymentId: z.string().min(1).max(200),
  customerId: z.string().min(1).nullish(),
  amount: z.object({ minor: z.number().int().positive(), currency: CURRENCY }),
  /** Id or number of the invoice that the payer names. */
  invoiceId: z.string().min(1).nullish(),
  method: z.string().max(100).nullish(),
  at: z.string().nullish(),
});

/**
 * `payment.record`: `{paymentId, customerId?, amount, invoiceId?, method?, at?}` → `{posting}`. Without a customer, or of
 * one that nobody knows, its `result` is `customer-unknown`; told again it is `known`.
 */
export const paymentRecord = sideEffect({
  type: 'payment.record',
  describes: {
    title: 'Record payment',
    says: 'Posts money that came in, once.',
    output: { posting: 'what came of it' },
  },
  input: INPUT,
  run: async (input, job, deps) => {
    const { paymentId, customerId, amount, invoiceId, method, at } = input;
    const mark = await markOf(deps, paymentId);
    const received = at == null ? deps.now() : Date.parse(at);
    const payment = {
      ...{ mark, providerPaymentId: paymentId, customerId: customerId ?? '' },
      ...{ amountMinor: amount.minor, currency: amount.currency, method: method ?? 'unknown' },
      receivedAt: new Date(Number.isNaN(received) ? deps.now() : received).toISOString(),
      invoice: invoiceId ?? null,
    };
    return postMoney(deps, job, { kind: 'payment.record', mark }, (book) =>
      postPayment(book, payment),
    );
  },
});
