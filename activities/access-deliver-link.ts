/**
 * `access.deliver-link`: mails a link that lets its reader in once, never a password. Its token is in the mail alone:
 * of it only the hash is kept, and neither variables nor histories see it. Delivered again, the link before is dead.
 * A mail of unknown outcome is sent again: two links, of which the later one works, are better than none.
 */
import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { JobInput } from '../contracts/job.js';
import { armTimer } from '../engine/triggers/timer/index.js';
import type { Queryable } from '../store/index.js';
import { replaceLink } from '../store/registry/index.js';
import { sendJobMail } from './mail-send.js';
import { PLACE } from './provisioning/make.js';
import { CONTACT, type SideEffectDeps, sideEffect } from './side-effect.js';

const INPUT = PLACE.extend({
  legalName: z.string(),
  adminContact: CONTACT.required({ contactId: true }),
  settings: z.object({ linkLifetime: z.string() }),
  locale: z.string().default('en'),
});

type Input = z.infer<typeof INPUT>;

/** `access.deliver-link`: → `{linkSentAt, linkExpiresAt}`; its life is `settings.linkLifetime`, ISO 8601. */
export const accessDeliverLink = sideEffect({
  type: 'access.deliver-link',
  describes: {
    title: 'Deliver access link',
    says: 'Mails a link that lets its reader in once; the one before is dead.',
    output: { linkSentAt: 'when the mail went', linkExpiresAt: 'until when the link lets in' },
    sendsMail: true,
  },
  input: INPUT,
  run: async (input, job, deps) => {
    const { adminContact, locale, legalName } = input;
    const { sentAt } = await sendJobMail(deps, job, {
      recipient: adminContact,
      locale,
      data: { legalName },
      whenUnknown: 'resend',
      prepare: () => makeLink(input, job, deps),
    });
    return { linkSentAt: sentAt, linkExpiresAt: expiryOf(input, Date.parse(sentAt)) };
  },
});

async function makeLink(input: Input, job: JobInput, deps: SideEffectDeps) {
  const { customerId, attempt, adminContact } = input;
  const token = randomBytes(32).toString('base64url');
  const tokenHash = createHash('sha256').update(token).digest('hex');
  const expiresAt = expiryOf(input, deps.now());
  const { contactId } = adminContact;
  const link = { tokenHash, customerId, contactId, attempt, expiresAt };
  // each token is an effect of its own: a mail that is sent again brings another one
  const key = `${job.effectKey}.link.${tokenHash.slice(0, 16)}`;
  const replace = async (tx: Queryable): Promise<null> => {
    await replaceLink(tx, link);
    return null;
  };
  await deps.effects.runOnce(key, 'access.link', tokenHash, replace, job.customerKeyId);
  return { url: `${deps.publicUrl}/access#${token}`, expiresAt };
}

function expiryOf({ settings }: Input, fromMs: number): string {
  const at = new Date(fromMs).toISOString();
  const armed = armTimer('duration', settings.linkLifetime, { at, zone: 'UTC' });
  if (!armed.ok) throw new Error(armed.fault.message);
  return armed.series.dueAt;
}
