/**
 * Packs a range of the log while it is read: page by page, and never held as a whole. The manifest comes last, when all that
 * it lists has left. Whoever stops reading stops it. Class: side effect (reads, signs).
 */
import { createHash } from 'node:crypto';
import { type ZipEntry, zipOf } from '../../archive/index.js';
import { CASE_FILES, type CaseFile, proofText } from '../../audit/case/index.js';
import {
  entryText,
  grow,
  type LeafSpan,
  NO_PEAKS,
  personalText,
  rootOf,
  siblingSpans,
} from '../../audit/index.js';
import {
  leftOutText,
  peaksText,
  RANGE_FILES,
  type RangeManifest,
  rangeManifestText,
} from '../../audit/range/index.js';
import type { AuditLog, LogRange } from '../../store/index.js';
import type { CaseDeps } from '../deps.js';
import { CASE_TIME, CASE_VERIFIER } from '../pack.js';
import type { FoundRange } from './find.js';

/** Who takes a range along, and who hears that it was. */
export interface RangeTaking {
  /** Id of who asked. */
  readonly madeBy: string;
  /** ISO 8601 UTC. */
  readonly madeAt: string;
  /** Told once, before the last bytes leave: by the SHA-256 of its manifest the file is known again. */
  readonly onWhole: (taken: RangeTaken) => Promise<void>;
}

/** A range that left as a whole. */
export interface RangeTaken {
  readonly manifestSha256: string;
  readonly entries: number;
  readonly leftOut: number;
}

/** The bytes of the ZIP. Errors: those of signing and of the store, while it is read. */
export function packRange(
  { store, verifier }: Pick<CaseDeps, 'store' | 'verifier'>,
  found: FoundRange,
  taking: RangeTaking,
): AsyncGenerator<Uint8Array> {
  const { log } = store.audit;
  const files: CaseFile[] = [];
  const counts = { entries: 0, leftOut: 0 };
  const { asked, before, after, size } = found;
  const range: LogRange = { after, to: size, ...asked.filter };
  const listed: readonly (readonly [string, () => AsyncIterable<string>])[] = [
    [CASE_VERIFIER, () => once(verifier)],
    [RANGE_FILES.before, () => once(async () => peaksText(before?.peaks ?? NO_PEAKS))],
    [RANGE_FILES.checkpoints, () => notesOf(log, found)],
    [RANGE_FILES.entries, () => linesOf(log, range, counts)],
    [RANGE_FILES.keys, () => keysBefore(log, after)],
    [RANGE_FILES.personal, () => partsOf(log, range)],
    [RANGE_FILES.proofs, () => proofsBefore(log, after)],
    [RANGE_FILES.publicKey, () => once(async () => `${found.log.firstKey}\n`)],
  ];
  let signed = '';
  const manifest = async (): Promise<string> => {
    const { madeAt, madeBy, onWhole } = taking;
    const of = { ...asked, after, size, ...counts, origin: found.log.origin };
    signed = rangeManifestText({ ...of, madeAt, madeBy, files } satisfies RangeManifest);
    const manifestSha256 = createHash('sha256').update(signed).digest('hex');
    await onWhole({ manifestSha256, ...counts });
    return signed;
  };
  const entries: ZipEntry[] = [
    ...listed.map(([path, text]) => ({ path, content: () => hashed(path, text(), files) })),
    { path: CASE_FILES.manifest, content: () => bytesOf(once(manifest)) },
    {
      path: CASE_FILES.signature,
      content: () => bytesOf(once(async () => found.log.sign(signed))),
    },
  ];
  return zipOf(entries, CASE_TIME, false);
}

async function* once(text: () => Promise<string>): AsyncGenerator<string> {
  yield await text();
}

async function* bytesOf(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const text of texts) yield Buffer.from(text);
}

/** The bytes of a file, which is listed when the last of them left. */
async function* hashed(
  path: string,
  texts: AsyncIterable<string>,
  files: CaseFile[],
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of bytesOf(texts)) {
    hash.update(piece);
    bytes += piece.length;
    yield piece;
  }
  files.push({ path, bytes, sha256: hash.digest('hex') });
}

/** Lines that leave together. */
const TOGETHER = 200;

/** Texts of lines, many at a time: a line by itself costs more on its way than it is long. */
async function* together(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let held: string[] = [];
  for await (const line of lines) {
    held.push(`${line}\n`);
    if (held.length < TOGETHER) continue;
    yield held.join('');
    held = [];
  }
  if (held.length > 0) yield held.join('');
}

async function* notesOf(
  log: AuditLog,
  { before, after, size }: FoundRange,
): AsyncGenerator<string> {
  if (before) yield before.note;
  for (let from = after; from < size; ) {
    const notes = (await log.notesAfter(from, TOGETHER)).filter((one) => one.size <= size);
    const last = notes.at(-1);
    if (!last) return;
    yield notes.map(({ note }) => note).join('');
    from = last.size;
  }
}

function linesOf(
  log: AuditLog,
  range: LogRange,
  counts: { entries: number; leftOut: number },
): AsyncGenerator<string> {
  const lines = async function* (): AsyncGenerator<string> {
    for await (const { number, hash, entry } of log.range(range)) {
      counts[entry ? 'entries' : 'leftOut'] += 1;
      yield entry ? entryText(entry) : leftOutText(number, hash);
    }
  };
  return together(lines());
}

function partsOf(log: AuditLog, range: LogRange): AsyncGenerator<string> {
  const lines = async function* (): AsyncGenerator<string> {
    for await (const part of log.rangeParts(range)) yield personalText(part.number, part);
  };
  return together(lines());
}

async function* keysBefore(log: AuditLog, after: number): AsyncGenerator<string> {
  for (const entry of await log.keyEntries()) {
    if (entry.number <= after) yield `${entryText(entry)}\n`;
  }
}

async function* proofsBefore(log: AuditLog, after: number): AsyncGenerator<string> {
  for (const { number } of await log.keyEntries()) {
    if (number > after) continue;
    const path: Buffer[] = [];
    for (const span of siblingSpans(number - 1, after)) path.push(await rootOver(log, span));
    yield `${proofText(number, path)}\n`;
  }
}

/** Hashes that are held at a time. */
const HASHES = 10_000;

async function rootOver(log: AuditLog, { from, to }: LeafSpan): Promise<Buffer> {
  let peaks = NO_PEAKS;
  for (let at = from; at < to; at += HASHES) {
    peaks = grow(peaks, await log.hashes(at, Math.min(at + HASHES, to)));
  }
  return rootOf(peaks);
}
