import { entity } from '../declaration.js';

/** What a customer was billed. A change of its state or balance is a new row of the next version. */
export const INVOICE = entity({
  table: 'invoices',
  says: 'what a customer was billed; each change is a new row of the next version',
  key: ['invoiceId', 'revision'],
  isAppendOnly: true,
  fields: {
    invoiceId: { type: 'text', class: 'I', keep: 'statutory', says: 'UUIDv7' },
    revision: { type: 'integer', class: 'I', keep: 'statutory', says: 'counts its rows from 1' },
    customerId: { type: 'text', class: 'I', keep: 'statutory', says: 'who owes' },
    number: { type: 'text', class: 'F', keep: 'statutory', says: 'as printed on it' },
    amountMinor: { type: 'integer', class: 'F', keep: 'statutory', says: 'tax included' },
    taxMinor: { type: 'integer', class: 'F', keep: 'statutory', says: 'tax in the amount' },
    balanceMinor: { type: 'integer', class: 'F', keep: 'statutory', says: 'what is still owed' },
    feeMinor: {
      type: 'integer',
      isOptional: true,
      class: 'F',
      keep: 'statutory',
      says: 'fees in what is still owed',
    },
    interestMinor: {
      type: 'integer',
      isOptional: true,
      class: 'F',
      keep: 'statutory',
      says: 'interest in what is still owed',
    },
    currency: { type: 'text', class: 'F', keep: 'statutory', says: 'ISO 4217' },
    slipRef: {
      type: 'text',
      isOptional: true,
      class: 'F',
      keep: 'statutory',
      says: 'reference of the payment slip',
    },
    issuedAt: { type: 'instant', class: 'I', keep: 'statutory', says: 'when it went out' },
    dueDate: { type: 'date', class: 'I', keep: 'statutory', says: 'last day to pay' },
    state: {
      type: 'text',
      oneOf: ['open', 'partly-paid', 'paid', 'disputed', 'credited', 'written-off'],
      class: 'I',
      keep: 'statutory',
      says: 'what became of it',
    },
  },
});
