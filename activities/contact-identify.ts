/**
 * `contact.identify`: who wrote, by mail address. Somebody new at a customer that is told becomes a contact of it; what
 * fits no customer, or several, is left to a person.
 */
import * as z from 'zod';
import { findContact } from './contact/find.js';
import { CONTACT, once, sideEffect } from './side-effect.js';

const INPUT = z.object({
  from: CONTACT,
  customerId: z.string().min(1).nullish(),
  contactId: z.string().min(1).nullish(),
});

/**
 * `contact.identify`: → `{isKnown, problem, customerId, contactId, contact, planId, candidates, training}`; `candidates`
 * are options of a form. `problem` is `no-customer` where the customer that was told is not there.
 */
export const contactIdentify = sideEffect({
  type: 'contact.identify',
  describes: {
    title: 'Identify contact',
    says: 'Finds out who wrote, and of which customer.',
    output: {
      isKnown: 'whether it is known',
      problem: 'why not',
      customerId: 'the customer',
      contactId: 'the contact',
      contact: 'who it is',
      planId: 'the plan',
      candidates: 'who it could be',
      training: 'whether it was trained',
    },
  },
  input: INPUT,
  run: async ({ from, customerId, contactId }, job, deps) => {
    const told = { customerId: customerId ?? null, contactId: contactId ?? null };
    const request = { ...told, mail: await deps.fingerprint(`mail ${from.mail}`) };
    return once(deps, job, 'contact.identify', request, async (tx) => {
      const found = await findContact(deps, tx, from, told);
      // what was written is under the key of this instance: it dies with the customer, too
      const { customerId: of } = found;
      if (typeof of === 'string') await deps.record.within(tx).linkKey(of, job.customerKeyId);
      return found;
    });
  },
});
