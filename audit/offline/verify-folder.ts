/** Checks an exported log from its files alone. Class: side effect (reads). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from '../canonical.js';
import type { CertificateFields } from '../certificate.js';
import { parseCheckpoint, splitNotes } from '../checkpoint.js';
import { type PersonalPart, parseEntry } from '../entry.js';
import {
  type FoundCheckpoints,
  type FoundEntry,
  type Verdict,
  verifyLog,
} from '../verify/index.js';
import { EXPORT_FILES, parsePersonal } from './files.js';

/** Checks a folder. Throws what `readFile` throws where a file cannot be read. */
export async function verifyFolder(
  folder: string,
  kept: readonly FoundCheckpoints[],
): Promise<Verdict> {
  const read = (name: string): Promise<Buffer> => readFile(join(folder, name));
  const [entries, personal, checkpoints, publicKey] = await Promise.all([
    read(EXPORT_FILES.entries),
    read(EXPORT_FILES.personal),
    read(EXPORT_FILES.checkpoints),
    read(EXPORT_FILES.publicKey),
  ]);
  const parts = readParts(personal);
  const certificates = readCertificates(await read(EXPORT_FILES.certificates).catch(absent));
  const text = textOf(checkpoints);
  const last = parseCheckpoint(splitNotes(text).at(-1) ?? '');
  const verdict = await verifyLog({
    entries: () => foundIn(entries, parts.found),
    // All that is exported is covered by the last checkpoint.
    size: () => last?.size ?? 0,
    checkpoints: { place: EXPORT_FILES.checkpoints, text },
    kept,
    journals: null,
    certificates: async () => certificates,
    publicKey: textOf(publicKey).replace(/\n$/, ''),
  });
  const stray = strayOf(parts, publicKey);
  if (stray === null) return verdict;
  const finding = {
    part: 'personal part',
    number: null,
    to: null,
    what: stray,
    why: STRAY,
  } as const;
  return { ...verdict, isSound: false, findings: [...verdict.findings, finding] };
}

/** An export of before there were certificates has no file of them. */
function absent(error: unknown): Buffer {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
  throw error;
}

/** Lines that are not exactly what was written are certificates of nobody. */
function readCertificates(bytes: Buffer): readonly CertificateFields[] {
  const lines = linesOf(bytes);
  const isEnded = bytes.length === 0 || bytes.at(-1) === 0x0a;
  return lines.map((line, index) => {
    if (!isEnded && index === lines.length - 1) return {};
    try {
      const fields = JSON.parse(line) as CertificateFields;
      return canonicalJson(fields) === line ? fields : {};
    } catch {
      return {};
    }
  });
}

const STRAY = 'what stands there belongs to no entry';

/** What in the other files belongs to no entry; null when all of it does. */
function strayOf({ found, wrong }: Parts, publicKey: Buffer): string | null {
  if (wrong !== null) return `line ${wrong} of ${EXPORT_FILES.personal}`;
  const [number] = found.keys();
  if (number !== undefined) return `personal part of entry ${number}`;
  return publicKey.at(-1) === 0x0a ? null : `end of ${EXPORT_FILES.publicKey}`;
}

/** A byte that is no UTF-8 makes a text that is no other's. */
function textOf(bytes: Buffer): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** The lines of a file, each of which ends with a line end. */
function linesOf(bytes: Buffer): readonly string[] {
  const lines = textOf(bytes).split('\n');
  // What follows the last line end is a line only where it holds something.
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

interface Parts {
  /** By number; whoever takes one removes it. */
  readonly found: Map<number, PersonalPart>;
  /** The first line that is none, from 1. */
  readonly wrong: number | null;
}

function readParts(bytes: Buffer): Parts {
  const found = new Map<number, PersonalPart>();
  let wrong: number | null = null;
  for (const [index, line] of linesOf(bytes).entries()) {
    const part = parsePersonal(line);
    if (part && !found.has(part.number)) found.set(part.number, part);
    else wrong ??= index + 1;
  }
  const isEnded = bytes.length === 0 || bytes.at(-1) === 0x0a;
  if (!isEnded) wrong ??= linesOf(bytes).length;
  return { found, wrong };
}

async function* foundIn(
  bytes: Buffer,
  parts: Map<number, PersonalPart>,
): AsyncGenerator<FoundEntry> {
  const lines = linesOf(bytes);
  const isEnded = bytes.length === 0 || bytes.at(-1) === 0x0a;
  for (const [index, line] of lines.entries()) {
    const isWhole = isEnded || index < lines.length - 1;
    const entry = isWhole ? parseEntry(line) : null;
    const personal = (entry && parts.get(entry.number)) ?? null;
    if (entry) parts.delete(entry.number);
    yield { entry, hash: null, personal };
  }
}
