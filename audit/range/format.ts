/**
 * A range of the log as files that anybody can check without the rest of it:
 *
 *     log/checkpoints.txt   every signed note from the checkpoint that the range begins after to the one it ends with
 *     log/before.json       the tree at the beginning: the roots of its full subtrees
 *     log/entries.jsonl     the range, a line each number: the entry as it is hashed, or, where a filter left it out, its hash
 *     log/personal.jsonl    the personal parts that were not erased, of entries that are there
 *     log/keys.jsonl        entries before the range that name keys of the log
 *     log/proofs.jsonl      for each of these that it is in the tree at the beginning
 *     log/public-key.txt    the first key of the log
 *     manifest.json, manifest.jws   every file with its SHA-256, what was asked for, and the signature over that
 *
 * The tree grows from its beginning by the hashes of all lines to the root of each checkpoint: so none is missing, none was
 * added, and none stands elsewhere. Class: pure. Source: docs/audit.md.
 */
import { canonicalJson } from '../canonical.js';
import type { CaseFile } from '../case/format.js';
import { type Entry, parseEntry } from '../entry.js';
import { strictBase64 } from '../note.js';
import { HASH_BYTES, type Peaks, peakCount } from '../tree.js';

/** Names of the files that a check reads. */
export const RANGE_FILES = {
  before: 'log/before.json',
  checkpoints: 'log/checkpoints.txt',
  entries: 'log/entries.jsonl',
  keys: 'log/keys.jsonl',
  personal: 'log/personal.jsonl',
  proofs: 'log/proofs.jsonl',
  publicKey: 'log/public-key.txt',
} as const;

const FORMAT = 'jornada-log/1';

/** Which entries are there; null: whatever. All null: every one. */
export interface RangeFilter {
  /** By what the log knows whoever acted. */
  readonly actors: readonly string[] | null;
  readonly customerId: string | null;
  readonly processId: string | null;
}

/** Whether a filter leaves nothing out. */
export const isUnfiltered = (filter: RangeFilter): boolean =>
  Object.values(filter).every((one) => one === null);

/** What a range is, and what it consists of. */
export interface RangeManifest {
  /** What was asked for: from when on and before when, ISO 8601 UTC; null: from the first entry, up to the last. */
  readonly since: string | null;
  readonly until: string | null;
  readonly filter: RangeFilter;
  /** Entries that the checkpoint before the range covers, 0: it begins with the log; and those that its last one covers. */
  readonly after: number;
  readonly size: number;
  /** How many of the range are there, and of how many only the hash is. */
  readonly entries: number;
  readonly leftOut: number;
  /** ISO 8601 UTC. */
  readonly madeAt: string;
  /** Id of who asked for it. */
  readonly madeBy: string;
  readonly origin: string;
  /** In the order of their paths. */
  readonly files: readonly CaseFile[];
}

/** The manifest as it is written and signed. */
export function rangeManifestText(manifest: RangeManifest): string {
  const { since, until, after, size, entries, leftOut, madeAt, madeBy, origin } = manifest;
  const { actors, customerId, processId } = manifest.filter;
  const filter = { actors, customerId, processId };
  const files = manifest.files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 }));
  const range = { since, until, filter, after, size, entries, leftOut };
  return `${canonicalJson({ format: FORMAT, ...range, madeAt, madeBy, origin, files })}\n`;
}

/** Reads a manifest; null when it is not exactly one. */
export function parseRangeManifest(text: string): RangeManifest | null {
  try {
    const manifest = JSON.parse(text) as RangeManifest;
    const { after, size, entries, leftOut } = manifest;
    const isCounted = [after, size, entries, leftOut].every(
      (count) => Number.isSafeInteger(count) && count >= 0,
    );
    return isCounted && rangeManifestText(manifest) === text ? manifest : null;
  } catch {
    return null;
  }
}

/** Whether a manifest says of itself that it is of a range. */
export function isRangeManifest(text: string): boolean {
  try {
    return JSON.parse(text).format === FORMAT;
  } catch {
    return false;
  }
}

/** The line of an entry that was left out, without its end. @param hash - as a leaf of the tree */
export function leftOutText(number: number, hash: Uint8Array): string {
  return canonicalJson({ hash: Buffer.from(hash).toString('base64'), number });
}

/** A line of the range: an entry, or the hash of one that was left out. */
export type RangeLine =
  | { readonly entry: Entry }
  | { readonly entry: null; readonly number: number; readonly hash: Buffer };

/** Reads such a line; null when it is not exactly one. */
export function parseRangeLine(text: string): RangeLine | null {
  const entry = parseEntry(text);
  if (entry) return { entry };
  try {
    const { hash: base64, number } = JSON.parse(text) as { hash: string; number: number };
    const hash = strictBase64(base64);
    const isWhole = Number.isSafeInteger(number) && hash?.length === HASH_BYTES;
    return isWhole && leftOutText(number, hash) === text ? { entry: null, number, hash } : null;
  } catch {
    return null;
  }
}

/** The tree at the beginning, as it is written. */
export function peaksText({ size, hashes }: Peaks): string {
  return `${canonicalJson({ hashes: hashes.map((hash) => hash.toString('base64')), size })}\n`;
}

/** Reads it; null when it is not exactly a tree. */
export function parsePeaks(text: string): Peaks | null {
  try {
    const { size, hashes: all } = JSON.parse(text) as { size: number; hashes: readonly string[] };
    const hashes = all.flatMap((one) => strictBase64(one) ?? []);
    const isTree = Number.isSafeInteger(size) && size >= 0 && hashes.length === peakCount(size);
    return isTree && peaksText({ size, hashes }) === text ? { size, hashes } : null;
  } catch {
    return null;
  }
}
