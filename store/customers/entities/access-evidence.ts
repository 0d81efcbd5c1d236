import { entity } from '../declaration.js';

/** What shows that an access was there, was revoked, is gone, or may stay for a while. */
export const ACCESS_EVIDENCE = entity({
  table: 'access_evidence',
  says: 'what shows that an access was there, was revoked, is gone, or may stay for a while',
  key: ['evidenceId'],
  isAppendOnly: true,
  fields: {
    evidenceId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'UUIDv7' },
    customerId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'on whose account' },
    grantId: {
      type: 'text',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'which access; null: the system could not be asked',
    },
    system: { type: 'text', class: 'I', keep: 'pseudonym', says: 'where it lets in' },
    step: {
      type: 'text',
      oneOf: ['discovered', 'revoked', 'verified', 'checked', 'excepted', 'restored'],
      class: 'I',
      keep: 'pseudonym',
      says: 'what was done',
    },
    result: { type: 'text', class: 'I', keep: 'pseudonym', says: 'what came of it' },
    doneBy: {
      type: 'text',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'who ticked or signed it; null: a connector',
    },
    at: { type: 'instant', class: 'I', keep: 'pseudonym', says: 'when it was seen or done' },
    hash: {
      type: 'text',
      class: 'I',
      keep: 'pseudonym',
      says: 'SHA-256 in hex of the content as JSON',
    },
    content: { type: 'json', class: 'T', keep: 'erasure', says: 'what was read or written' },
  },
});
