/** The check of certificates of deletion against the log that tells of each: none was changed, added or taken away. */
import { type CertificateFields, certificateHash, checkCertificates } from '../certificate.js';
import { keyText } from '../note.js';
import type { Pass } from './entries.js';

/**
 * Checks them. The log goes on meanwhile: what was there before it was read is told of by an entry, and what an entry tells
 * of is there afterwards.
 *
 * @returns how many there are
 */
export function checkAgainstLog(
  pass: Pass,
  before: readonly CertificateFields[],
  after: readonly CertificateFields[],
): number {
  const tell = (number: number | null, what: string, why: string): void => {
    pass.findings.push({ part: 'certificate', number, to: null, what, why });
  };
  const keys = pass.terms.map(({ key }) => keyText(key));
  for (const { number, detail } of checkCertificates(after, keys)) {
    tell(null, `certificate ${number}`, detail);
  }
  for (const [index, fields] of before.entries()) {
    if (pass.certified.has(certificateHash(fields))) continue;
    tell(null, `certificate ${index + 1}`, 'no entry of the log tells of it as it is');
  }
  const hashes = new Set(after.map(certificateHash));
  for (const [hash, number] of pass.certified) {
    if (hashes.has(hash)) continue;
    tell(number, `certificate of entry ${number}`, 'it is not there, or is another one');
  }
  return after.length;
}
