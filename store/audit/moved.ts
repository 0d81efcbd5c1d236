/**
 * Notes of the journals that moved. Whoever appends to a journal adds one, and waits for nobody; whoever anchors takes it
 * away. Class: side effect, but for the statement.
 */
import { type SQL, sql } from 'drizzle-orm';
import { NO_JOURNAL } from '../../audit/index.js';
import type { Queryable } from '../database.js';

/** A journal that moved. */
export interface Moved {
  readonly instanceId: string;
  /** Whether its instance has ended: then it is anchored soon. */
  readonly hasEnded: boolean;
}

/** Notes that are taken together. */
const MOST = 200;

/** The statement that notes which journals moved. Class: pure. */
export function movedNotes(moved: readonly Moved[]): SQL {
  const rows = moved.map(({ instanceId, hasEnded }) => ({
    instance_id: instanceId,
    has_ended: hasEnded,
  }));
  return sql`insert into journal_moved (instance_id, has_ended) select instance_id, has_ended
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (instance_id text, has_ended boolean)`;
}

/** Whether there is any note. */
export async function hasMoved(db: Queryable, isEndedOnly: boolean): Promise<boolean> {
  const { rows } = await db.execute(
    sql`select id from journal_moved where ${wanted(isEndedOnly)} limit 1`,
  );
  return rows.length > 0;
}

/** Takes some notes away. @returns the instances that they are of */
export async function takeMoved(tx: Queryable, isEndedOnly: boolean): Promise<readonly string[]> {
  const { rows } = await tx.execute<{ instance_id: string }>(sql`
    delete from journal_moved where id in
      (select id from journal_moved where ${wanted(isEndedOnly)} order by id limit ${MOST})
    returning instance_id`);
  return [...new Set(rows.map((row) => row.instance_id))];
}

/** The anchors of a journal whose tail is replaced from `from` on begin anew; the caller has told the log. */
export async function forgetAnchors(
  tx: Queryable,
  instanceId: string,
  from: number,
): Promise<void> {
  await tx.execute(sql`update journal_anchors set sequence = 0, digest = ${NO_JOURNAL}
    where instance_id = ${instanceId} and sequence >= ${from}`);
  await tx.execute(movedNotes([{ instanceId, hasEnded: false }]));
}

function wanted(isEndedOnly: boolean): SQL {
  return isEndedOnly ? sql`has_ended` : sql`true`;
}
