/**
 * The journal of an instance as one digest, which an entry of the log anchors: a chain of hashes, so that it goes on
 * where it stopped and its cost does not grow with the instance. Class: pure.
 */
import { createHash } from 'node:crypto';
import { type CanonicalValue, canonicalJson } from './canonical.js';
import type { Entry, Facts } from './entry.js';

/** Action of the entries that anchor a journal. */
export const ANCHOR_ACTION = 'journal.anchored';
/** Action of the entries that tell of a journal whose tail was replaced: a decision was never recorded. */
export const REPLACED_ACTION = 'journal.replaced';

/** Action of the entries that tell that a journal was deleted with its instance: its time of retention was over. */
export const JOURNAL_DELETED_ACTION = 'journal.deleted';

/** An entry of a journal, as it is stored. */
export interface JournalRecord {
  readonly instanceId: string;
  readonly sequence: number;
  readonly at: string;
  readonly kind: string;
  readonly elementId: string | null;
  readonly elementInstanceId: string | null;
  readonly scopeId: string | null;
  readonly cause: number | null;
  readonly actor: string | null;
  readonly rule: string | null;
  /** Null also where it is sealed. */
  readonly data: CanonicalValue;
  /** SHA-256 of the sealed data, in hex; null: it stands in the open. So it is checked without any key. */
  readonly sealed: string | null;
}

/** The digest of a journal without entries. */
export const NO_JOURNAL: Buffer = createHash('sha256').update('jornada journal 1\n').digest();

/** The digest with one more entry: `SHA-256(digest ‖ canonical entry)`. Only one that is sealed has the key `sealed`. */
export function journalDigest(before: Uint8Array, record: JournalRecord): Buffer {
  const { instanceId, sequence, at, kind, elementId, elementInstanceId, scopeId } = record;
  const { cause, actor, rule, data, sealed } = record;
  const place = { instanceId, sequence, at, kind, elementId, elementInstanceId, scopeId };
  const text = canonicalJson({ ...place, cause, actor, rule, data, sealed: sealed ?? undefined });
  return createHash('sha256').update(before).update(text).digest();
}

/** What a log holds of a journal: its digest up to and with `sequence`. */
export interface JournalAnchor {
  readonly instanceId: string;
  readonly sequence: number;
  readonly digest: string;
}

/** The facts of an entry that anchors a journal. */
export function anchorFacts({ sequence, digest }: Omit<JournalAnchor, 'instanceId'>): Facts {
  return { sequence, digest };
}

/** The anchor that an entry holds; null for any other entry. */
export function anchorOf({ action, object, facts }: Entry): JournalAnchor | null {
  const { sequence, digest } = facts ?? {};
  const instanceId = instanceIn(object);
  if (action !== ANCHOR_ACTION || instanceId === null) return null;
  if (typeof sequence !== 'number' || typeof digest !== 'string') return null;
  return { instanceId, sequence, digest };
}

/** From where on an entry says that a journal was replaced; null for any other entry. */
export function replacementOf({ action, object, facts }: Entry): {
  readonly instanceId: string;
  readonly from: number;
} | null {
  const instanceId = instanceIn(object);
  if (action !== REPLACED_ACTION || instanceId === null) return null;
  return typeof facts?.from === 'number' ? { instanceId, from: facts.from } : null;
}

/** Of which instance an entry says that its journal was deleted; null for any other entry. */
export function deletionOf({ action, object }: Entry): string | null {
  return action === JOURNAL_DELETED_ACTION ? instanceIn(object) : null;
}

/** How an entry names the instance that it is about. */
export function instanceObject(instanceId: string): string {
  return `instance:${instanceId}`;
}

function instanceIn(object: string): string | null {
  return object.startsWith('instance:') ? object.slice('instance:'.length) : null;
}
