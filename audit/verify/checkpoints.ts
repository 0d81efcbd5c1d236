/** Checks of checkpoints against the entries: signature, root, order, and that each names the one before. Class: pure. */
import { noteHash, parseCheckpoint, type SignedCheckpoint, splitNotes } from '../checkpoint.js';
import { keyAt } from '../keys.js';
import { isSignedBy } from '../note.js';
import type { Pass } from './entries.js';
import type { Finding, FoundCheckpoints } from './types.js';

/** The checkpoints of one place, read. */
export interface ReadCheckpoints {
  readonly place: string;
  /** Null: no checkpoint stands there. */
  readonly all: readonly (SignedCheckpoint | null)[];
  /** What stands after the last whole one: a writer was killed. */
  readonly rest: string;
}

/** Reads them. */
export function readCheckpoints({ place, text }: FoundCheckpoints): ReadCheckpoints {
  const pieces = splitNotes(text);
  const all = pieces.map(parseCheckpoint);
  const isTorn = all.length > 0 && all.at(-1) === null && !text.endsWith('\n');
  const rest = isTorn ? (pieces.at(-1) ?? '') : '';
  return { place, all: isTorn ? all.slice(0, -1) : all, rest };
}

/** Checks the log's own checkpoints. @returns the size that the last sound one covers */
export function checkOwn(pass: Pass, { place, all, rest }: ReadCheckpoints): number {
  let before: SignedCheckpoint | null = null;
  let sound = 0;
  const tell = createTell(pass);
  for (const [index, checkpoint] of all.entries()) {
    const what = `checkpoint ${index + 1} in ${place}`;
    if (!checkpoint) {
      tell(sound + 1, what, 'what stands there is no checkpoint');
      continue;
    }
    const why = wrongWith(pass, checkpoint, sound) ?? wrongAfter(checkpoint, before);
    if (why) tell(why.number ?? sound + 1, nameOf(checkpoint, place), why.text, why.to ?? null);
    else sound = checkpoint.size;
    before = checkpoint;
  }
  if (rest !== '') tell(sound + 1, `end of ${place}`, 'what stands there is no checkpoint');
  return sound;
}

/** Checks checkpoints that were kept elsewhere; what a killed writer left at their end is no finding. */
export function checkKept(
  pass: Pass,
  { place, all, rest }: ReadCheckpoints,
  own: ReadCheckpoints,
): void {
  const tell = createTell(pass);
  const known = new Set(own.all.map((checkpoint) => checkpoint?.whole ?? ''));
  let sound = 0;
  for (const [index, checkpoint] of all.entries()) {
    if (!checkpoint) {
      tell(sound + 1, `checkpoint ${index + 1} in ${place}`, 'what stands there is no checkpoint');
      continue;
    }
    const why = wrongWith(pass, checkpoint, sound);
    if (why) tell(why.number ?? sound + 1, nameOf(checkpoint, place), why.text, why.to ?? null);
    else if (!known.has(checkpoint.whole)) {
      tell(sound + 1, nameOf(checkpoint, place), `${own.place} does not have it`);
    } else sound = checkpoint.size;
  }
  if (rest !== '' && ![...known].some((whole) => whole.startsWith(rest))) {
    tell(sound + 1, `end of ${place}`, 'what stands there begins no checkpoint of the log');
  }
}

interface Wrong {
  readonly number: number | null;
  readonly to?: number;
  readonly text: string;
}

function createTell(pass: Pass) {
  return (number: number, what: string, why: string, to: number | null = null): void => {
    const finding: Finding = { part: 'checkpoint', number, to, what, why };
    pass.findings.push(finding);
  };
}

function nameOf({ size }: SignedCheckpoint, place: string): string {
  return `checkpoint of ${size} entries in ${place}`;
}

/** What is wrong with one by itself; `sound` entries are covered by one that is right. */
function wrongWith(pass: Pass, checkpoint: SignedCheckpoint, sound: number): Wrong | null {
  const { size, root, origin, note } = checkpoint;
  const key = keyAt(pass.terms, size);
  if (!key) {
    return { number: null, to: pass.peaks.size, text: 'no entry names the key that signs' };
  }
  if (origin !== key.name || note.name !== origin) {
    return { number: null, text: 'it is of another log' };
  }
  const last = Math.min(pass.brokenAt - 1, pass.peaks.size);
  const isSigned = isSignedBy(note, key);
  if (size > last) {
    // The entry that names the key may be gone as well.
    const signer = isSigned ? '' : `, nor does an entry name key ${note.keyId}, which signed it`;
    const text = `it covers ${size} entries, but entry ${last + 1} is not there${signer}`;
    return { number: last + 1, text };
  }
  if (!isSigned) {
    return { number: null, text: `key ${key.id}, which signs at that size, did not sign it` };
  }
  if (pass.roots.get(size)?.equals(root)) return null;
  const from = Math.min(sound + 1, size);
  return {
    number: from,
    to: size,
    text: `entries ${from} to ${size} are not those it was made of`,
  };
}

function wrongAfter(checkpoint: SignedCheckpoint, before: SignedCheckpoint | null): Wrong | null {
  const { previous, size } = checkpoint;
  if (!before && previous) return { number: null, text: 'the checkpoint before it is gone' };
  if (!before) return null;
  if (!previous?.equals(noteHash(before.whole))) {
    return { number: null, text: 'it does not follow the checkpoint before it' };
  }
  return size > before.size
    ? null
    : { number: null, text: 'it covers no more than the one before' };
}
