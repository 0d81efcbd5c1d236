/** `erase.settle`: an erasure stops before its end, blocked by holds or cancelled. One that is certified stays so. */
import * as z from 'zod';
import { requestsIn } from '../store/erasure/index.js';
import { changeRequest, requestOf, SUBJECT } from './erasure/subject.js';
import { final } from './failures.js';
import { once, sideEffect } from './side-effect.js';

const INPUT = SUBJECT.extend({
  state: z.enum(['blocked', 'cancelled']),
  holdIds: z.array(z.string()).nullish(),
});

/** → `{state}`; requests that joined it are cancelled with it. Errors: `ERASURE_STATE`. */
export const eraseSettle = sideEffect({
  type: 'erase.settle',
  describes: {
    title: 'Settle erasure',
    says: 'Notes that an erasure stops before its end.',
    output: { state: 'how it stands' },
  },
  input: INPUT,
  run: ({ state, holdIds, ...of }, job, deps) =>
    once(deps, job, 'erase.settle', { ...of, state }, async (tx) => {
      const record = deps.record.within(tx);
      const { customerId, requestId } = of;
      const request = await requestOf(record, of);
      if (request.state !== 'open') {
        throw final('ERASURE_STATE', { request: requestId, wanted: 'open', state: request.state });
      }
      const blockedBy = state === 'blocked' ? [...(holdIds ?? [])] : null;
      await changeRequest(record, requestId, { state, blockedBy });
      // Those that joined a blocked one go on waiting: it begins again, and they are certified with it.
      const joined = state === 'blocked' ? [] : await requestsIn(tx, 'joined', customerId);
      for (const one of joined.filter(({ joinedTo }) => joinedTo === requestId)) {
        await changeRequest(record, one.requestId, { state });
      }
      return { state };
    }),
});
