/**
 * Checkpoints: how large the log is and what its root is, signed. Each names the one before by its hash.
 *
 *     jornada/5b0e…          origin: which log
 *     512                    size: entries 1 to 512
 *     base64                 root over them
 *     at 2026-…Z             when
 *     previous base64        SHA-256 of the whole note before; `previous -` of the first
 *
 *     — jornada/5b0e… base64
 *
 * Class: pure. Source: https://c2sp.org/tlog-checkpoint; the last two lines are its extension lines.
 */
import { createHash } from 'node:crypto';
import { type Note, parseNote, strictBase64 } from './note.js';
import { HASH_BYTES } from './tree.js';

/** What a checkpoint says. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Null: it is the first. */
  readonly previous: Buffer | null;
}

/** A checkpoint with its note, whose signature is not yet checked. */
export interface SignedCheckpoint extends Checkpoint {
  readonly note: Note;
  /** The whole note as it is kept. */
  readonly whole: string;
}

/** The text that is signed. */
export function checkpointText({ origin, size, root, at, previous }: Checkpoint): string {
  const before = previous === null ? '-' : previous.toString('base64');
  return `${origin}\n${size}\n${root.toString('base64')}\nat ${at}\nprevious ${before}\n`;
}

/** What the next checkpoint names a note by. */
export function noteHash(whole: string): Buffer {
  return createHash('sha256').update(whole).digest();
}

/** Reads a note; null when it is not exactly a checkpoint. */
export function parseCheckpoint(whole: string): SignedCheckpoint | null {
  const note = parseNote(whole);
  if (!note) return null;
  const [origin, digits = '', base64, at = '', before = '', ...more] = note.text.split('\n');
  const root = strictBase64(base64);
  const previous = before === 'previous -' ? null : hashOf(/^previous (.+)$/.exec(before)?.[1]);
  const isRight = /^(0|[1-9]\d{0,15})$/.test(digits) && /^at \S+Z$/.test(at);
  if (!origin || root?.length !== HASH_BYTES || previous === undefined) return null;
  if (!isRight || more.length !== 1) return null;
  return { origin, size: Number(digits), root, at: at.slice(3), previous, note, whole };
}

function hashOf(base64: string | undefined): Buffer | undefined {
  const bytes = strictBase64(base64);
  return bytes?.length === HASH_BYTES ? bytes : undefined;
}

const END_OF_NOTE = /(?<=\n\n— [^\n]+\n)/;

/** The notes of a file of checkpoints, each ending with its signature. */
export function splitNotes(text: string): readonly string[] {
  return text === '' ? [] : text.split(END_OF_NOTE);
}

/** Whether a text holds a checkpoint at all: one that holds none was not kept from any log. */
export function holdsCheckpoint(text: string): boolean {
  return splitNotes(text).some((note) => parseCheckpoint(note) !== null);
}
