/** Anchors of journals: the log holds the digest of each journal that moved. Class: side effect. */
import { sql } from 'drizzle-orm';
import {
  ANCHOR_ACTION,
  anchorFacts,
  type Facts,
  instanceObject,
  journalDigest,
  NO_JOURNAL,
} from '../../audit/index.js';
import type { Queryable } from '../database.js';
import { appendActs } from './append.js';
import { readRecords } from './journals.js';
import { hasMoved, movedNotes, takeMoved } from './moved.js';
import { type Act, holdLog } from './table.js';

/** Entries of journals that are anchored in one transaction: it holds the log meanwhile. */
const MOST = 1_000;

/** How far a journal is anchored. */
interface Standing {
  readonly sequence: number;
  readonly digest: Buffer;
}

/**
 * Anchors journals that moved, some of them.
 *
 * @param isEndedOnly - only of instances that have ended
 * @returns how many; 0: nothing is left
 */
export async function anchorJournals(db: Queryable, isEndedOnly: boolean): Promise<number> {
  if (!(await hasMoved(db, isEndedOnly))) return 0;
  return db.transaction(async (tx) => {
    // A tail that is replaced is told to the log: with the log held, journals stand as they were told.
    await holdLog(tx);
    const ids = await takeMoved(tx, isEndedOnly);
    if (ids.length === 0) return 0;
    const { moved, isAll } = await goOn(tx, await anchorsOf(tx, ids));
    await keep(tx, moved);
    if (!isAll) {
      const left = ids.filter((id) => !moved.get(id)?.isWhole);
      const notes = left.map((instanceId) => ({ instanceId, hasEnded: isEndedOnly }));
      if (notes.length > 0) await tx.execute(movedNotes(notes));
    }
    return ids.length;
  });
}

type Moved = ReadonlyMap<string, Standing & { readonly isWhole: boolean }>;

/** Goes on with digests from where they are anchored, as far as one transaction goes. */
async function goOn(
  tx: Queryable,
  anchors: ReadonlyMap<string, Standing>,
): Promise<{ readonly moved: Moved; readonly isAll: boolean }> {
  const after = new Map([...anchors].map(([id, { sequence }]) => [id, sequence]));
  const records = await readRecords(tx, after, MOST);
  const isAll = records.length < MOST;
  const last = isAll ? null : records.at(-1)?.instanceId;
  const moved = new Map<string, Standing & { readonly isWhole: boolean }>();
  for (const record of records) {
    const { instanceId, sequence } = record;
    const { digest } = moved.get(instanceId) ?? anchors.get(instanceId) ?? { digest: NO_JOURNAL };
    const isWhole = instanceId !== last;
    moved.set(instanceId, { sequence, digest: journalDigest(digest, record), isWhole });
  }
  // What was read in part is anchored when it is read to its end, or where nothing else was read.
  if (last && moved.size > 1) moved.delete(last);
  return { moved, isAll };
}

async function anchorsOf(tx: Queryable, ids: readonly string[]): Promise<Map<string, Standing>> {
  const { rows } = await tx.execute<{ instance_id: string; sequence: string; digest: Buffer }>(
    sql`select instance_id, sequence, digest from journal_anchors
      where instance_id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`,
  );
  const none: Standing = { sequence: 0, digest: NO_JOURNAL };
  const anchors = new Map(ids.map((id) => [id, none]));
  for (const { instance_id, sequence, digest } of rows) {
    anchors.set(instance_id, { sequence: Number(sequence), digest });
  }
  return anchors;
}

async function keep(tx: Queryable, moved: Moved): Promise<void> {
  if (moved.size === 0) return;
  const at = new Date().toISOString();
  const rows = [...moved].map(([instance_id, { sequence, digest }]) => ({
    instance_id,
    sequence,
    digest: digest.toString('hex'),
  }));
  const acts = rows.map(({ instance_id, ...anchor }) =>
    actOf(at, instance_id, anchorFacts(anchor)),
  );
  await appendActs(tx, acts);
  await tx.execute(sql`insert into journal_anchors (instance_id, sequence, digest)
    select instance_id, sequence, decode(digest, 'hex')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (instance_id text, sequence bigint, digest text)
    on conflict (instance_id) do update set sequence = excluded.sequence, digest = excluded.digest`);
}

function actOf(at: string, instanceId: string, facts: Facts): Act {
  const object = instanceObject(instanceId);
  const bare = { actor: null, code: null, requestId: null, reason: null, data: null };
  return { at, action: ANCHOR_ACTION, object, outcome: 'done', facts, ...bare };
}
