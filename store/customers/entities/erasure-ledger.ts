import { entity } from '../declaration.js';

/** What an erasure did, system by system: counts, never contents. */
export const ERASURE_LEDGER = entity({
  table: 'erasure_ledger',
  says: 'what an erasure did, system by system: counts, never contents',
  key: ['requestId', 'seq'],
  isAppendOnly: true,
  fields: {
    requestId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'the request' },
    seq: { type: 'integer', class: 'I', keep: 'pseudonym', says: 'counts its entries from 1' },
    customerId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'who was erased' },
    system: { type: 'text', class: 'I', keep: 'pseudonym', says: 'where' },
    recordClass: { type: 'text', class: 'I', keep: 'pseudonym', says: 'table, or kind of file' },
    method: { type: 'text', class: 'I', keep: 'pseudonym', says: 'how' },
    before: { type: 'integer', class: 'I', keep: 'pseudonym', says: 'how many there were' },
    after: { type: 'integer', class: 'I', keep: 'pseudonym', says: 'how many are left to erase' },
    kept: {
      type: 'integer',
      class: 'I',
      keep: 'pseudonym',
      says: 'how many are kept by law or hold',
    },
    at: { type: 'instant', class: 'I', keep: 'pseudonym', says: 'when' },
  },
});
