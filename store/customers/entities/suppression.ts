import { entity } from '../declaration.js';

/** An address that is not written to any more: a keyed hash, which tells nothing of it. */
export const SUPPRESSION = entity({
  table: 'suppressions',
  says: 'an address that is not written to any more, as a keyed hash',
  key: ['hash', 'list', 'customerId'],
  isAppendOnly: false,
  fields: {
    hash: { type: 'text', class: 'I', keep: 'pseudonym', says: 'of the address, under a kept key' },
    list: {
      type: 'text',
      class: 'I',
      keep: 'pseudonym',
      says: 'erasure, bounce, complaint, or a kind of mail',
    },
    customerId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'whose person it was' },
    reason: { type: 'text', class: 'I', keep: 'pseudonym', says: 'a code, never a text' },
    at: { type: 'instant', class: 'I', keep: 'pseudonym', says: 'since when' },
    until: {
      type: 'instant',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'until when; null: for good',
    },
  },
});
