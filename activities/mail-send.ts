/**
 * `mail.send` and `notify`: a mail from a template of the package to one person. The header `jornada:mail` names the
 * template, or is FEEL that does; `data` holds its variables. `notify` chooses the channel by consent; mail is the
 * only one there is.
 *
 * The person is given as `recipient`; or by id, and read when the mail goes: `recipientContactId` from the record,
 * `recipientAddressId` from what `address.keep` kept. So a process that may hold nothing personal can write to people.
 * An address that is suppressed gets no mail that nobody is owed: the job completes without one.
 */
import * as z from 'zod';
import type { JobInput } from '../contracts/job.js';
import { evaluate } from '../engine/expressions/index.js';
import type { Json } from '../engine/model/index.js';
import { final } from './failures.js';
import { type CalendarPart, composeMail } from './mail/compose.js';
import { recipientOf } from './mail/recipient.js';
import { type Sent, sendOnce } from './mail/send-once.js';
import { mailClassOf, whySuppressed } from './mail/suppression.js';
import { renderMail } from './mail/template.js';
import {
  CONTACT,
  type Contact,
  invalidJob,
  type SideEffect,
  type SideEffectDeps,
  sideEffect,
} from './side-effect.js';

const INPUT = z.object({
  recipient: CONTACT.nullish(),
  recipientContactId: z.string().min(1).nullish(),
  recipientAddressId: z.string().min(1).nullish(),
  data: z.record(z.string(), z.json()).default({}),
  locale: z.string().default('en'),
});

/** Header that names the template of a mail. */
export const MAIL_HEADER = 'jornada:mail';

/** A mail of a job. */
export interface JobMail {
  readonly recipient: Contact;
  /** Language where the recipient has none. */
  readonly locale: string;
  readonly data: Readonly<Record<string, Json>>;
  readonly whenUnknown: 'ask' | 'resend';
  /** Called once the mail is about to go; its values join the data. */
  readonly prepare?: () => Promise<Readonly<Record<string, Json>>>;
  /** The invitation that goes with it. */
  readonly calendar?: CalendarPart;
}

/** Sends the mail that a job's header names. Errors: those of `sendOnce` and of the template. */
export async function sendJobMail(
  deps: SideEffectDeps,
  job: JobInput,
  mail: JobMail,
): Promise<Sent> {
  const { recipient, data } = mail;
  const template = templateOf(job, deps);
  const lists = await suppressing(deps, job, recipient);
  if (lists.length > 0) {
    throw final('EMAIL_SUPPRESSED', { lists: lists.join(', ') });
  }
  const locale = recipient.locale ?? mail.locale;
  return sendOnce(deps, {
    effectKey: job.effectKey,
    ...{ customerKeyId: job.customerKeyId, instanceId: job.instanceId },
    kind: 'mail',
    to: recipient.mail,
    request: { template, locale },
    whenUnknown: mail.whenUnknown,
    compose: async (key) => {
      const files = await deps.packageFiles(job);
      const prepared = (await mail.prepare?.()) ?? {};
      const { name } = recipient;
      const all = { publicUrl: deps.publicUrl, name, ...data, ...prepared };
      const content = renderMail(files, template, locale, all);
      return composeMail(key, deps.sender, recipient, content, mail.calendar);
    },
  });
}

/** The header may be FEEL, which sees the variables of the job: then a table may choose the mail. */
function templateOf({ headers, variables, elementId }: JobInput, deps: SideEffectDeps): string {
  const header = headers[MAIL_HEADER];
  if (header === undefined) throw invalidJob(elementId, `the header ${MAIL_HEADER} is missing`);
  if (!header.startsWith('=')) return header;
  const scope = { at: new Date(deps.now()).toISOString(), zone: 'UTC', seed: '' };
  const lookup = (name: string) => (Object.hasOwn(variables, name) ? variables[name] : undefined);
  const result = evaluate(header.slice(1), { ...scope, lookup });
  const found = result.ok ? result.value : null;
  if (typeof found === 'string' && /^[\w-]+$/.test(found)) return found;
  // what it came to may be of a person
  throw invalidJob(elementId, `the header ${MAIL_HEADER} names no mail`);
}

/** Lists that keep this mail from this person. */
function suppressing(
  deps: SideEffectDeps,
  job: JobInput,
  { mail }: Contact,
): Promise<readonly string[]> {
  const classOf = async () => mailClassOf(await deps.packageFiles(job), templateOf(job, deps));
  return whySuppressed({ ...deps, reading: deps.erasure.reading }, mail, classOf);
}

async function isOwed(deps: SideEffectDeps, job: JobInput): Promise<boolean> {
  return mailClassOf(await deps.packageFiles(job), templateOf(job, deps)) === 'transactional';
}

function mailEffect(type: string, title: string): SideEffect {
  return sideEffect({
    type,
    describes: {
      title,
      says: 'Sends a mail of the package to one person.',
      output: {
        messageKey: 'id of the mail; null: it was kept back',
        sentAt: 'when it went; null: it was kept back',
        suppressedBy: 'lists that kept it back',
      },
      sendsMail: true,
    },
    input: INPUT,
    run: async (input, job, deps) => {
      const recipient = await recipientOf(deps, job, input);
      const lists = await suppressing(deps, job, recipient);
      if (lists.length > 0 && !(await isOwed(deps, job))) {
        return { messageKey: null, sentAt: null, suppressedBy: [...lists] };
      }
      const { data, locale } = input;
      const sent = await sendJobMail(deps, job, { recipient, data, locale, whenUnknown: 'ask' });
      return { ...sent };
    },
  });
}

/**
 * `mail.send`: `{recipient | recipientContactId | recipientAddressId, data?, locale?}` → `{messageKey, sentAt}`; where the
 * address is suppressed `{messageKey: null, sentAt: null, suppressedBy}`. Errors: `RECIPIENT_UNKNOWN`; `EMAIL_SUPPRESSED`
 * where a mail that is owed cannot go.
 */
export const mailSend = mailEffect('mail.send', 'Send mail');

/** `notify`: as `mail.send`. */
export const notify = mailEffect('notify', 'Notify');
