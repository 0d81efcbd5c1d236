/** `hold.release`: ends a legal hold. Who waits for it hears of it by the message `hold.released`. */
import * as z from 'zod';
import { lockHolds } from '../store/erasure/index.js';
import { LEGAL_HOLD } from '../store/index.js';
import { final } from './failures.js';
import { once, sideEffect } from './side-effect.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  holdId: z.string().min(1),
  releasedBy: z.string().min(1),
});

/** → `{releasedAt}`; one that is released stays as it is. Errors: `HOLD_UNKNOWN`. */
export const holdRelease = sideEffect({
  type: 'hold.release',
  describes: {
    title: 'Release legal hold',
    says: 'Ends a legal hold.',
    output: { releasedAt: 'since when' },
  },
  input: INPUT,
  run: ({ customerId, holdId, releasedBy }, job, deps) =>
    once(deps, job, 'hold.release', { customerId, holdId }, async (tx) => {
      await lockHolds(tx, customerId);
      const table = deps.record.within(tx).table(LEGAL_HOLD);
      const hold = await table.get(holdId);
      if (hold?.customerId !== customerId || hold.isErased) {
        throw final('HOLD_UNKNOWN', { hold: holdId, customer: customerId });
      }
      if (hold.releasedAt !== null) return { releasedAt: hold.releasedAt };
      const releasedAt = new Date(deps.now()).toISOString();
      await table.change([holdId], hold.version, { releasedBy, releasedAt });
      return { releasedAt };
    }),
});
