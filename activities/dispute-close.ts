/** `dispute.close`: ends a dispute; after a rejected one the invoice is as old as it was when it began. */
import * as z from 'zod';
import { closeDispute } from '../store/ledger/index.js';
import { post } from './ledger/posting.js';
import { sideEffect } from './side-effect.js';

const INPUT = z.object({
  disputeId: z.string().min(1),
  result: z.enum(['accepted', 'rejected']),
  creditedMinor: z.number().int().nonnegative().default(0),
});

/** `dispute.close`: `{disputeId, result, creditedMinor?}` → `{}`. */
export const disputeClose = sideEffect({
  type: 'dispute.close',
  describes: {
    title: 'Close dispute',
    says: 'Ends a dispute of an invoice.',
    output: {},
  },
  input: INPUT,
  run: async ({ disputeId, result, creditedMinor }, job, deps) => {
    await post(deps, job, 'dispute.close', { disputeId }, async (book) => {
      await closeDispute(book, disputeId, { result, creditedMinor });
      return null;
    });
    return {};
  },
});
