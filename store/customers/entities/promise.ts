import { entity } from '../declaration.js';

/** A promise to pay: until its day has passed, nothing is demanded. */
export const PROMISE = entity({
  table: 'promises',
  says: 'a promise to pay; until its day has passed, nothing is demanded',
  key: ['promiseId'],
  isAppendOnly: false,
  fields: {
    promiseId: { type: 'text', class: 'I', keep: 'statutory', says: 'UUIDv7' },
    customerId: { type: 'text', class: 'I', keep: 'statutory', says: 'who promised' },
    caseId: { type: 'text', class: 'I', keep: 'statutory', says: 'the case' },
    date: { type: 'date', class: 'I', keep: 'statutory', says: 'day by which it is to be kept' },
    madeAt: { type: 'instant', class: 'I', keep: 'statutory', says: 'when it was made' },
    state: {
      type: 'text',
      oneOf: ['open', 'kept', 'partly', 'broken'],
      class: 'I',
      keep: 'statutory',
      says: 'what became of it',
    },
    amountMinor: { type: 'integer', class: 'F', keep: 'statutory', says: 'what was promised' },
    currency: { type: 'text', class: 'F', keep: 'statutory', says: 'ISO 4217' },
  },
});
