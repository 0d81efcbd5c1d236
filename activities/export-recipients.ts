/** `export.recipients`: who may fetch the data, as the record says now. */
import * as z from 'zod';
import { entitledContacts } from './export/contacts.js';
import { customerOf } from './export/exports.js';
import { sideEffect } from './side-effect.js';

/** `export.recipients`: → `{recipients}`. Errors: `CUSTOMER_UNKNOWN`, `CUSTOMER_ERASED`, for good. */
export const exportRecipients = sideEffect({
  type: 'export.recipients',
  describes: {
    title: 'Find recipients',
    says: 'Tells who may fetch an export.',
    output: { recipients: 'who may fetch it' },
  },
  input: z.object({ customerId: z.string().min(1) }),
  run: async ({ customerId }, _job, { record }) => {
    const customer = await customerOf(record, customerId);
    return { recipients: [...(await entitledContacts(record, customer))] };
  },
});
