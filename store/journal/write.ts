/** Writes appends of many instances: journal, heads and projections, in one transaction. */
import type { JournalEntry } from '../../engine/model/index.js';
import { type Moved, movedNotes } from '../audit/moved.js';
import type { Queryable } from '../database.js';
import { eventsOf, ofIncident } from '../events/of-journal.js';
import type { NewEvent } from '../events/types.js';
import { insertEvents } from '../events/write.js';
import { StoreFailure, storeFailure } from '../failure.js';
import type { Seals } from '../sealing/index.js';
import { addChange, type ChangeSet, runTogether, statementsOf } from './changes.js';
import { insertEntries, type StoredEntry } from './entries.js';
import { type Head, headMoved, lockHeads, newHead } from './heads.js';
import { goesOn } from './parked.js';
import type { PreparedAppend } from './prepare.js';
import { mendTail } from './tail.js';

/** What became of one append. */
export type Written = { readonly lastSequence: number } | StoreFailure;

/**
 * Writes what is new of each append, in order; one with a gap or of a stale writer is answered with the failure, the
 * others go on. Entries that are there already are passed over. An instance has one append at most. Class: side effect.
 */
export async function writeAppends(
  db: Queryable,
  seals: Seals,
  appends: readonly PreparedAppend[],
): Promise<readonly Written[]> {
  return db.transaction(async (tx) => {
    const ids = [...new Set(appends.map(({ instance }) => instance.instanceId))];
    const heads = await lockHeads(tx, ids);
    const plan: WritePlan = {
      ...{ entries: [], changes: new Map(), moved: [], events: [], written: [] },
    };
    for (const append of appends) {
      const head = heads.get(append.instance.instanceId) ?? null;
      const mended = await mend(tx, seals, append, head);
      if (mended instanceof StoreFailure) plan.written.push(mended);
      else planWrite(plan, append, mended);
    }
    const journaled =
      plan.entries.length > 0 ? [insertEntries(plan.entries), movedNotes(plan.moved)] : [];
    const told = plan.events.length > 0 ? [insertEvents(plan.events)] : [];
    await runTogether(tx, [...journaled, ...statementsOf(plan.changes), ...told]);
    return plan.written;
  });
}

/** Most appends begin where the journal ends, and there is nothing to read. */
function mend(
  tx: Queryable,
  seals: Seals,
  append: PreparedAppend,
  head: Head | null,
): Head | null | Promise<Head | StoreFailure> {
  const { basis, entries } = append;
  if (head === null || basis === null) return head;
  const isNext = (entries[0]?.sequence ?? basis.after + 1) > head.last;
  const isNewer = basis.after >= head.basis.after && basis.fence >= head.basis.fence;
  return isNext && isNewer ? head : mendTail(tx, seals, append, basis, head);
}

interface WritePlan {
  readonly entries: StoredEntry[];
  readonly changes: ChangeSet;
  /** What the audit log has yet to anchor: noted beside, so that nobody waits for it. */
  readonly moved: Moved[];
  /** What live events tell. */
  readonly events: NewEvent[];
  readonly written: Written[];
}

/** Class: pure but for `plan`. */
function planWrite(plan: WritePlan, append: PreparedAppend, head: Head | null): void {
  const { instance, entries, prepared, basis } = append;
  const last = head?.last ?? 0;
  const fresh = entries.filter(({ sequence }) => sequence > last);
  const gap = findGap(instance.instanceId, last, fresh);
  const lastSequence = fresh.at(-1)?.sequence ?? last;
  plan.written.push(gap ?? { lastSequence });
  if (gap || (fresh.length === 0 && !(head && basis))) return;
  if (head === null) addChange(plan.changes, newHead(instance));
  if (fresh.length > 0)
    plan.moved.push({ instanceId: instance.instanceId, hasEnded: fresh.some(isEnd) });
  plan.events.push(...eventsOf(fresh, instance));
  for (const { row, changes } of prepared) {
    if (row.sequence <= last) continue;
    plan.entries.push(row);
    for (const change of changes) addChange(plan.changes, change);
  }
  addChange(plan.changes, headMoved(instance, lastSequence, basis));
  if (!head?.parkedAs || !basis || basis.fence <= head.parkedFence) return;
  const at = new Date().toISOString();
  plan.events.push(ofIncident('incident.resolved', at, instance, head.parkedAs));
  for (const change of goesOn(instance.instanceId, head.parkedAs, at)) {
    addChange(plan.changes, change);
  }
}

function findGap(
  instance: string,
  last: number,
  fresh: readonly JournalEntry[],
): StoreFailure | null {
  const at = fresh.findIndex(({ sequence }, index) => sequence !== last + 1 + index);
  const found = fresh[at]?.sequence;
  if (found === undefined) return null;
  return storeFailure('STORE_JOURNAL_GAP', { instance, expected: last + 1 + at, found });
}

/** What is told first of an instance that never ran is that it was refused. */
function isEnd({ kind, sequence }: JournalEntry): boolean {
  return ENDS.includes(kind) || (kind === 'requestRefused' && sequence === 1);
}

const ENDS: readonly string[] = ['instanceCompleted', 'instanceCancelled', 'instanceFailed'];
