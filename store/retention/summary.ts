/** What is kept of instances that have ended, counted by process and by why. Class: side effect (reads). */
import { type SQL, sql } from 'drizzle-orm';
import { instantFromText } from '../columns.js';
import type { Queryable } from '../database.js';
import { type Keeping, type KeptBecause, keptBecause } from './keeping.js';

/** Instances of a process that have ended, called by nobody, and stand alike. */
export interface KeptCount {
  readonly processId: string;
  /** Null: they may be deleted. */
  readonly because: KeptBecause | null;
  readonly count: number;
  /** When the first and the last of them ended. */
  readonly oldest: string;
  readonly newest: string;
}

/** Counts them. @param processId - null: of all processes */
export async function countKept(
  db: Queryable,
  keeping: Keeping,
  processId: string | null,
): Promise<readonly KeptCount[]> {
  const isOf: SQL = processId === null ? sql`true` : sql`process_id = ${processId}`;
  const { rows } = await db.execute<{
    process_id: string;
    why: KeptBecause | null;
    count: string;
    oldest: string;
    newest: string;
  }>(sql`
    select process_id, why, count(*) as count, min(ended_at)::text as oldest, max(ended_at)::text as newest
    from (select process_id, ended_at, ${keptBecause(keeping)} as why from process_instances
      where ended_at is not null and caller_instance_id is null and ${isOf}) ended
    group by process_id, why order by process_id, why`);
  return rows.map((row) => ({
    ...{ processId: row.process_id, because: row.why, count: Number(row.count) },
    ...{ oldest: instantFromText(row.oldest), newest: instantFromText(row.newest) },
  }));
}
