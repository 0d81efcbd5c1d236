/** The evidence in a case file: what was read of accesses, and certificates of deletion. Class: pure. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../canonical.js';
import { type CertificateFields, certificateHash, isCertificateSigned } from '../certificate.js';
import { keyText } from '../note.js';
import type { Pass } from '../verify/entries.js';
import type { CaseCheck } from './files.js';
import { CASE_FILES } from './format.js';
import { linesOf } from './lines.js';

/** Holds certificates against the entries of the log that tell of them. @returns how many there are */
export function checkCaseCertificates(check: CaseCheck, { certified, terms }: Pass): number {
  const all = rowsIn(check, CASE_FILES.certificates) as readonly CertificateFields[];
  const keys = terms.map(({ key }) => keyText(key));
  for (const fields of all) {
    const what = `certificate ${String(fields.certificateId)}`;
    if (!isCertificateSigned(fields)) check.tell(what, 'its signature is not of what it says');
    if (!keys.includes(String(fields.signedBy))) {
      check.tell(what, 'it is signed by a key that the log does not name');
    }
    if (!certified.has(certificateHash(fields))) {
      check.tell(what, 'no entry of the log tells of it as it is');
    }
  }
  return all.length;
}

/** Holds what was read of accesses against its hash, where it was not erased. @returns how many there are */
export function checkAccess(check: CaseCheck): number {
  const all = rowsIn(check, CASE_FILES.access);
  for (const { evidenceId, content, hash } of all) {
    if (typeof content !== 'string') continue;
    if (createHash('sha256').update(content).digest('hex') === hash) continue;
    check.tell(`evidence ${String(evidenceId)}`, 'what was read is not what its hash is of');
  }
  return all.length;
}

type Row = Readonly<Record<string, unknown>>;

function rowsIn({ texts, tell }: CaseCheck, name: string): readonly Row[] {
  const lines = linesOf(texts.get(name) ?? '');
  if (lines === null) tell(name, 'its end is missing');
  return (lines ?? []).flatMap((line, index) => {
    try {
      const row = JSON.parse(line);
      if (canonicalJson(row) === line) return [row as Row];
    } catch {
      // what cannot be read is told below
    }
    tell(name, `line ${index + 1} is not as it is written`);
    return [];
  });
}
