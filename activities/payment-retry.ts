/** `payment.retry`: asks the payment provider to charge the card on file again; whether it was paid comes as a payment. */
import * as z from 'zod';
import { requestOnce } from './http/request-once.js';
import { ACCOUNT } from './ledger/posting.js';
import { sideEffect } from './side-effect.js';

const INPUT = ACCOUNT.extend({
  amountMinor: z.number().int().positive(),
  /** Where the provider takes it; empty: there is no provider. */
  url: z.string().max(2_000).default(''),
});

/** Statuses by which it says that there is no card, or that the card was refused. */
const REFUSED: readonly number[] = [402, 404, 409, 422];

/**
 * `payment.retry`: `{customerId, currency, amountMinor, url}` → `{retry}`: `asked`, `refused`, or `none` without a
 * provider. The provider takes one `Idempotency-Key` once. Errors: those of `http-request`.
 */
export const paymentRetry = sideEffect({
  type: 'payment.retry',
  describes: {
    title: 'Retry payment',
    says: 'Asks the provider to charge the card on file again.',
    output: { retry: 'asked, refused or none' },
  },
  input: INPUT,
  run: async ({ customerId, currency, amountMinor, url }, job, { effects, egress }) => {
    if (url === '') return { retry: 'none' };
    const answer = await requestOnce({ effects, egress }, job, {
      ...{ url, method: 'POST', isRepeatable: true },
      headers: { 'content-type': 'application/json', 'idempotency-key': job.effectKey },
      body: JSON.stringify({ customerId, amount: { minor: amountMinor, currency } }),
      accepts: (status) => (status >= 200 && status < 300) || REFUSED.includes(status),
    });
    return { retry: REFUSED.includes(answer.status) ? 'refused' : 'asked' };
  },
});
