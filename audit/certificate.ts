/**
 * Certificates of deletion: how one is written for hashing and signing, and the check of a chain of them. A certificate
 * is its fields as JSON; nothing else is needed to check it but the public key. Class: pure. Source: docs/erasure.md.
 */
import { createHash, verify } from 'node:crypto';
import { type CanonicalValue, canonicalJson } from './canonical.js';
import { parseKey, strictBase64 } from './note.js';

/** Action of the entry of the log that holds the hash of a certificate. */
export const CERTIFICATE_ACTION = 'certificate.signed';

/** The fields of a certificate, by name. */
export type CertificateFields = Readonly<Record<string, CanonicalValue>>;

/** What is wrong with a chain: which certificate, by its number or place, and how. */
export interface CertificateFinding {
  readonly number: number;
  readonly detail: string;
}

/** The text that is signed: a line that says what it is, and the fields but the signature as canonical JSON. */
export function certificateText(fields: CertificateFields): string {
  const { signature: _signature, ...signed } = fields;
  return `jornada deletion certificate 1\n${canonicalJson(signed)}\n`;
}

/** SHA-256 of the whole certificate as canonical JSON, in hex. */
export function certificateHash(fields: CertificateFields): string {
  return createHash('sha256').update(canonicalJson(fields)).digest('hex');
}

/**
 * Checks certificates in their order: numbers, hashes of the one before, signatures.
 *
 * @param keys - texts of the public keys that may have signed; null: whichever each names
 */
export function checkCertificates(
  certificates: readonly CertificateFields[],
  keys: readonly string[] | null,
): readonly CertificateFinding[] {
  return certificates.flatMap((fields, index): readonly CertificateFinding[] => {
    const number = index + 1;
    const before = certificates[index - 1];
    const faults: string[] = [];
    if (fields.number !== number) faults.push(`its number is ${String(fields.number)}`);
    const expected = before ? certificateHash(before) : null;
    if (fields.previousHash !== expected) faults.push('it does not follow the one before');
    const named = String(fields.signedBy);
    if (keys && !keys.includes(named)) faults.push('it names a key that the log does not');
    if (!isCertificateSigned(fields)) faults.push('its signature is not of what it says');
    return faults.map((detail) => ({ number, detail }));
  });
}

/** Whether the signature is of what a certificate says, by the key that it names. */
export function isCertificateSigned(fields: CertificateFields): boolean {
  const key = parseKey(String(fields.signedBy));
  const signature = strictBase64(String(fields.signature));
  if (!key || signature?.length !== 64) return false;
  return verify(null, Buffer.from(certificateText(fields)), key.publicKey, signature);
}
