/** Mails that the catcher of an engine kept in its folder. Class: side effect (reads). */
import { join, resolve } from 'node:path';
import { type CaughtMail, type Mailbox, openMailbox } from '../../worker/mail-catcher/index.js';

/** Reads those that came since a time, in epoch milliseconds, the oldest first. */
export type ReadMails = (sinceMs: number) => Promise<readonly CaughtMail[]>;

/** As many as are looked at: more do not come while one process runs. */
const MOST = 200;

/** Makes it; the mail box is opened when somebody reads. @param folder - the data of the engine */
export function mailsIn(folder: string): ReadMails {
  let opened: Promise<Mailbox> | null = null;
  return async (sinceMs) => {
    opened ??= openMailbox(join(resolve(folder), 'mail'), Date.now);
    const mails = await (await opened).list(MOST);
    return mails.filter((one) => Date.parse(one.receivedAt) >= sinceMs).toReversed();
  };
}
