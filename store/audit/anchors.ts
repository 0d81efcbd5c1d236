/**
 * Anchors of journals: the log holds the digest of each journal that moved. Appends to a journal leave a note that it
 * moved and wait for nobody; whoever anchors takes the notes away. Class: side effect.
 */
import { sql } from 'drizzle-orm';
import {
  ANCHOR_ACTION,
  anchorFacts,
  instanceObject,
  type JournalRecord,
  journalDigest,
  NO_JOURNAL,
} from '../../audit/index.js';
import { instantFromText } from '../columns.js';
import type { Queryable } from '../database.js';
import { appendActs } from './append.js';
import { type Act, holdLog } from './table.js';

/** Notes, and entries of journals, in one transaction: it holds the log meanwhile. */
const MOST = 1_000;

/**
 * Anchors journals that moved, some of them.
 *
 * @param isEndedOnly - only of instances that have ended
 * @returns how many; 0: nothing is left
 */
export function anchorJournals(db: Queryable, isEndedOnly: boolean): Promise<number> {
  return db.transaction(async (tx) => {
    // A tail that is replaced is told to the log: with the log held, journals stand as they were told.
    await holdLog(tx);
    const ids = await takeMoved(tx, isEndedOnly);
    if (ids.length === 0) return 0;
    const anchors = await anchorsOf(tx, ids);
    const records = await readRecords(tx, ids);
    const last = records.length === MOST ? (records.at(-1)?.instanceId ?? null) : null;
    const moved = new Set<string>();
    for (const record of records) {
      const before = anchors.get(record.instanceId) ?? { sequence: 0, digest: NO_JOURNAL };
      const digest = journalDigest(before.digest, record);
      anchors.set(record.instanceId, { sequence: record.sequence, digest });
      moved.add(record.instanceId);
    }
    // What was read of it in part is anchored when it is read to its end, or where nothing else was read.
    if (last !== null && moved.size > 1) moved.delete(last);
    await keep(tx, moved, anchors);
    if (last !== null)
      await noteMoved(
        tx,
        ids.filter((id) => id === last || !moved.has(id)),
        isEndedOnly,
      );
    return ids.length;
  });
}

interface Standing {
  readonly sequence: number;
  readonly digest: Buffer;
}

async function takeMoved(tx: Queryable, isEndedOnly: boolean): Promise<readonly string[]> {
  const isWanted = isEndedOnly ? sql`has_ended` : sql`true`;
  const { rows } = await tx.execute<{
    instance_id: string;
  }>(sql`delete from journal_moved where id in
    (select id from journal_moved where ${isWanted} order by id limit ${MOST}) returning instance_id`);
  return [...new Set(rows.map((row) => row.instance_id))];
}

async function anchorsOf(tx: Queryable, ids: readonly string[]): Promise<Map<string, Standing>> {
  const { rows } = await tx.execute<{ instance_id: string; sequence: string; digest: Buffer }>(
    sql`select instance_id, sequence, digest from journal_anchors where instance_id in (${listed(ids)})`,
  );
  return new Map(
    rows.map(({ instance_id, sequence, digest }) => [
      instance_id,
      { sequence: Number(sequence), digest },
    ]),
  );
}

async function readRecords(
  tx: Queryable,
  ids: readonly string[],
): Promise<readonly JournalRecord[]> {
  const { rows } = await tx.execute<RecordRow>(sql`select ${RECORD} from journal j
    left join journal_anchors a using (instance_id)
    where j.instance_id in (${listed(ids)}) and j.sequence > coalesce(a.sequence, 0)
    order by j.instance_id, j.sequence limit ${MOST}`);
  return rows.map(recordOf);
}

