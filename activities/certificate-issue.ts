/** `certificate.issue`: a certificate that a contact has passed a programme, with an id by which anybody may verify it. */
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { addMonths, dayOf } from '../contracts/days.js';
import { TRAINING_CERTIFICATE } from '../store/index.js';
import { newId } from './identifiers.js';
import { once, sideEffect } from './side-effect.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  contactId: z.string().min(1),
  programId: z.string().min(1).max(100),
  holder: z.string().min(1).max(200),
  score: z.number().min(0).max(100).nullish(),
  validMonths: z.number().int().min(1).max(600),
});

/** `certificate.issue`: → `{certificateId, verificationId, issuedAt, expiresAt}`; it holds through its last day. */
export const certificateIssue = sideEffect({
  type: 'certificate.issue',
  describes: {
    title: 'Issue certificate',
    says: 'Certifies that a contact has passed a programme.',
    output: {
      certificateId: 'the certificate',
      verificationId: 'what anybody verifies it by',
      issuedAt: 'when',
      expiresAt: 'its last day',
    },
  },
  input: INPUT,
  run: ({ customerId, contactId, programId, holder, score, validMonths }, job, deps) =>
    once(deps, job, 'certificate.issue', { contactId, programId }, async (tx) => {
      const certificateId = newId(deps.now());
      const verificationId = verification();
      const issuedAt = new Date(deps.now()).toISOString();
      const expiresAt = addMonths(dayOf(deps.now()), validMonths);
      await deps.record
        .within(tx)
        .table(TRAINING_CERTIFICATE)
        .add([
          {
            ...{ certificateId, customerId, contactId, programId, issuedAt, expiresAt },
            ...{ state: 'valid' as const, verificationId, holder },
            score: score === null || score === undefined ? null : Math.round(score),
          },
        ]);
      return { certificateId, verificationId, issuedAt, expiresAt };
    }),
});

/** Letters and digits that are not mistaken for each other, in groups: 80 bits. */
function verification(): string {
  const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
  const text = Array.from(randomBytes(16), (byte) => LETTERS[byte % 32]).join('');
  return text.replace(/(.{4})(?=.)/g, '$1-');
}
