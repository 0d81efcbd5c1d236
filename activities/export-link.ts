/**
 * `export.link`: mails the link by which one person fetches a package. Its token is in the mail alone: of it only the
 * hash is kept. Sent again, the link before is dead. A mail of unknown outcome is sent again: of two links the later
 * one works.
 */
import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { JobInput } from '../contracts/job.js';
import { armTimer } from '../engine/triggers/timer/index.js';
import { EXPORT, type Queryable } from '../store/index.js';
import { replaceExportLink } from '../store/registry/index.js';
import { exportOf } from './export/exports.js';
import { takesNoMail } from './mail/reach.js';
import { sendJobMail } from './mail-send.js';
import { bpmnError, CONTACT, type SideEffectDeps, sideEffect } from './side-effect.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  exportId: z.string().min(1),
  legalName: z.string(),
  recipient: CONTACT,
  settings: z.object({
    linkLifetime: z.string(),
    mostDownloads: z.number().int().positive(),
  }),
  locale: z.string().default('en'),
  linksSent: z.number().int().nonnegative().default(0),
});

type Input = z.infer<typeof INPUT>;

/** BPMN error of an address that takes no mail. */
export const CONTACT_UNREACHABLE = 'CONTACT_UNREACHABLE';

/**
 * `export.link`: → `{linkSentAt, linkExpiresAt}`; life and downloads are those of `settings`.
 * Errors: `CONTACT_UNREACHABLE` (BPMN) when its address takes no mail; `EXPORT_UNKNOWN`, for good; those of mail.
 */
export const exportLink = sideEffect({
  type: 'export.link',
  describes: {
    title: 'Send link to an export',
    says: 'Mails the link by which one person fetches a package; the one before is dead.',
    output: { linkSentAt: 'when the mail went', linkExpiresAt: 'until when the link works' },
    sendsMail: true,
  },
  input: INPUT,
  run: async (input, job, deps) => {
    const { recipient, locale } = input;
    const { sentAt } = await sendJobMail(deps, job, {
      recipient,
      locale,
      data: { legalName: input.legalName, mostDownloads: input.settings.mostDownloads },
      whenUnknown: 'resend',
      prepare: () => makeLink(input, job, deps),
    }).catch((error: unknown) => {
      throw takesNoMail(error)
        ? bpmnError(CONTACT_UNREACHABLE, 'Its address takes no mail.')
        : error;
    });
    return { linkSentAt: sentAt, linkExpiresAt: expiryOf(input, Date.parse(sentAt)) };
  },
});

async function makeLink(input: Input, job: JobInput, deps: SideEffectDeps) {
  const { customerId, exportId } = input;
  const token = randomBytes(32).toString('base64url');
  const tokenHash = createHash('sha256').update(token).digest('hex');
  const expiresAt = expiryOf(input, deps.now());
  // Each token is an effect of its own: a mail that is sent again brings another one.
  const key = `${job.effectKey}.link.${tokenHash.slice(0, 16)}`;
  const replace = async (tx: Queryable) => {
    const tables = deps.record.within(tx);
    const found = await exportOf(tables, customerId, exportId);
    const { mostDownloads } = input.settings;
    await replaceExportLink(tx, { tokenHash, exportId, customerId, expiresAt, mostDownloads });
    await tables.table(EXPORT).change([exportId], found.version, { linkExpiresAt: expiresAt });
    return {
      rows: found.rows ?? 0,
      bytes: found.bytes ?? 0,
      manifestSha256: found.manifestSha256 ?? '',
      isPartial: JSON.stringify(found.systems).includes('"partial"'),
    };
  };
  const { effects } = deps;
  const row = await effects.runOnce(key, 'export.link', tokenHash, replace, job.customerKeyId);
  const url = `${deps.publicUrl}/export#${token}`;
  return { ...row, url, expiresAt, isAgain: input.linksSent > 0 };
}

function expiryOf({ settings }: Input, fromMs: number): string {
  const at = new Date(fromMs).toISOString();
  const armed = armTimer('duration', settings.linkLifetime, { at, zone: 'UTC' });
  if (!armed.ok) throw new Error(armed.fault.message);
  return armed.series.dueAt;
}
