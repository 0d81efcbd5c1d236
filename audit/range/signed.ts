/** What signs for a range: its checkpoints, the keys that the log names, and the manifest. Class: pure. */
import type { CaseCheck } from '../case/files.js';
import { CASE_FILES, parseProof } from '../case/format.js';
import { signerOfDetached } from '../case/jws.js';
import { parsedLines } from '../case/lines.js';
import { noteHash, parseCheckpoint, type SignedCheckpoint, splitNotes } from '../checkpoint.js';
import { entryHash, parseEntry } from '../entry.js';
import { KEY_ACTION, keyAt } from '../keys.js';
import { isSignedBy, keyText } from '../note.js';
import { isIncluded } from '../proofs.js';
import { type Peaks, rootOf } from '../tree.js';
import { gather, type Pass } from '../verify/entries.js';
import { RANGE_FILES, type RangeManifest } from './format.js';

/** The checkpoints of a range. */
export interface RangeCheckpoints {
  /** The one that it begins after; null: it begins with the log. */
  readonly first: SignedCheckpoint | null;
  /** Those after it, in their order. */
  readonly rest: readonly SignedCheckpoint[];
}

/** Reads them, each of which names the one before. @param after - entries before the range */
export function readCheckpoints(check: CaseCheck, after: number): RangeCheckpoints {
  const { texts, tell } = check;
  const notes = splitNotes(texts.get(RANGE_FILES.checkpoints) ?? '');
  const all = notes.flatMap((note, index) => {
    const checkpoint = parseCheckpoint(note);
    if (!checkpoint) tell(`checkpoint ${index + 1}`, 'what stands there is no checkpoint');
    return checkpoint ?? [];
  });
  for (const [index, checkpoint] of all.entries()) {
    const before = all[index - 1];
    if (!before) continue;
    const follows = checkpoint.previous?.equals(noteHash(before.whole)) === true;
    if (follows && checkpoint.size > before.size && checkpoint.origin === before.origin) continue;
    tell(nameOf(checkpoint), 'it does not follow the checkpoint before it');
  }
  const [head, ...others] = all;
  if (after > 0 && head?.size !== after) {
    tell(RANGE_FILES.checkpoints, `none is of the ${after} entries before the range`);
  }
  if (after === 0 && head?.previous) tell(nameOf(head), 'the checkpoint before it is gone');
  return after === 0 ? { first: null, rest: all } : { first: head ?? null, rest: others };
}

/** The tree at the beginning is the one that the checkpoint there was signed for. */
export function checkBefore({ tell }: CaseCheck, before: Peaks, first: SignedCheckpoint | null) {
  if (first && !rootOf(before).equals(first.root)) {
    tell(RANGE_FILES.before, 'it is not the tree of the checkpoint before the range');
  }
}

/** Entries before the range that name keys: each is in the tree at the beginning. */
export function gatherKeys(check: CaseCheck, pass: Pass, first: SignedCheckpoint | null): void {
  const proofs = new Map(
    parsedLines(check, RANGE_FILES.proofs, parseProof).map(({ number, path }) => [number, path]),
  );
  for (const entry of parsedLines(check, RANGE_FILES.keys, parseEntry)) {
    const { number, action } = entry;
    const path = proofs.get(number);
    const isThere =
      first !== null &&
      path !== undefined &&
      isIncluded(entryHash(entry), number - 1, first.size, path, first.root);
    if (!isThere || action !== KEY_ACTION) {
      check.tell(`entry ${number}`, 'it names no key in the log before the range');
    }
    gather(pass, entry);
    proofs.delete(number);
  }
  for (const number of proofs.keys()) {
    check.tell(`entry ${number}`, 'there is a proof of it, but not the entry itself');
  }
}

/** The first key is the one that was kept; checkpoints and manifest are signed by the keys of their times. */
export function checkSigners(
  { texts, tell }: CaseCheck,
  { terms }: Pass,
  { first, rest }: RangeCheckpoints,
  manifest: RangeManifest | null,
): void {
  const [oldest] = terms;
  if (!oldest || `${keyText(oldest.key)}\n` !== texts.get(RANGE_FILES.publicKey)) {
    tell(RANGE_FILES.publicKey, 'it is not the first key of the log');
  }
  const all = [...(first ? [first] : []), ...rest];
  for (const checkpoint of all) {
    const key = keyAt(terms, checkpoint.size);
    if (!key || checkpoint.origin !== key.name || !isSignedBy(checkpoint.note, key)) {
      tell(nameOf(checkpoint), 'no key of the log signed it as it is');
    }
  }
  if (!manifest) return;
  const last = all.at(-1);
  const key = last && keyAt(terms, last.size);
  const text = texts.get(CASE_FILES.manifest) ?? '';
  const signer = signerOfDetached(texts.get(CASE_FILES.signature) ?? '', text);
  if (!key || signer !== keyText(key)) {
    tell(CASE_FILES.signature, 'the key of the log did not sign the manifest as it is');
  }
  if (manifest.size !== last?.size || manifest.origin !== last.origin) {
    tell(CASE_FILES.manifest, 'it names another checkpoint');
  }
}

const nameOf = ({ size }: SignedCheckpoint): string => `checkpoint of ${size} entries`;
