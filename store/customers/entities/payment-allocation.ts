import { entity } from '../declaration.js';

/** Which part of a payment pays which invoice. Taken back by a row of the negative amount. */
export const PAYMENT_ALLOCATION = entity({
  table: 'payment_allocations',
  says: 'which part of a payment pays which invoice',
  key: ['allocationId'],
  isAppendOnly: true,
  fields: {
    allocationId: { type: 'text', class: 'I', keep: 'statutory', says: 'UUIDv7' },
    customerId: { type: 'text', class: 'I', keep: 'statutory', says: 'who paid' },
    paymentId: { type: 'text', class: 'I', keep: 'statutory', says: 'the payment' },
    invoiceId: { type: 'text', class: 'I', keep: 'statutory', says: 'the invoice' },
    amountMinor: {
      type: 'integer',
      class: 'F',
      keep: 'statutory',
      says: 'in minor units; negative takes back',
    },
    principalMinor: {
      type: 'integer',
      isOptional: true,
      class: 'F',
      keep: 'statutory',
      says: 'of it what pays neither fees nor interest',
    },
    currency: { type: 'text', class: 'F', keep: 'statutory', says: 'ISO 4217' },
  },
});
