import { entity } from '../declaration.js';

/** What keeps data of a customer from being erased. */
export const LEGAL_HOLD = entity({
  table: 'legal_holds',
  says: 'what keeps data of a customer from being erased',
  key: ['holdId'],
  isAppendOnly: false,
  fields: {
    holdId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'UUIDv7' },
    customerId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'whose data' },
    scope: { type: 'json', class: 'T', keep: 'erasure', says: 'list of selectors of records' },
    reason: { type: 'text', class: 'T', keep: 'erasure', says: 'why, in words' },
    placedBy: { type: 'text', class: 'I', keep: 'pseudonym', says: 'id of who placed it' },
    placedAt: { type: 'instant', class: 'I', keep: 'pseudonym', says: 'since when' },
    releasedBy: {
      type: 'text',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'id of who released it',
    },
    releasedAt: {
      type: 'instant',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'until when',
    },
  },
});
