/** Journals as they are anchored and checked. Class: side effect. */
import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { JournalRecord } from '../../audit/index.js';
import { instantFromText } from '../columns.js';
import type { Queryable } from '../database.js';

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

/** Entries of some journals, each after the one given: by instance and sequence, `limit` at most. */
export async function readRecords(
  db: Queryable,
  after: ReadonlyMap<string, number>,
  limit: number,
): Promise<readonly JournalRecord[]> {
  const given = [...after].map(([instance_id, sequence]) => ({ instance_id, sequence }));
  // Of each journal the index is read from there on: what was anchored before costs nothing.
  const { rows } = await db.execute<RecordRow>(sql`select ${RECORD}
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (instance_id text, sequence bigint)
    join lateral (select * from journal where instance_id = g.instance_id and sequence > g.sequence
      order by sequence limit ${limit}) j on true
    order by j.instance_id, j.sequence limit ${limit}`);
  return rows.map(recordOf);
}

const RECORD = sql`j.instance_id, j.sequence, j.at::text as at, j.kind, j.element_id, j.element_instance_id,
  j.scope_id, j.cause, j.actor, j.rule, j.data, j.sealed`;

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
  sealed: Buffer | null;
};

function recordOf({ actor, data, kind, rule, ...row }: RecordRow): JournalRecord {
  const cause = row.cause === null ? null : Number(row.cause);
  return {
    instanceId: row.instance_id,
    sequence: Number(row.sequence),
    at: instantFromText(row.at),
    elementId: row.element_id,
    elementInstanceId: row.element_instance_id,
    scopeId: row.scope_id,
    ...{ actor, cause, data, kind, rule },
    sealed: row.sealed && createHash('sha256').update(row.sealed).digest('hex'),
  };
}
