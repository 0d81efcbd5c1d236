/** The pass over all entries: numbers, hashes, personal parts, and what the entries say of keys and journals. */
import { CERTIFICATE_ACTION } from '../certificate.js';
import { type Entry, entryHash, isCommittedTo, type PersonalPart } from '../entry.js';
import { anchorOf, deletionOf, type JournalAnchor, replacementOf } from '../journal.js';
import { type KeyTerm, termOf } from '../keys.js';
import { grow, NO_PEAKS, type Peaks, rootOf } from '../tree.js';
import type { Finding, FoundEntry, Unopened } from './types.js';

/** Action of the entries that tell of an erased personal part. */
export const ERASED_ACTION = 'audit.erased';

/** What the pass gathers. */
export interface Pass {
  readonly findings: Finding[];
  /** The root over the first so many entries, of the sizes that were asked for. */
  readonly roots: Map<number, Buffer>;
  readonly terms: KeyTerm[];
  /** Anchors by instance, oldest first, without those that were replaced. */
  readonly anchors: Map<string, JournalAnchor[]>;
  peaks: Peaks;
  entries: number;
  /** Number of the first entry that is missing or no entry: no root holds from there on. Infinity: none. */
  brokenAt: number;
  personal: number;
  erased: number;
  erasedWithKey: number;
  unopened: number;
  replacedAnchors: number;
  /** Instances whose journals were deleted: none of them is missing, and none may be there. */
  readonly deletedJournals: Set<string>;
  /** Numbers of the entries that tell of certificates, by the hash of each. */
  readonly certified: Map<string, number>;
  readonly erasedNumbers: number[];
  readonly erasedTold: Set<string>;
}

/** Nothing gathered yet. */
export function newPass(): Pass {
  return {
    findings: [],
    roots: new Map(),
    terms: [],
    anchors: new Map(),
    peaks: NO_PEAKS,
    entries: 0,
    brokenAt: Number.POSITIVE_INFINITY,
    personal: 0,
    erased: 0,
    erasedWithKey: 0,
    unopened: 0,
    replacedAnchors: 0,
    deletedJournals: new Set(),
    certified: new Map(),
    erasedNumbers: [],
    erasedTold: new Set(),
  };
}

/** Goes through all entries. Class: reads what it is given. */
export async function passOver(
  entries: AsyncIterable<FoundEntry>,
  sizes: ReadonlySet<number>,
): Promise<Pass> {
  const pass = newPass();
  if (sizes.has(0)) pass.roots.set(0, rootOf(NO_PEAKS));
  let next = 1;
  for await (const found of entries) {
    pass.entries += 1;
    next = take(pass, found, next, sizes);
  }
  return pass;
}

/** Takes one entry, where `next` is the number that it should have. @returns the number after it */
function take(pass: Pass, found: FoundEntry, next: number, sizes: ReadonlySet<number>): number {
  const { entry } = found;
  const tell = (why: string, number = next): void => {
    pass.findings.push({ part: 'entry', number, to: null, what: `entry ${number}`, why });
  };
  if (!entry) {
    tell('what stands there is no entry in its canonical form');
    pass.brokenAt = Math.min(pass.brokenAt, next);
    return next + 1;
  }
  const { number } = entry;
  if (number !== next) {
    pass.brokenAt = Math.min(pass.brokenAt, next);
    if (number > next) tell(`it is missing: entry ${number} follows`);
    else tell(`it is out of order: its number is ${number}`);
  }
  const hash = entryHash(entry);
  if (found.hash && !found.hash.equals(hash)) {
    tell('its content is not what was hashed when it was written', number);
  }
  pass.peaks = grow(pass.peaks, [found.hash ?? hash]);
  if (number < pass.brokenAt && sizes.has(number)) pass.roots.set(number, rootOf(pass.peaks));
  checkPersonal(pass, entry, found.personal);
  gather(pass, entry);
  return Math.max(number, next - 1) + 1;
}

/** Holds a personal part against what its entry commits to. */
export function checkPersonal(
  pass: Pass,
  entry: Entry,
  part: PersonalPart | Unopened | null,
): void {
  const { number, personal } = entry;
  if (personal === null && part === null) return;
  const tell = (why: string): void => {
    const what = `personal part of entry ${number}`;
    pass.findings.push({ part: 'personal part', number, to: null, what, why });
  };
  if (part === null) {
    pass.erased += 1;
    pass.erasedNumbers.push(number);
  } else if (personal === null) tell('the entry has none, but one is there');
  else if (part === 'key destroyed') {
    pass.erased += 1;
    pass.erasedWithKey += 1;
  } else if (part === 'no key at hand') pass.unopened += 1;
  else if (part === 'does not open') tell('what is sealed there is not what was sealed');
  else if (part === 'other key') tell('it is not under the key of what the entry is about');
  else if (!isCommittedTo(personal, part)) tell('it is not what the entry commits to');
  else pass.personal += 1;
}

/** Takes down what an entry says of keys, erasures, certificates and journals. */
export function gather(pass: Pass, entry: Entry): void {
  const { number } = entry;
  const term = termOf(entry, pass.terms);
  if (typeof term === 'string') {
    pass.findings.push({ part: 'key', number, to: null, what: `entry ${number}`, why: term });
  } else if (term) pass.terms.push(term);
  if (entry.action === ERASED_ACTION) pass.erasedTold.add(entry.object);
  if (entry.action === CERTIFICATE_ACTION) {
    pass.certified.set(String(entry.facts?.hash), number);
  }
  const anchor = anchorOf(entry);
  if (anchor) {
    const held = pass.anchors.get(anchor.instanceId);
    if (held) held.push(anchor);
    else pass.anchors.set(anchor.instanceId, [anchor]);
  }
  const deleted = deletionOf(entry);
  if (deleted !== null) {
    pass.anchors.delete(deleted);
    pass.deletedJournals.add(deleted);
  }
  const replaced = replacementOf(entry);
  const held = replaced && pass.anchors.get(replaced.instanceId);
  if (!replaced || !held) return;
  const valid = held.filter(({ sequence }) => sequence < replaced.from);
  pass.replacedAnchors += held.length - valid.length;
  pass.anchors.set(replaced.instanceId, valid);
}
