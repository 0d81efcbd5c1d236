/** `erase.settle`: an erasure stops before its end, blocked by holds or cancelled. One that is certified stays so. */
import * as z from 'zod';
import { requestsIn } from '../store/erasure/index.js';
import { changeRequest, fail, SUBJECT, subjectOf } from './erasure/subject.js';
import { once, sideEffect } from './side-effect.js';

const INPUT = SUBJECT.extend({
  state: z.enum(['blocked', 'cancelled']),
  holdIds: z.array(z.string()).nullish(),
});

/** → `{state}`; requests that joined it settle with it. Errors: `ERASURE_STATE`. */
export const eraseSettle = sideEffect({
  type: 'erase.settle',
  input: INPUT,
  run: ({ state, holdIds, ...of }, job, deps) =>
    once(deps, job, 'erase.settle', { ...of, state }, async (tx) => {
      const record = deps.record.within(tx);
      const { request, customerId, requestId } = await subjectOf(record, of);
      if (request.state !== 'open') {
        throw fail('ERASURE_STATE', { request: requestId, wanted: 'open', state: request.state });
      }
      const blockedBy = state === 'blocked' ? [...(holdIds ?? [])] : null;
      await changeRequest(record, requestId, { state, blockedBy });
      for (const joined of await requestsIn(tx, 'joined', customerId)) {
        if (joined.joinedTo !== requestId) continue;
        // Of those that are blocked one begins again, and the others with it.
        const settled = state === 'blocked' ? 'cancelled' : state;
        await changeRequest(record, joined.requestId, { state: settled });
      }
      return { state };
    }),
});
