/**
 * Which key signs the checkpoints of a log, and since when: entries of the log say so, and each new key is signed by
 * the one before. Class: pure.
 */
import type { KeyObject } from 'node:crypto';
import type { Entry, Facts } from './entry.js';
import { isSignedBy, keyText, type NoteKey, parseKey, parseNote, signNote } from './note.js';

/** Action of the entries that name a key. */
export const KEY_ACTION = 'audit.key';

/** Checkpoints from `since` entries on are signed by this key. */
export interface KeyTerm {
  readonly since: number;
  readonly key: NoteKey;
}

/** The facts of the entry that names the first key of a log. */
export function firstKeyFacts(key: NoteKey): Facts {
  return { key: keyText(key), note: null };
}

/** The facts of the entry by which a key hands over to the next. */
export function nextKeyFacts(next: NoteKey, key: NoteKey, privateKey: KeyObject): Facts {
  return { key: keyText(next), note: signNote(handover(next), key, privateKey) };
}

function handover(next: NoteKey): string {
  return `${next.name}\nnext key ${keyText(next)}\n`;
}

/**
 * The key that an entry names, after those before it.
 *
 * @returns null for any other entry; a text says what is wrong with it
 */
export function termOf(entry: Entry, terms: readonly KeyTerm[]): KeyTerm | string | null {
  if (entry.action !== KEY_ACTION) return null;
  const { key: named, note } = entry.facts ?? {};
  const key = typeof named === 'string' ? parseKey(named) : null;
  if (!key) return 'the key that it names cannot be read';
  const before = terms.at(-1)?.key;
  if (!before && note !== null) return 'it names a key after one that no entry names';
  if (before && !isHandover(typeof note === 'string' ? note : '', key, before)) {
    return 'it names a new key that the key before did not sign';
  }
  // Entries may have been there before the first key: it signs them all.
  return { since: before ? entry.number : 0, key };
}

function isHandover(whole: string, next: NoteKey, before: NoteKey): boolean {
  const note = parseNote(whole);
  return note?.text === handover(next) && isSignedBy(note, before);
}

/** The key for a checkpoint of this size; null where none is named. */
export function keyAt(terms: readonly KeyTerm[], size: number): NoteKey | null {
  return terms.findLast(({ since }) => since <= size)?.key ?? null;
}
