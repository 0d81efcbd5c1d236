/** Mails of the development catcher, found one by one and removed. Class: side effect. */
import type { CaughtMails } from '../../activities/erasure/ports.js';
import type { Mailbox } from '../mail-catcher/index.js';

/** Mails are read one after the other, so that a full box does not fill the memory. */
export function caughtMails(mailbox: Mailbox): CaughtMails {
  return {
    find: async (isOf) => {
      const found: string[] = [];
      for (const id of await mailbox.ids()) {
        const mail = await mailbox.get(id);
        if (!mail) continue;
        const key = /^<([^@>]+)@/.exec(mail.messageId ?? '')?.[1] ?? null;
        if (await isOf({ to: mail.to, key })) found.push(id);
      }
      return found;
    },
    remove: async (ids) => {
      for (const id of ids) await mailbox.remove(id);
    },
  };
}
