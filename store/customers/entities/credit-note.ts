import { entity } from '../declaration.js';

/** What a customer need not pay of an invoice after all. */
export const CREDIT_NOTE = entity({
  table: 'credit_notes',
  says: 'what a customer need not pay of an invoice after all',
  key: ['creditNoteId'],
  isAppendOnly: true,
  fields: {
    creditNoteId: { type: 'text', class: 'I', keep: 'statutory', says: 'UUIDv7' },
    customerId: { type: 'text', class: 'I', keep: 'statutory', says: 'who was billed' },
    invoiceId: { type: 'text', class: 'I', keep: 'statutory', says: 'the invoice' },
    reasonCode: {
      type: 'text',
      oneOf: ['dispute', 'settlement', 'penalty', 'correction'],
      class: 'I',
      keep: 'statutory',
      says: 'why',
    },
    approverId: {
      type: 'text',
      isOptional: true,
      class: 'I',
      keep: 'statutory',
      says: 'who approved it',
    },
    at: { type: 'instant', class: 'I', keep: 'statutory', says: 'when it was made' },
    number: { type: 'text', class: 'F', keep: 'statutory', says: 'as printed on it' },
    amountMinor: { type: 'integer', class: 'F', keep: 'statutory', says: 'in minor units' },
    currency: { type: 'text', class: 'F', keep: 'statutory', says: 'ISO 4217' },
  },
});
