/** `promise.settle`: looks what became of a promise to pay. */
import * as z from 'zod';
import { settlePromise } from '../store/ledger/index.js';
import { post } from './ledger/posting.js';
import { sideEffect } from './side-effect.js';

const INPUT = z.object({ promiseId: z.string().min(1) });

/** `promise.settle`: `{promiseId}` → `{promiseResult}`: `kept`, `partly` or `broken`. */
export const promiseSettle = sideEffect({
  type: 'promise.settle',
  describes: {
    title: 'Settle promise to pay',
    says: 'Looks what became of a promise.',
    output: { promiseResult: 'kept, partly or broken' },
  },
  input: INPUT,
  run: async ({ promiseId }, job, deps) => ({
    promiseResult: await post(deps, job, 'promise.settle', { promiseId }, (book) =>
      settlePromise(book, promiseId),
    ),
  }),
});
