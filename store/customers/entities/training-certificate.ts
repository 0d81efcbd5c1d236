import { entity } from '../declaration.js';

/** What shows that a contact has passed a programme. */
export const TRAINING_CERTIFICATE = entity({
  table: 'training_certificates',
  says: 'what shows that a contact has passed a programme',
  key: ['certificateId'],
  isAppendOnly: false,
  fields: {
    certificateId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'UUIDv7' },
    customerId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'whose contact' },
    contactId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'who passed' },
    programId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'what was passed' },
    issuedAt: { type: 'instant', class: 'I', keep: 'pseudonym', says: 'when it was issued' },
    expiresAt: { type: 'date', class: 'I', keep: 'pseudonym', says: 'last day on which it holds' },
    state: {
      type: 'text',
      oneOf: ['valid', 'revoked'],
      class: 'I',
      keep: 'pseudonym',
      says: 'whether it was taken back; it ends by itself after its last day',
    },
    verificationId: {
      type: 'text',
      class: 'I',
      keep: 'pseudonym',
      says: 'random, printed on it; by it anybody may ask whether it holds',
    },
    holder: { type: 'text', class: 'C', keep: 'erasure', says: 'the name on it' },
    score: {
      type: 'integer',
      isOptional: true,
      class: 'C',
      keep: 'erasure',
      says: 'of the examination, from 0 to 100',
    },
  },
});
