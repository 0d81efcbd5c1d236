import { entity } from '../declaration.js';

/** A package of a customer's data, and what became of it. */
export const EXPORT = entity({
  table: 'exports',
  says: 'a package of a customer’s data, and what became of it',
  key: ['exportId'],
  isAppendOnly: false,
  fields: {
    exportId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'UUIDv7' },
    customerId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'whose data' },
    requestId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'what was asked for' },
    cutOff: { type: 'instant', class: 'I', keep: 'pseudonym', says: 'the data is of this moment' },
    manifestSha256: {
      type: 'text',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'of its manifest, in hex',
    },
    bytes: {
      type: 'integer',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'size of the package',
    },
    rows: {
      type: 'integer',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'rows in it',
    },
    state: {
      type: 'text',
      oneOf: [
        'pending',
        'approved',
        'denied',
        'duplicate',
        'in-progress',
        'needs-a-person',
        'delivered',
        'confirmed',
        'expired',
      ],
      class: 'I',
      keep: 'pseudonym',
      says: 'how far it is',
    },
    linkExpiresAt: {
      type: 'instant',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'end of its link',
    },
    downloads: { type: 'json', class: 'C', keep: 'erasure', says: 'list of {at, address}' },
  },
});
