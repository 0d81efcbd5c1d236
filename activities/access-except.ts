/** `access.except`: an access may stay for a while, because somebody signed for it. It is kept as evidence. */
import * as z from 'zod';
import { grantIdsOf } from './access/batches.js';
import { ITEM } from './access/inputs.js';
import { addEvidence } from './access/record.js';
import { addByHand } from './access-verify.js';
import { once, sideEffect } from './side-effect.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  item: ITEM,
  exception: z.object({
    reason: z.string().min(1).max(5000),
    signedBy: z.string().min(1).max(320),
    expiresAt: z.string().min(1).max(100),
  }),
});

/** `access.except`: `{customerId, item, exception}` → `{signed: {grantId, system, evidenceId, hash, signedAt}}`. */
export const accessExcept = sideEffect({
  type: 'access.except',
  describes: {
    title: 'Sign an exception',
    says: 'Keeps as evidence that an access may stay for a while.',
    output: { signed: 'the exception with its evidence' },
  },
  input: INPUT,
  run: async ({ customerId, item, exception }, job, deps) => {
    const { signedBy, expiresAt } = exception;
    const request = { grantId: item.grantId, signedBy, expiresAt };
    const signed = await once(deps, job, 'access.except', request, async (tx) => {
      const record = deps.record.within(tx);
      const { system } = item;
      const known = await grantIdsOf(record, customerId, item);
      const grantIds =
        known.length > 0 ? known : [await addByHand(record, customerId, item, deps.now())];
      let kept = { evidenceId: '', hash: '', at: '' };
      for (const grantId of grantIds) {
        const evidence = { customerId, grantId, system, step: 'excepted' as const };
        const whole = { ...evidence, result: 'excepted', doneBy: signedBy, content: exception };
        kept = await addEvidence(record, whole, deps.now());
      }
      const { evidenceId, hash, at } = kept;
      const grantId = grantIds[0] ?? null;
      return { grantId, system, evidenceId, hash, signedAt: at };
    });
    return { signed };
  },
});
