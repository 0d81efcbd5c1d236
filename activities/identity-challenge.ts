/**
 * `identity.challenge`: mails a one-time code to a registered contact, whose answer proves that it is that person who
 * asks. The code is in the mail alone.
 */
import * as z from 'zod';
import { armTimer } from '../engine/triggers/timer/index.js';
import { codeOf, markOf } from './identity/code.js';
import { sendJobMail } from './mail-send.js';
import { CONTACT, sideEffect } from './side-effect.js';

const INPUT = z.object({
  /** What the code is good for; another one has other codes. */
  subject: z.string().min(1),
  recipient: CONTACT,
  legalName: z.string(),
  settings: z.object({ codeLifetime: z.string() }),
  locale: z.string().default('en'),
});

/** `identity.challenge`: → `{challenge: {mark, expiresAt}}`; its life is `settings.codeLifetime`. Errors: those of mail. */
export const identityChallenge = sideEffect({
  type: 'identity.challenge',
  describes: {
    title: 'Challenge identity',
    says: 'Sends a code by which somebody proves who they are.',
    output: { challenge: 'mark of the code' },
    sendsMail: true,
  },
  input: INPUT,
  run: async ({ subject, recipient, legalName, settings, locale }, job, deps) => {
    const code = await codeOf(deps.fingerprint, job.effectKey);
    const { sentAt } = await sendJobMail(deps, job, {
      recipient,
      locale,
      data: { legalName, requestReference: subject },
      whenUnknown: 'resend',
      prepare: async () => ({ code }),
    });
    const armed = armTimer('duration', settings.codeLifetime, { at: sentAt, zone: 'UTC' });
    if (!armed.ok) throw new Error(armed.fault.message);
    const mark = await markOf(deps.fingerprint, subject, code);
    return { challenge: { mark, expiresAt: armed.series.dueAt } };
  },
});
