/** `identity.verify`: whether somebody gave the code that was mailed, in time. */
import * as z from 'zod';
import { areEqual, markOf } from './identity/code.js';
import { sideEffect } from './side-effect.js';

const INPUT = z.object({
  subject: z.string().min(1),
  challenge: z.object({ mark: z.string(), expiresAt: z.string() }),
  code: z.string().max(100),
});

/** `identity.verify`: → `{isProven}`. Spaces and hyphens in the code do not count. */
export const identityVerify = sideEffect({
  type: 'identity.verify',
  describes: {
    title: 'Verify identity',
    says: 'Compares the code that somebody gave.',
    output: { isProven: 'whether it is the one that was sent' },
  },
  input: INPUT,
  run: async ({ subject, challenge, code }, _job, deps) => {
    const mark = await markOf(deps.fingerprint, subject, code.replace(/[\s-]/g, ''));
    const isInTime = deps.now() <= Date.parse(challenge.expiresAt);
    return { isProven: areEqual(mark, challenge.mark) && isInTime };
  },
});
