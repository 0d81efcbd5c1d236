/** Mails that the catcher of an engine kept in its folder. Class: side effect (reads). */
import { join, resolve } from 'node:path';
import { type CaughtMail, openMailbox } from '../../worker/mail-catcher/index.js';

/** Reads those that came since a time, in epoch milliseconds, the oldest first. */
export type ReadMails = (sinceMs: number) => Promise<readonly CaughtMail[]>;

/** As many as are looked at: more do not come while one process runs. */
const MOST = 200;

/** Makes it. @param folder - the data of the engine */
export function mailsIn(folder: string): ReadMails {
  const opened = openMailbox(join(resolve(folder), 'mail'), Date.now);
  return async (sinceMs) =>
    (await (await opened).list(MOST))
      .filter((one) => Date.parse(one.receivedAt) >= sinceMs)
      .toReversed();
}
