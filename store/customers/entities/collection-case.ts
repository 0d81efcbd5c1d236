import { entity } from '../declaration.js';

/** The collection of what a customer owes in one currency. */
export const COLLECTION_CASE = entity({
  table: 'collection_cases',
  says: 'the collection of what a customer owes in one currency; one at a time is open',
  key: ['caseId'],
  isAppendOnly: false,
  fields: {
    caseId: { type: 'text', class: 'I', keep: 'statutory', says: 'UUIDv7' },
    customerId: { type: 'text', class: 'I', keep: 'statutory', says: 'who owes' },
    currency: { type: 'text', class: 'I', keep: 'statutory', says: 'ISO 4217' },
    instanceId: { type: 'text', class: 'I', keep: 'statutory', says: 'instance that collects' },
    isExCustomer: { type: 'boolean', class: 'I', keep: 'statutory', says: 'it has left' },
    stage: { type: 'integer', class: 'I', keep: 'statutory', says: 'of the ladder, from 0 to 6' },
    mails: { type: 'integer', class: 'I', keep: 'statutory', says: 'demands that were sent' },
    calls: { type: 'integer', class: 'I', keep: 'statutory', says: 'calls that were made' },
    openedAt: { type: 'instant', class: 'I', keep: 'statutory', says: 'when it began' },
    nextActAt: {
      type: 'instant',
      isOptional: true,
      class: 'I',
      keep: 'statutory',
      says: 'when it is looked at again',
    },
    closedAt: {
      type: 'instant',
      isOptional: true,
      class: 'I',
      keep: 'statutory',
      says: 'when it ended',
    },
    state: {
      type: 'text',
      oneOf: ['open', 'paid', 'settled', 'written-off', 'handed-over', 'stopped'],
      class: 'I',
      keep: 'statutory',
      says: 'what became of it',
    },
    recoveredMinor: {
      type: 'integer',
      isOptional: true,
      class: 'F',
      keep: 'statutory',
      says: 'paid while it was open',
    },
    writtenOffMinor: {
      type: 'integer',
      isOptional: true,
      class: 'F',
      keep: 'statutory',
      says: 'given up by it',
    },
  },
});
