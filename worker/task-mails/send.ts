/** Sends one mail that tells of a task, with a link that is made when it goes. Class: side effect. */
import { createHash, randomBytes } from 'node:crypto';
import { composeMail, type Sender } from '../../activities/mail/compose.js';
import { type SendDeps, sendOnce } from '../../activities/mail/send-once.js';
import { whySuppressed } from '../../activities/mail/suppression.js';
import { type CamundaDeps, createPersonShaping, wholeTask } from '../../api/index.js';
import { SYSTEM_KEY_ID } from '../../contracts/workflow-ids.js';
import type { HeldTaskMail, User, UserTaskRow } from '../../store/index.js';
import { concerns } from './recipients.js';
import { taskMail } from './texts.js';

/** What it leans on. */
export interface SendParts extends SendDeps {
  readonly camunda: CamundaDeps;
  readonly sender: Sender;
  /** What links begin with, without a slash at its end. */
  readonly publicUrl: string;
}

/** A link opens for so long, and no longer than its task. */
export const LINK_MS = 72 * 60 * 60 * 1000;

/** Sends it, where there is still somebody to tell and something to decide. Errors: those of `sendOnce`. */
export async function sendTaskMail(parts: SendParts, held: HeldTaskMail): Promise<void> {
  const { store } = parts.camunda;
  const [row, person] = await Promise.all([
    store.userTasks.get(held.instanceId, held.taskId),
    store.identities.get(held.userId),
  ]);
  if (row?.state !== 'CREATED' || !person?.isActive || !concerns(row, person)) return;
  const { mail } = person;
  if (mail === null) return;
  const reading = { ...parts, reading: store.reading };
  const lists = await whySuppressed(reading, mail, async () => 'transactional');
  if (lists.length > 0) return;
  await sendOnce(parts, {
    effectKey: `task-mail.${held.instanceId}/${held.taskId}.${held.userId}`,
    instanceId: held.instanceId,
    // It says nothing of a customer.
    customerKeyId: SYSTEM_KEY_ID,
    kind: 'mail',
    to: mail,
    request: { template: 'task', locale: person.locale },
    whenUnknown: 'resend',
    compose: (key) => compose(parts, key, { row, person, mail }, held),
  });
}

interface Told {
  readonly row: UserTaskRow;
  readonly person: User;
  readonly mail: string;
}

async function compose(parts: SendParts, key: string, told: Told, held: HeldTaskMail) {
  const { camunda, publicUrl, sender, now } = parts;
  const { row, person, mail } = told;
  const { locale, displayName: name, revocationEpoch: epoch } = person;
  const shaping = createPersonShaping(camunda, person, now());
  const { task } = await wholeTask(shaping, row, locale);
  const secret = randomBytes(32).toString('base64url');
  const tokenHash = createHash('sha256').update(secret).digest('hex');
  const expiresAt = new Date(now() + LINK_MS).toISOString();
  // Sent again, the link before is dead: two of which the later one works are better than none.
  await camunda.store.inbox.mails.arm(held, { tokenHash, epoch, expiresAt });
  const content = taskMail({
    ...{ locale, name, title: task.title[locale], process: task.process[locale], expiresAt },
    decideUrl: `${publicUrl}/decide#${secret}`,
    taskUrl: `${publicUrl}/tasks/${task.taskKey}`,
  });
  return composeMail(key, sender, { name, mail }, content);
}
