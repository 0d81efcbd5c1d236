/** `contact.next`: notes that mail does not reach a contact, and takes the next one of the customer's chain. */
import * as z from 'zod';
import { CONTACT } from '../store/index.js';
import { chainOf } from './contact/chain.js';
import { once, sideEffect } from './side-effect.js';

const INPUT = z.object({ customerId: z.string().min(1), contactId: z.string().nullish() });

/** `contact.next`: `{customerId, contactId}` → `{contactId}`, of the next one; null: there is none. */
export const contactNext = sideEffect({
  type: 'contact.next',
  describes: {
    title: 'Take the next contact',
    says: 'Notes that mail does not reach a contact, and takes the next one of the chain.',
    output: { contactId: 'the next contact; null when there is none' },
  },
  input: INPUT,
  run: async ({ customerId, contactId }, job, deps) =>
    once(deps, job, 'contact.next', { customerId, contactId: contactId ?? null }, async (tx) => {
      const table = deps.record.within(tx).table(CONTACT);
      const contacts = await table.of([customerId]);
      const bounced = contacts.find((one) => one.contactId === contactId);
      if (bounced?.isErased === false && bounced.state === 'active') {
        await table.change([bounced.contactId], bounced.version, { state: 'bounced' });
      }
      const rest = contacts.filter((one) => one.contactId !== contactId);
      return { contactId: chainOf(rest)[0]?.contactId ?? null };
    }),
});
