/** `erase.status`: how far a request is; of one that joined another, how far that one is. */
import { ERASURE_REQUEST } from '../store/index.js';
import { SUBJECT } from './erasure/subject.js';
import { final } from './failures.js';
import { sideEffect } from './side-effect.js';

/** → `{state, certificateId}`. Errors: `ERASURE_REQUEST_UNKNOWN`. */
export const eraseStatus = sideEffect({
  type: 'erase.status',
  describes: {
    title: 'Read erasure',
    says: 'Tells how far a request is.',
    output: { state: 'how it stands', certificateId: 'the certificate, where there is one' },
  },
  input: SUBJECT,
  run: async ({ customerId, requestId }, _job, { record }) => {
    const table = record.table(ERASURE_REQUEST);
    const own = await table.get(requestId);
    if (own?.customerId !== customerId)
      throw final('ERASURE_REQUEST_UNKNOWN', { request: requestId });
    const found = own.joinedTo === null ? own : await table.get(own.joinedTo);
    return { state: found?.state ?? own.state, certificateId: found?.certificateId ?? null };
  },
});
