/** `contact.record`: writes a contact of a customer into the record, and gives it its id. */
import * as z from 'zod';
import { isContext } from '../engine/model/index.js';
import { CONTACT as CONTACT_ENTITY } from '../store/index.js';
import { noteMarks } from '../store/registry/index.js';
import { recordContacts } from './customer/contacts.js';
import { mailText } from './customer/marks.js';
import { fingerprints } from './order/marks.js';
import { CONTACT, once, sideEffect } from './side-effect.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  contact: CONTACT,
  role: z.enum(CONTACT_ENTITY.fields.role.oneOf).default('user'),
});

/** `contact.record`: `{customerId, contact, role?}` → `{contact}`, with `contactId`. Errors: `CUSTOMER_UNKNOWN`. */
export const contactRecord = sideEffect({
  type: 'contact.record',
  describes: {
    title: 'Record contact',
    says: 'Writes a contact into the record and gives it its id.',
    output: { contact: 'the contact' },
  },
  input: INPUT,
  run: async ({ customerId, contact, role }, job, deps) => {
    const marks = await fingerprints([['mail', mailText(contact.mail)]], deps.fingerprint);
    const contactId = await once(deps, job, 'contact.record', { customerId, role }, async (tx) => {
      const record = deps.record.within(tx);
      const ids = await recordContacts(record, customerId, [{ contact, role }], deps.now());
      await noteMarks(tx, customerId, marks);
      return ids[0] ?? null;
    });
    const given = isContext(job.variables.contact) ? job.variables.contact : {};
    return { contact: { ...given, contactId } };
  },
});
