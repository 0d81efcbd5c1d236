/**
 * `access.tell`: mails everybody of the customer who has an access that their access ends. The header `jornada:mail` names the
 * template. A mail of unknown outcome is sent again: better twice than not at all. An address that takes no mail keeps
 * it from nobody else.
 */
import * as z from 'zod';
import { OWNER, ownerOf } from './access/inputs.js';
import { contactsOf, grantsOf } from './access/record.js';
import { onePerAddress, takesNoMail } from './mail/reach.js';
import { sendJobMail } from './mail-send.js';
import { sideEffect } from './side-effect.js';

const INPUT = OWNER.and(z.object({ data: z.record(z.string(), z.json()).default({}) }));

/** `access.tell`: `{customerId, scope, contactId?, data?}` → `{told, notTold}`. Errors: those of `mail.send`. */
export const accessTell = sideEffect({
  type: 'access.tell',
  describes: {
    title: 'Tell people that access ends',
    says: 'Mails everybody of the customer who has an access.',
    output: { told: 'how many were told', notTold: 'addresses that take no mail' },
    sendsMail: true,
  },
  input: INPUT,
  run: async (input, job, deps) => {
    const owner = ownerOf(input);
    const open = (await grantsOf(deps.record, owner)).filter(({ revokedAt }) => revokedAt === null);
    const holders = new Set(open.map(({ contactId }) => contactId));
    const contacts = await contactsOf(deps.record, owner);
    const told = onePerAddress(contacts.filter(({ contactId }) => holders.has(contactId)));
    let notTold = 0;
    for (const { name, mail, locale } of told) {
      const recipient = { name, mail, ...(locale === null ? {} : { locale }) };
      const sending = { recipient, locale: 'en', data: input.data, whenUnknown: 'resend' } as const;
      await sendJobMail(deps, job, sending).catch((error: unknown) => {
        if (!takesNoMail(error)) throw error;
        notTold += 1;
      });
    }
    return { told: told.length - notTold, notTold };
  },
});
