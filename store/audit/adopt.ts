/** Takes into the log what was written before there was one; the order of its rows is the order of its entries. */
import { sql } from 'drizzle-orm';
import type { Variables } from '../../engine/model/index.js';
import { instantFromText } from '../columns.js';
import type { Queryable } from '../database.js';
import { appendActs } from './append.js';
import type { Act } from './table.js';
import { holdLog } from './table.js';

const BATCH = 1_000;

type FormerRow = Omit<Act, 'requestId'> & {
  readonly number: string;
  readonly request_id: string | null;
  readonly [column: string]: unknown;
};

/** Takes all of it in one transaction, before anything else is written; once. Class: side effect. */
export async function adoptFormerActs(db: Queryable): Promise<void> {
  if ((await readFormer(db, 0, 1)).length === 0) return;
  await db.transaction(async (tx) => {
    await holdLog(tx);
    for (let after = 0; ; ) {
      const rows = await readFormer(tx, after, BATCH);
      const last = rows.at(-1);
      if (!last) break;
      await appendActs(tx, rows.map(actOf));
      after = Number(last.number);
    }
    await tx.execute(sql`truncate audit_before_log`);
  });
}

async function readFormer(db: Queryable, after: number, limit: number): Promise<FormerRow[]> {
  const { rows } = await db.execute<FormerRow>(sql`select number, at::text as at, actor, action,
    object, outcome, code, request_id, reason, data from audit_before_log
    where number > ${after} order by number limit ${limit}`);
  return rows;
}

function actOf(row: FormerRow): Act {
  const { actor, action, object, outcome, code, request_id: requestId, reason } = row;
  const data = row.data as Variables | null;
  return {
    at: instantFromText(row.at),
    actor,
    action,
    object,
    outcome,
    code,
    requestId,
    reason,
    data,
  };
}
