/**
 * `access.tell`: mails everybody of the customer who has an access that their access ends. The header `jornada:mail` names the
 * template. A mail of unknown outcome is sent again: better twice than not at all.
 */
import * as z from 'zod';
import { OWNER, ownerOf } from './access/inputs.js';
import { contactsOf, grantsOf } from './access/record.js';
import { mailText } from './customer/marks.js';
import { sendJobMail } from './mail-send.js';
import { sideEffect } from './side-effect.js';

const INPUT = OWNER.and(z.object({ data: z.record(z.string(), z.json()).default({}) }));

/** `access.tell`: `{customerId, scope, contactId?, data?}` → `{told}`. Errors: those of `mail.send`. */
export const accessTell = sideEffect({
  type: 'access.tell',
  describes: {
    title: 'Tell people that access ends',
    says: 'Mails everybody of the customer who has an access.',
    output: { told: 'how many were told' },
    sendsMail: true,
  },
  input: INPUT,
  run: async (input, job, deps) => {
    const owner = ownerOf(input);
    const open = (await grantsOf(deps.record, owner)).filter(({ revokedAt }) => revokedAt === null);
    const holders = new Set(open.map(({ contactId }) => contactId));
    const contacts = await contactsOf(deps.record, owner);
    const told = onceEach(contacts.filter(({ contactId }) => holders.has(contactId)));
    for (const { name, mail, locale } of told) {
      const recipient = { name, mail, ...(locale === null ? {} : { locale }) };
      const { data } = input;
      await sendJobMail(deps, job, { recipient, locale: 'en', data, whenUnknown: 'resend' });
    }
    return { told: told.length };
  },
});

/** Somebody in two roles is two contacts and has one box: it is told once. */
function onceEach<T extends { readonly mail: string }>(contacts: readonly T[]): readonly T[] {
  const byBox = new Map<string, T>();
  for (const one of contacts) {
    const box = mailText(one.mail);
    if (!byBox.has(box)) byBox.set(box, one);
  }
  return [...byBox.values()];
}
