import { entity } from '../declaration.js';

/** A debt that is given up. The invoice stays; what is paid later is posted against it. */
export const WRITE_OFF = entity({
  table: 'write_offs',
  says: 'a debt that is given up; the invoice stays, and what is paid later is posted against it',
  key: ['writeOffId'],
  isAppendOnly: true,
  fields: {
    writeOffId: { type: 'text', class: 'I', keep: 'statutory', says: 'UUIDv7' },
    customerId: { type: 'text', class: 'I', keep: 'statutory', says: 'who owed' },
    caseId: { type: 'text', class: 'I', keep: 'statutory', says: 'the case' },
    invoiceId: { type: 'text', class: 'I', keep: 'statutory', says: 'what was billed' },
    approvers: { type: 'json', class: 'I', keep: 'statutory', says: 'who asked, and who approved' },
    hasTaxRelief: {
      type: 'boolean',
      class: 'I',
      keep: 'statutory',
      says: 'its tax is claimed back',
    },
    at: { type: 'instant', class: 'I', keep: 'statutory', says: 'when it was posted' },
    amountMinor: { type: 'integer', class: 'F', keep: 'statutory', says: 'in minor units' },
    currency: { type: 'text', class: 'F', keep: 'statutory', says: 'ISO 4217' },
    reason: { type: 'text', class: 'T', keep: 'erasure', says: 'why' },
  },
});
