/**
 * Between which checkpoints a time of the log lies: from one that was signed no later than it begins, to one that was signed
 * no earlier than it ends, or the newest. Class: side effect (reads, signs).
 */
import { parseCheckpoint } from '../../audit/index.js';
import type { RangeFilter } from '../../audit/range/index.js';
import type { StoredCheckpoint } from '../../store/index.js';
import type { CaseDeps, SealedLog } from '../deps.js';
import { caseFailure } from '../failure.js';

/** What is asked of the log. Times are ISO 8601 UTC; null: from the first entry, up to the last. */
export interface AskedRange {
  readonly since: string | null;
  readonly until: string | null;
  readonly filter: RangeFilter;
}

/** A range that was found. */
export interface FoundRange {
  readonly asked: AskedRange;
  readonly log: SealedLog;
  /** The checkpoint that it begins after; null: it begins with the log. */
  readonly before: StoredCheckpoint | null;
  /** Entries that this one covers, and those that the last one does. */
  readonly after: number;
  readonly size: number;
  /** When the two were signed. */
  readonly beganAt: string | null;
  readonly endedAt: string;
}

/** Entries of a range at most: whoever checks it holds them all. */
export const MOST_OF_RANGE = 200_000;

/** Finds it, with all there is signed first. Errors: `LOG_RANGE_TOO_LARGE`, those of signing and of the store. */
export async function findRange(
  { store, seal }: Pick<CaseDeps, 'store' | 'seal'>,
  asked: AskedRange,
): Promise<FoundRange> {
  const log = await seal();
  const { since, until } = asked;
  const { first, last } = await store.audit.log.numbersAt(since, until);
  const before = since === null ? null : await beginning(store, since, first ?? log.size + 1);
  const after = before?.peaks.size ?? 0;
  const end = await ending(store, log, until, Math.max(last ?? 0, after));
  const entries = end.size - after;
  if (entries > MOST_OF_RANGE) {
    throw caseFailure('LOG_RANGE_TOO_LARGE', { entries, most: MOST_OF_RANGE });
  }
  const beganAt = before && atOf(before.note);
  return { ...{ asked, log, before, after, beganAt }, size: end.size, endedAt: end.at };
}

const atOf = (note: string): string => parseCheckpoint(note)?.at ?? '';

/** The newest checkpoint before the first entry of a time that was signed no later; clocks may have been set back. */
async function beginning(
  store: CaseDeps['store'],
  since: string,
  first: number,
): Promise<StoredCheckpoint | null> {
  for (let below = first; ; ) {
    const found = await store.audit.log.checkpointBelow(below);
    if (!found || atOf(found.note) <= since) return found;
    below = found.peaks.size;
  }
}

/** Notes that are looked through at a time. */
const PAGE = 100;

/** The first checkpoint over the last entry of a time that was signed no earlier than its end, else the newest. */
async function ending(
  store: CaseDeps['store'],
  log: SealedLog,
  until: string | null,
  last: number,
): Promise<{ readonly size: number; readonly at: string }> {
  const newest = { size: log.size, at: atOf(log.note) };
  if (until === null) return newest;
  for (let after = last - 1; ; ) {
    const notes = await store.audit.log.notesAfter(after, PAGE);
    const found = notes.find(({ size, note }) => size > 0 && atOf(note) >= until);
    if (found && found.size <= log.size) return { size: found.size, at: atOf(found.note) };
    const next = notes.at(-1)?.size;
    if (next === undefined || next >= log.size) return newest;
    after = next;
  }
}
