import { entity } from '../declaration.js';

/** Something that was done in the product. */
export const USAGE_EVENT = entity({
  table: 'usage_events',
  says: 'something that was done in the product',
  key: ['source', 'eventId'],
  isAppendOnly: false,
  fields: {
    source: {
      type: 'text',
      class: 'I',
      keep: 'erasure',
      says: 'which product, or process, says so',
    },
    eventId: {
      type: 'text',
      class: 'I',
      keep: 'erasure',
      says: 'of its source: told twice, it counts once',
    },
    customerId: { type: 'text', class: 'I', keep: 'erasure', says: 'whose event' },
    contactId: {
      type: 'text',
      isOptional: true,
      class: 'I',
      keep: 'erasure',
      says: 'who did it; null: not known, or a machine',
    },
    name: {
      type: 'text',
      class: 'I',
      keep: 'erasure',
      says: 'what was done, such as data.imported',
    },
    at: { type: 'instant', class: 'I', keep: 'erasure', says: 'when' },
    count: { type: 'integer', class: 'I', keep: 'erasure', says: 'how often' },
    props: { type: 'json', class: 'I', keep: 'erasure', says: 'numbers and yes or no alone' },
  },
});
