/**
 * Packs a case: every file of it, the manifest over them, and its signature. Journals go as far as the log has anchored
 * them, so that each entry in it can be checked. Class: side effect (reads, signs).
 */
import { createHash } from 'node:crypto';
import { type ZipEntry, zipOf } from '../archive/index.js';
import {
  CASE_FILES,
  type CaseManifest,
  definitionFile,
  journalFile,
  manifestText,
  recordText,
} from '../audit/case/index.js';
import { type CanonicalValue, canonicalJson } from '../audit/index.js';
import type { WholeCase } from '../contracts/cases.js';
import { LOCALES } from '../contracts/identities.js';
import type { CaseDeps, SealedLog } from './deps.js';
import { caseFailure } from './failure.js';
import { caseHtml } from './html.js';
import { logParts } from './log-parts.js';

/** A case file that is ready to be sent. */
export interface PackedCase {
  /** For the name of the file. */
  readonly caseId: string;
  /** SHA-256 of the manifest in hex: by it the file is known again. */
  readonly manifestSha256: string;
  readonly files: number;
  /** The bytes of the ZIP. */
  readonly zip: () => AsyncIterable<Uint8Array>;
}

/** Name of the program in a case file that checks it. */
export const CASE_VERIFIER = 'audit-verify.mjs';

/** Entries of journals that a case file holds at most. */
const MOST_ENTRIES = 200_000;

/**
 * Packs it.
 *
 * @param madeBy - id of who asks
 * Errors: `CASE_TOO_LARGE`, those of signing and of the store.
 */
export async function packCase(
  deps: CaseDeps,
  whole: WholeCase,
  madeBy: string,
  madeAt: string,
): Promise<PackedCase> {
  const log = await deps.seal();
  const texts = new Map<string, string>([
    [CASE_FILES.case, `${canonicalJson(whole as unknown as CanonicalValue)}\n`],
    ...LOCALES.map(
      (locale) => [`case.${locale}.html`, caseHtml(whole, locale, { madeAt, madeBy })] as const,
    ),
    ...(await definitionTexts(deps, whole)),
    ...evidenceTexts(whole),
    ...(await logTexts(deps, whole, log)),
    [CASE_VERIFIER, await deps.verifier()],
  ]);
  const { caseId, processId } = whole.case;
  const files = [...texts].map(([path, text]) => fileOf(path, text)).sort(byPath);
  const { origin, size } = log;
  const manifest: CaseManifest = { caseId, processId, madeAt, madeBy, origin, size, files };
  const signed = manifestText(manifest);
  texts.set(CASE_FILES.manifest, signed);
  texts.set(CASE_FILES.signature, log.sign(signed));
  const entries: ZipEntry[] = [...texts]
    .map(([path, text]) => ({ path, content: () => once(Buffer.from(text)) }))
    .sort(byPath);
  return {
    ...{ caseId, manifestSha256: sha256(signed), files: files.length },
    zip: () => zipOf(entries, CASE_TIME, false),
  };
}

/** Times in a ZIP are of no zone: the same text for the same files, wherever it is made. */
export const CASE_TIME = new Date(2000, 0, 1);

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const byPath = (a: { readonly path: string }, b: { readonly path: string }): number =>
  a.path < b.path ? -1 : 1;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const fileOf = (path: string, text: string) => ({
  ...{ path, bytes: Buffer.byteLength(text), sha256: sha256(text) },
});

/** The packages that were run, file by file. */
async function definitionTexts(
  { store }: CaseDeps,
  { definitions }: WholeCase,
): Promise<readonly (readonly [string, string])[]> {
  const hashes = [...new Set(definitions.map(({ hash }) => hash))];
  const packages = await Promise.all(hashes.map((hash) => store.definitions.package(hash)));
  return packages.flatMap((one) =>
    Object.entries(one?.files ?? {}).map(
      ([path, text]) => [definitionFile(one?.hash ?? '', path), text] as const,
    ),
  );
}

function evidenceTexts({ evidence, certificates, exports }: WholeCase) {
  const lines = (rows: readonly object[]): string =>
    rows.map((row) => `${canonicalJson(row as CanonicalValue)}\n`).join('');
  return [
    [CASE_FILES.access, lines(evidence)],
    [CASE_FILES.certificates, lines(certificates.map(({ certificate }) => certificate))],
    [CASE_FILES.exports, lines(exports)],
  ] as const;
}

/** The entries of the log about the case with their proofs, and the journals as far as it has anchored them. */
async function logTexts(
  { store }: CaseDeps,
  whole: WholeCase,
  log: SealedLog,
): Promise<readonly (readonly [string, string])[]> {
  const instanceIds = whole.instances.map(({ instanceId }) => instanceId);
  const about = [
    ...instanceIds,
    ...whole.certificates.map(({ certificate }) => certificate.certificateId),
    ...whole.exports.map(({ exportId }) => exportId),
  ];
  const found = await store.audit.log.entriesAbout(about, log.size);
  const leaves = await store.audit.log.hashes(0, log.size);
  const { texts, anchored } = logParts(found, leaves);
  const records = await store.audit.log.journalsOf(instanceIds, MOST_ENTRIES + 1);
  if (records.length > MOST_ENTRIES)
    throw caseFailure('CASE_TOO_LARGE', { case: whole.case.caseId, most: MOST_ENTRIES });
  const journals = instanceIds.map((id) => {
    const until = anchored.get(id) ?? 0;
    const own = records.filter((one) => one.instanceId === id && one.sequence <= until);
    return [journalFile(id), own.map((one) => `${recordText(one)}\n`).join('')] as const;
  });
  return [
    ...texts,
    ...journals,
    [CASE_FILES.checkpoint, log.note],
    [CASE_FILES.publicKey, `${log.firstKey}\n`],
  ];
}
