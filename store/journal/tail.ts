/**
 * The tail of a journal may be of a decision that was never recorded: its worker died in between, and the next attempt
 * decided otherwise. Whoever writes next tells so by what it rested on; the tail goes, and what people read of this
 * instance is made anew. Source: docs/design.md D6.
 */
import { and, eq, gte, sql } from 'drizzle-orm';
import { REPLACED_ACTION } from '../../audit/index.js';
import type { JournalEntry } from '../../engine/model/index.js';
import { appendActs } from '../audit/append.js';
import type { Act } from '../audit/index.js';
import { forgetAnchors } from '../audit/moved.js';
import { jsonText } from '../columns.js';
import type { Queryable } from '../database.js';
import { type StoreFailure, storeFailure } from '../failure.js';
import type { Seals } from '../sealing/index.js';
import { entriesFrom, type JournalRow, journal } from './entries.js';
import type { Head } from './heads.js';
import { foldJournal } from './rebuild.js';
import { emptyProjections } from './tables.js';
import type { Append, Basis } from './types.js';

/**
 * Removes what is stored and differs from the append, or lies behind its end.
 *
 * @returns the head afterwards; `STORE_JOURNAL_STALE` when the writer is older than the last one
 * Class: side effect.
 */
export async function mendTail(
  tx: Queryable,
  seals: Seals,
  { instance: { instanceId }, entries }: Append,
  basis: Basis,
  head: Head,
): Promise<Head | StoreFailure> {
  if (isOlder(basis, head.basis))
    return storeFailure('STORE_JOURNAL_STALE', { instance: instanceId });
  const from = await firstDifference(tx, seals, instanceId, entries, basis);
  if (from === null) return head;
  await removeTail(tx, seals, instanceId, from);
  await appendActs(tx, [markOf(instanceId, { from, to: head.last, ...basis })]);
  await forgetAnchors(tx, instanceId, from);
  return { ...head, last: from - 1 };
}

/** A recorded state never goes back; among decisions on the same state the later attempt is the newer. Class: pure. */
function isOlder(writer: Basis, last: Basis): boolean {
  if (writer.after > last.after || writer.fence > last.fence) return false;
  return writer.after < last.after || writer.fence < last.fence;
}

/** Sequence of the first stored entry that is another than the given one in its place; null when there is none. */
async function firstDifference(
  tx: Queryable,
  seals: Seals,
  instanceId: string,
  entries: readonly JournalEntry[],
  basis: Basis,
): Promise<number | null> {
  const first = entries[0]?.sequence ?? basis.after + 1;
  const stored = await entriesFrom(tx, seals, instanceId, first);
  const given = new Map(entries.map((entry) => [entry.sequence, entry]));
  const isOther = (row: JournalRow): boolean => {
    const entry = given.get(row.sequence);
    if (entry === undefined) return true;
    // What cannot be read any more is not told from another: it stays.
    return !row.isErased && contentOf(row) !== contentOf({ instanceId, ...entry, isErased: false });
  };
  return stored.find(isOther)?.sequence ?? null;
}

/** An entry as one text, however its keys are ordered, and with what the database cannot hold replaced. Class: pure. */
function contentOf(row: JournalRow): string {
  return JSON.stringify(JSON.parse(jsonText(row)), (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
      : value,
  );
}

async function removeTail(
  tx: Queryable,
  seals: Seals,
  instanceId: string,
  from: number,
): Promise<void> {
  await tx
    .delete(journal)
    .where(and(eq(journal.instanceId, instanceId), gte(journal.sequence, from)));
  for (const statement of emptyProjections(instanceId)) await tx.execute(statement);
  await tx.execute(sql`update process_instances
    set state = 'CREATED', started_at = null, ended_at = null, last_sequence = ${from - 1}
    where instance_id = ${instanceId}`);
  await foldJournal(tx, seals, instanceId);
}

/** What the audit says of it. Class: pure but for the clock. */
function markOf(instanceId: string, facts: NonNullable<Act['facts']>): Act {
  return {
    at: new Date().toISOString(),
    actor: null,
    action: REPLACED_ACTION,
    object: `instance:${instanceId}`,
    outcome: 'done',
    code: null,
    requestId: null,
    reason:
      'A decision was journaled and not recorded: its worker died, or something came before it.',
    facts,
    data: null,
  };
}
