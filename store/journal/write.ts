/** Writes appends of many instances: journal, heads and projections, in one transaction. */
import type { JournalEntry } from '../../engine/model/index.js';
import type { Queryable } from '../database.js';
import { type StoreFailure, storeFailure } from '../failure.js';
import { addChange, type ChangeSet, runTogether, statementsOf } from './changes.js';
import { insertEntries, type JournalRow } from './entries.js';
import { headMoved, lockHeads, newHead } from './heads.js';
import { project } from './project.js';
import type { Append, JournalInstance } from './types.js';

/** What became of one append. */
export type Written = { readonly lastSequence: number } | StoreFailure;

/**
 * Writes what is new of each append, in order; one with a gap is answered with `STORE_JOURNAL_GAP`, the others go
 * on. Entries that are there already are passed over. Class: side effect.
 */
export async function writeAppends(
  db: Queryable,
  appends: readonly Append[],
): Promise<readonly Written[]> {
  return db.transaction(async (tx) => {
    const ids = [...new Set(appends.map(({ instance }) => instance.instanceId))];
    const stored = await lockHeads(tx, ids);
    const plan = planWrites(appends, stored);
    if (plan.entries.length > 0) {
      await runTogether(tx, [insertEntries(plan.entries), ...statementsOf(plan.changes)]);
    }
    return plan.written;
  });
}

interface WritePlan {
  readonly entries: JournalRow[];
  readonly changes: ChangeSet;
  readonly written: Written[];
}

/** Class: pure. */
function planWrites(appends: readonly Append[], stored: ReadonlyMap<string, number>): WritePlan {
  const plan: WritePlan = { entries: [], changes: new Map(), written: [] };
  const heads = new Map(stored);
  for (const { instance, entries } of appends) {
    const { instanceId } = instance;
    const head = heads.get(instanceId);
    const last = head ?? 0;
    const fresh = entries.filter(({ sequence }) => sequence > last);
    const gap = findGap(instanceId, last, fresh);
    plan.written.push(gap ?? { lastSequence: fresh.at(-1)?.sequence ?? last });
    if (gap || fresh.length === 0) continue;
    if (head === undefined) addChange(plan.changes, newHead(instance));
    heads.set(instanceId, last + fresh.length);
    addAppend(plan, instance, fresh);
  }
  return plan;
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

function addAppend(
  { entries, changes }: WritePlan,
  instance: JournalInstance,
  fresh: readonly JournalEntry[],
): void {
  for (const entry of fresh) {
    entries.push({ instanceId: instance.instanceId, ...entry });
    for (const change of project(entry, instance)) addChange(changes, change);
  }
  addChange(changes, headMoved(instance, fresh.at(-1)?.sequence ?? 0));
}