async function keep(
  tx: Queryable,
  moved: ReadonlySet<string>,
  anchors: ReadonlyMap<string, Standing>,
): Promise<void> {
  if (moved.size === 0) return;
  const at = new Date().toISOString();
  const rows = [...moved].flatMap((instance_id) => {
    const { sequence, digest } = anchors.get(instance_id) ?? {};
    return sequence && digest ? [{ instance_id, sequence, digest: digest.toString('hex') }] : [];
  });
  const acts = rows.map(({ instance_id, ...anchor }) =>
    actOf(at, instance_id, anchorFacts(anchor)),
  );
  await appendActs(tx, acts);
  await tx.execute(sql`insert into journal_anchors (instance_id, sequence, digest)
    select instance_id, sequence, decode(digest, 'hex')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (instance_id text, sequence bigint, digest text)
    on conflict (instance_id) do update set sequence = excluded.sequence, digest = excluded.digest`);
}

function actOf(at: string, instanceId: string, facts: Act['facts']): Act {
  return {
    at,
    actor: null,
    action: ANCHOR_ACTION,
    object: instanceObject(instanceId),
    outcome: 'done',
    code: null,
    requestId: null,
    facts: facts ?? null,
    reason: null,
    data: null,
  };
}

function listed(ids: readonly string[]): ReturnType<typeof sql> {
  return sql`select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)`;
}

/** Notes that journals moved. */
async function noteMoved(tx: Queryable, ids: readonly string[], hasEnded: boolean): Promise<void> {
  await tx.execute(movedNotes(ids.map((instanceId) => ({ instanceId, hasEnded }))));
}

/** The statement that notes which journals moved. Class: pure. */
export function movedNotes(
  moved: readonly { readonly instanceId: string; readonly hasEnded: boolean }[],
): ReturnType<typeof sql> {
  const rows = moved.map(({ instanceId, hasEnded }) => ({
    instance_id: instanceId,
    has_ended: hasEnded,
  }));
  return sql`insert into journal_moved (instance_id, has_ended) select instance_id, has_ended
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (instance_id text, has_ended boolean)`;
}

/** The anchors of a journal whose tail is replaced from `from` on begin anew; the caller has told the log. */
export async function forgetAnchors(
  tx: Queryable,
  instanceId: string,
  from: number,
): Promise<void> {
  await tx.execute(sql`update journal_anchors set sequence = 0, digest = ${NO_JOURNAL}
    where instance_id = ${instanceId} and sequence >= ${from}`);
  await noteMoved(tx, [instanceId], false);
}

const PAGE = 5_000;

/** All journals, by instance and sequence, page by page. */
export async function* readJournals(db: Queryable): AsyncGenerator<JournalRecord> {
  for (let from = { instanceId: '', sequence: 0 }; ; ) {
    const { rows } = await db.execute<RecordRow>(sql`select ${RECORD} from journal j
      where (j.instance_id, j.sequence) > (${from.instanceId}, ${from.sequence}::bigint)
      order by j.instance_id, j.sequence limit ${PAGE}`);
    const records = rows.map(recordOf);
    yield* records;
    const last = records.at(-1);
    if (!last) return;
    from = last;
  }
}

const RECORD = sql`j.instance_id, j.sequence, j.at::text as at, j.kind, j.element_id, j.element_instance_id,
  j.scope_id, j.cause, j.actor, j.rule, j.data`;

type RecordRow = {
  instance_id: string;
  sequence: string;
  at: string;
  kind: string;
  element_id: string | null;
  element_instance_id: string | null;
  scope_id: string | null;
  cause: string | null;
  actor: string | null;
  rule: string | null;
  data: JournalRecord['data'];
};

function recordOf(row: RecordRow): JournalRecord {
  return {
    instanceId: row.instance_id,
    sequence: Number(row.sequence),
    at: instantFromText(row.at),
    kind: row.kind,
    elementId: row.element_id,
    elementInstanceId: row.element_instance_id,
    scopeId: row.scope_id,
    cause: row.cause === null ? null : Number(row.cause),
    actor: row.actor,
    rule: row.rule,
    data: row.data,
  };
}
