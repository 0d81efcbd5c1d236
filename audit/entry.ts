/**
 * An entry of the log in its canonical form, and how it commits to its personal part without holding it.
 * Class: pure. Source: docs/audit.md.
 */
import { createHash } from 'node:crypto';
import { type CanonicalValue, canonicalJson } from './canonical.js';
import { leafHash } from './tree.js';

/** Facts by name: of a machine, never about a person. */
export type Facts = Readonly<Record<string, CanonicalValue>>;

/** An entry without its number. */
export interface EntryBody {
  /** ISO 8601 UTC with milliseconds. */
  readonly at: string;
  readonly actor: string | null;
  readonly action: string;
  readonly object: string;
  readonly outcome: string;
  readonly code: string | null;
  readonly requestId: string | null;
  readonly facts: Facts | null;
  /** The commitment to the personal part in hex; null: it has none. */
  readonly personal: string | null;
}

/** An entry. */
export interface Entry extends EntryBody {
  /** From 1 on, without gaps; its leaf in the tree is the one before. */
  readonly number: number;
}

/** The personal part of an entry: kept beside it, and erased without touching it. */
export interface PersonalPart {
  /** Why, in the words of a person. */
  readonly reason: string | null;
  readonly data: CanonicalValue;
  /** Random, so that nobody can try what an erased part may have been. */
  readonly salt: Uint8Array;
}

const FORMAT = 1;

/** The text of an entry, as it is hashed. */
export function entryText(entry: Entry): string {
  const { before, after } = entryFrame(entry);
  return `${before}${entry.number}${after}`;
}

/** The text around the number: the database gives the number and hashes the whole in one step. */
export function entryFrame(body: EntryBody): { readonly before: string; readonly after: string } {
  const { action, actor, at, code, facts, object, outcome, personal, requestId } = body;
  const head = canonicalJson({ action, actor, at, code, facts, format: FORMAT });
  const tail = canonicalJson({ object, outcome, personal, requestId });
  return { before: `${head.slice(0, -1)},"number":`, after: `,${tail.slice(1)}` };
}

/** The hash of an entry as a leaf of the tree. */
export function entryHash(entry: Entry): Buffer {
  return leafHash(entryText(entry));
}

/** Reads the text of an entry; null when it is not exactly the canonical text of one. */
export function parseEntry(text: string): Entry | null {
  const value = parsed(text);
  if (value === null || typeof value !== 'object') return null;
  const entry = value as Entry;
  try {
    return Number.isSafeInteger(entry.number) && entryText(entry) === text ? entry : null;
  } catch {
    return null;
  }
}

/** Stands for the key of a part that is in the open. */
const NO_KEY = '-';

/**
 * What an entry holds of its personal part: `<key>/<hash>`, the key being that under which the part is sealed, or `-`.
 * Thus nobody can say of a part that its key is gone by naming another one. Entries of before hold the hash alone.
 */
export function commitmentUnder(keyId: string | null, part: PersonalPart): string {
  return `${keyId ?? NO_KEY}/${commitmentTo(part)}`;
}

/** The hash in a commitment: `SHA-256(salt ‖ canonical {data, reason})` in hex. */
export function commitmentTo({ reason, data, salt }: PersonalPart): string {
  const text = canonicalJson({ data, reason });
  return createHash('sha256').update(salt).update(text).digest('hex');
}

/** Whether it is this part that an entry commits to. */
export function isCommittedTo(personal: string, part: PersonalPart): boolean {
  return personal.slice(personal.lastIndexOf('/') + 1) === commitmentTo(part);
}

/** The key that a commitment names; null: the part is in the open; undefined: an entry of before names none. */
export function committedKey(personal: string): string | null | undefined {
  const end = personal.lastIndexOf('/');
  if (end < 0) return undefined;
  const keyId = personal.slice(0, end);
  return keyId === NO_KEY ? null : keyId;
}

/** A JSON value, or undefined-free null when the text is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
