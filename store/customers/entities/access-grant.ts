import { entity } from '../declaration.js';

/** An access that somebody has to a system on account of a customer. */
export const ACCESS_GRANT = entity({
  table: 'access_grants',
  says: 'an access that somebody has to a system on account of a customer',
  key: ['grantId'],
  isAppendOnly: false,
  fields: {
    grantId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'UUIDv7' },
    customerId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'on whose account' },
    contactId: {
      type: 'text',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'who holds it; null: staff, or a machine',
    },
    system: { type: 'text', class: 'I', keep: 'pseudonym', says: 'where it lets in' },
    kind: { type: 'text', class: 'I', keep: 'pseudonym', says: 'user, key, token, group, …' },
    holder: {
      type: 'text',
      oneOf: ['contact', 'staff'],
      class: 'I',
      keep: 'pseudonym',
      says: 'whose it is',
    },
    externalId: { type: 'text', class: 'C', keep: 'erasure', says: 'as the system calls it' },
    secretHash: {
      type: 'text',
      isOptional: true,
      class: 'S',
      keep: 'use',
      says: 'SHA-256 in hex of the secret it is used by',
    },
    method: {
      type: 'text',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'how it was revoked',
    },
    evidenceId: {
      type: 'text',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'what shows that it is gone',
    },
    grantedAt: { type: 'instant', class: 'I', keep: 'pseudonym', says: 'since when' },
    revokedAt: {
      type: 'instant',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'until when',
    },
    verifiedAt: {
      type: 'instant',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'when it was last seen to be so',
    },
  },
});
