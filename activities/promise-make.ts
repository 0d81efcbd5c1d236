/** `promise.make`: notes a promise to pay; from then on nothing is demanded until it is settled. */
import * as z from 'zod';
import { makePromise } from '../store/ledger/index.js';
import { ACCOUNT, DAY, post } from './ledger/posting.js';
import { sideEffect } from './side-effect.js';

const INPUT = ACCOUNT.extend({
  caseId: z.string().min(1),
  amountMinor: z.number().int().positive(),
  date: DAY,
});

/** `promise.make`: `{customerId, currency, caseId, amountMinor, date}` → `{promiseId}`. */
export const promiseMake = sideEffect({
  type: 'promise.make',
  describes: {
    title: 'Note promise to pay',
    says: 'Notes a promise; nothing is demanded until it is settled.',
    output: { promiseId: 'the promise' },
  },
  input: INPUT,
  run: async (promise, job, deps) => ({
    promiseId: await post(deps, job, 'promise.make', { caseId: promise.caseId }, (book) =>
      makePromise(book, promise),
    ),
  }),
});
