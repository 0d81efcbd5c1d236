/**
 * A case file: all that shows how one process instance went, as files that anybody can check without Jornada.
 *
 *     case.json                      what it is: the instances, what they ran, who did what, the evidence
 *     case.<locale>.html             the same to read and to print
 *     journals/<instance>.jsonl      each journal, an entry a line in canonical JSON: what the log anchors
 *     definitions/<hash>/…           the packages that were run, as they were
 *     evidence/…                     what shows it: accesses, exports, certificates
 *     log/entries.jsonl              the entries of the audit log about it, as they are hashed
 *     log/proofs.jsonl               for each of them that it is in the log
 *     log/personal.jsonl             the personal parts that were not erased
 *     log/checkpoint.txt             the signed note that the proofs lead to
 *     log/public-key.txt             the first key of the log
 *     manifest.json, manifest.jws    every file with its SHA-256, and the signature over that
 *
 * Class: pure. Source: docs/audit.md.
 */
import { canonicalJson } from '../canonical.js';

/** Names of the files that a check reads. */
export const CASE_FILES = {
  case: 'case.json',
  entries: 'log/entries.jsonl',
  proofs: 'log/proofs.jsonl',
  personal: 'log/personal.jsonl',
  checkpoint: 'log/checkpoint.txt',
  publicKey: 'log/public-key.txt',
  manifest: 'manifest.json',
  signature: 'manifest.jws',
  access: 'evidence/access.jsonl',
  certificates: 'evidence/certificates.jsonl',
  exports: 'evidence/exports.jsonl',
} as const;

/** Where the journal of an instance is. */
export const journalFile = (instanceId: string): string => `journals/${instanceId}.jsonl`;

/** Where a file of a package is. */
export const definitionFile = (hash: string, path: string): string => `definitions/${hash}/${path}`;

const FORMAT = 'jornada-case/1';

/** One file. */
export interface CaseFile {
  readonly path: string;
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
}

/** What a case file consists of. */
export interface CaseManifest {
  /** The instance that the case is about. */
  readonly caseId: string;
  readonly processId: string;
  /** ISO 8601 UTC. */
  readonly madeAt: string;
  /** Id of who asked for it. */
  readonly madeBy: string;
  /** Which log, and how many of its entries the checkpoint covers: that tells which key signs. */
  readonly origin: string;
  readonly size: number;
  /** In the order of their paths. */
  readonly files: readonly CaseFile[];
}

/** The manifest as it is written and signed. */
export function manifestText(manifest: CaseManifest): string {
  const { caseId, processId, madeAt, madeBy, origin, size, files } = manifest;
  const listed = files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 }));
  const whole = { format: FORMAT, caseId, processId, madeAt, madeBy, origin, size, files: listed };
  return `${canonicalJson(whole)}\n`;
}

/** Reads a manifest; null when it is not exactly one. */
export function parseManifest(text: string): CaseManifest | null {
  try {
    const manifest = JSON.parse(text) as CaseManifest;
    return Number.isSafeInteger(manifest.size) && manifestText(manifest) === text ? manifest : null;
  } catch {
    return null;
  }
}

/** The line of a proof, without its end: hashes in base64, from the sibling up. */
export function proofText(number: number, path: readonly Buffer[]): string {
  return canonicalJson({ number, path: path.map((hash) => hash.toString('base64')) });
}

/** Reads such a line; null when it is not exactly one. */
export function parseProof(
  text: string,
): { readonly number: number; readonly path: readonly Buffer[] } | null {
  try {
    const { number, path } = JSON.parse(text) as { number: number; path: readonly string[] };
    const hashes = path.map((one) => Buffer.from(one, 'base64'));
    return Number.isSafeInteger(number) && proofText(number, hashes) === text
      ? { number, path: hashes }
      : null;
  } catch {
    return null;
  }
}
