import { entity } from '../declaration.js';

/** What proves that a customer was erased. It names nobody. */
export const DELETION_CERTIFICATE = entity({
  table: 'deletion_certificates',
  says: 'what proves that a customer was erased; it names nobody',
  key: ['certificateId'],
  isAppendOnly: true,
  fields: {
    certificateId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'UUIDv7' },
    customerId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'who was erased' },
    subjectPseudonym: {
      type: 'text',
      class: 'I',
      keep: 'pseudonym',
      says: 'HMAC under a key that is kept',
    },
    basis: { type: 'text', class: 'I', keep: 'pseudonym', says: 'legal basis' },
    scope: { type: 'json', class: 'I', keep: 'pseudonym', says: 'classes of records' },
    systems: { type: 'json', class: 'I', keep: 'pseudonym', says: 'where it was erased' },
    method: { type: 'text', class: 'I', keep: 'pseudonym', says: 'how' },
    toolVersion: { type: 'text', class: 'I', keep: 'pseudonym', says: 'of what erased it' },
    countsBefore: { type: 'json', class: 'I', keep: 'pseudonym', says: 'rows a table' },
    countsAfter: { type: 'json', class: 'I', keep: 'pseudonym', says: 'rows a table' },
    verification: { type: 'json', class: 'I', keep: 'pseudonym', says: '{method, result}' },
    exceptions: {
      type: 'json',
      class: 'I',
      keep: 'pseudonym',
      says: 'list of {class, law, until}: what was kept',
    },
    backupHorizon: { type: 'date', class: 'I', keep: 'pseudonym', says: 'end of the last backup' },
    executor: { type: 'text', class: 'I', keep: 'pseudonym', says: 'id of who did it' },
    verifier: { type: 'text', class: 'I', keep: 'pseudonym', says: 'id of who checked it' },
    approvers: { type: 'json', class: 'I', keep: 'pseudonym', says: 'list of {id, role}' },
    startedAt: { type: 'instant', class: 'I', keep: 'pseudonym', says: 'when it began' },
    endedAt: { type: 'instant', class: 'I', keep: 'pseudonym', says: 'when it was done' },
    previousHash: {
      type: 'text',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'SHA-256 of the certificate before it; null: the first',
    },
    signature: { type: 'text', class: 'I', keep: 'pseudonym', says: 'over all of it, base64' },
  },
});
