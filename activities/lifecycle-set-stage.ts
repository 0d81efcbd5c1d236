/** `lifecycle.set-stage`: writes the stage of a customer's life into the record, and tells the one before. */
import * as z from 'zod';
import { CUSTOMER } from '../store/index.js';
import { once, sideEffect } from './side-effect.js';

const INPUT = z.object({ customerId: z.string().min(1), stage: z.string().min(1).max(60) });

/** `lifecycle.set-stage`: `{customerId, stage}` → `{stage, stageBefore}`. An erased or unknown customer has none: null. */
export const lifecycleSetStage = sideEffect({
  type: 'lifecycle.set-stage',
  describes: {
    title: 'Set stage',
    says: 'Writes the stage of a customer’s life into the record.',
    output: { stage: 'the stage', stageBefore: 'the one before' },
  },
  input: INPUT,
  run: ({ customerId, stage }, job, deps) =>
    once(deps, job, 'lifecycle.set-stage', { customerId, stage }, async (tx) => {
      const table = deps.record.within(tx).table(CUSTOMER);
      const found = await table.get(customerId);
      if (!found || found.isErased) return { stage: null, stageBefore: null };
      if (found.stage !== stage) await table.change([customerId], found.version, { stage });
      return { stage, stageBefore: found.stage };
    }),
});
