import { entity } from '../declaration.js';

/** Money that came in. A reversal is a new row of the next version. */
export const PAYMENT = entity({
  table: 'payments',
  says: 'money that came in; a reversal is a new row of the next version',
  key: ['paymentId', 'revision'],
  isAppendOnly: true,
  fields: {
    paymentId: { type: 'text', class: 'I', keep: 'statutory', says: 'UUIDv7' },
    revision: { type: 'integer', class: 'I', keep: 'statutory', says: 'counts its rows from 1' },
    customerId: { type: 'text', class: 'I', keep: 'statutory', says: 'who paid' },
    providerPaymentId: {
      type: 'text',
      class: 'F',
      keep: 'statutory',
      says: 'as the payment provider calls it',
    },
    amountMinor: { type: 'integer', class: 'F', keep: 'statutory', says: 'in minor units' },
    currency: { type: 'text', class: 'F', keep: 'statutory', says: 'ISO 4217' },
    method: { type: 'text', class: 'F', keep: 'statutory', says: 'as the provider names it' },
    receivedAt: { type: 'instant', class: 'I', keep: 'statutory', says: 'when it came in' },
    state: {
      type: 'text',
      oneOf: ['received', 'reversed'],
      class: 'I',
      keep: 'statutory',
      says: 'whether it stayed',
    },
  },
});
