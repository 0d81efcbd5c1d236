/** `writeoff.post`: gives up a debt that people approved: never more, and nothing that was paid meanwhile. */
import * as z from 'zod';
import { WRITE_OFF } from '../store/index.js';
import { writeOff } from '../store/ledger/index.js';
import { ACCOUNT, DAY, post } from './ledger/posting.js';
import { sideEffect } from './side-effect.js';

const INPUT = ACCOUNT.extend({
  caseId: z.string().min(1),
  asOf: DAY,
  mostMinor: z.number().int().nonnegative(),
  reason: z.string().min(1).max(5_000),
  approvers: z.array(z.string().nullable()).default([]),
  hasTaxRelief: z.boolean().default(false),
});

/** `writeoff.post`: `{customerId, currency, caseId, asOf, mostMinor, reason, approvers, hasTaxRelief?}` → `{writtenOff}`. */
export const writeoffPost = sideEffect({
  type: 'writeoff.post',
  describes: {
    title: 'Post write-off',
    says: 'Gives up a debt that people approved.',
    output: { writtenOff: 'how much, money' },
  },
  input: INPUT,
  run: async ({ approvers, ...input }, job, deps) => {
    const { customerId, currency, caseId } = input;
    const names = approvers.flatMap((one) => (one === null ? [] : [one]));
    await post(deps, job, 'writeoff.post', { caseId }, async (book) => {
      await writeOff(book, { ...input, approvers: names });
      return null;
    });
    const minor = (await deps.record.table(WRITE_OFF).of([customerId]))
      .filter((one) => one.caseId === caseId)
      .reduce((sum, one) => sum + (one.isErased ? 0 : one.amountMinor), 0);
    return { writtenOff: { minor, currency } };
  },
});
