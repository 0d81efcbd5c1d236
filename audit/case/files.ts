/** Files that a signed manifest lists, while they are checked. Class: reads what it is given. */
import { createHash } from 'node:crypto';
import { CASE_FILES, type CaseFile } from './format.js';

/** The files, from wherever they are. */
export interface CaseSource {
  /** Names of all files that are there. */
  readonly names: readonly string[];
  /** Errors: those of whoever reads. */
  readonly read: (name: string) => Promise<Buffer>;
}

/** One thing that is wrong. */
export interface CaseFinding {
  /** Which file or entry, in words. */
  readonly what: string;
  readonly why: string;
}

/** Files while they are checked: their texts by name, and what was found. */
export interface CaseCheck {
  readonly texts: ReadonlyMap<string, string>;
  readonly findings: CaseFinding[];
  readonly tell: (what: string, why: string) => void;
}

/** Sizes and SHA-256 of files as they were found, by name. */
export type FoundHashes = ReadonlyMap<string, Pick<CaseFile, 'bytes' | 'sha256'>>;

/** Whether files are those that a manifest lists, and not of an exported log. */
export const isCase = (names: readonly string[]): boolean => names.includes(CASE_FILES.manifest);

/** Reads them all. Errors: those of reading. */
export async function readSigned({
  names,
  read,
}: CaseSource): Promise<{ readonly check: CaseCheck; readonly hashes: FoundHashes }> {
  const findings: CaseFinding[] = [];
  const texts = new Map<string, string>();
  const hashes = new Map<string, Pick<CaseFile, 'bytes' | 'sha256'>>();
  for (const name of names) {
    const bytes = await read(name);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    hashes.set(name, { bytes: bytes.length, sha256 });
    texts.set(name, new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  }
  const tell = (what: string, why: string): void => void findings.push({ what, why });
  return { check: { texts, findings, tell }, hashes };
}

const UNLISTED: readonly string[] = [CASE_FILES.manifest, CASE_FILES.signature];

/** Every file that the manifest lists is there as it says, and no other. */
export function checkFiles(
  { tell }: CaseCheck,
  files: readonly CaseFile[],
  found: FoundHashes,
): void {
  const listed = new Set(files.map(({ path }) => path));
  for (const { path, bytes, sha256 } of files) {
    const there = found.get(path);
    if (!there) tell(path, 'it is missing');
    else if (there.sha256 !== sha256 || there.bytes !== bytes) tell(path, 'it was changed');
  }
  for (const name of found.keys()) {
    if (!listed.has(name) && !UNLISTED.includes(name)) tell(name, 'no manifest lists it');
  }
}
