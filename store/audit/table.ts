/** The tables of the audit, as they are searched. */
import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import { bigint, boolean, pgTable, text } from 'drizzle-orm/pg-core';
import type { Facts } from '../../audit/index.js';
import type { Variables } from '../../engine/model/index.js';
import { instant, json } from '../columns.js';
import type { Queryable } from '../database.js';
import { type Page, type Search, search } from '../search/index.js';

/** A view: the entries, each with its personal part while that is there. */
const audit = pgTable('audit_acts', {
  /** Counts up in the order of writing, from 1 on and without gaps. */
  number: bigint('number', { mode: 'number' }).notNull(),
  at: instant('at').notNull(),
  /** Id of the person; null when nobody was signed in. */
  actor: text('actor'),
  action: text('action').notNull(),
  /** What was acted on, e.g. `task:<instance>/<task>`. */
  object: text('object').notNull(),
  outcome: text('outcome').$type<'done' | 'refused' | 'failed'>().notNull(),
  /** Code of the refusal or failure. */
  code: text('code'),
  requestId: text('request_id'),
  /** What a machine has to say of it, never about a person. */
  facts: json<Variables>()('facts'),
  /** Why, in the words of the person. */
  reason: text('reason'),
  data: json<Variables>()('data'),
  /** Whether reason and data were there once and were erased. */
  isErased: boolean('is_erased').notNull(),
});

/** One act as it is stored. */
export type AuditRow = Readonly<typeof audit.$inferSelect>;

/** One act. */
export interface Act extends Omit<AuditRow, 'number' | 'facts' | 'isErased'> {
  readonly facts?: Facts | null;
}

const SEARCHABLE = {
  table: audit,
  fields: getTableColumns(audit),
  key: ['number'],
  sort: [{ field: 'at', order: 'DESC' }],
} as const;

/** One page; see `search` for the errors. Newest first. Class: side effect. */
export function searchActs(
  db: Queryable,
  query: Search<keyof AuditRow>,
  where?: SQL,
): Promise<Page<AuditRow>> {
  return search(db, SEARCHABLE, query, where);
}

/** Whose log it is, and how many entries it has. Class: side effect. */
export async function readHead(
  db: Queryable,
  lock: SQL = sql``,
): Promise<{ readonly origin: string; readonly size: number }> {
  const { rows } = await db.execute<{ origin: string; size: string }>(
    sql`select origin, size from audit_log ${lock}`,
  );
  const [row] = rows;
  if (!row) throw new Error('the row of audit_log is gone');
  return { origin: row.origin, size: Number(row.size) };
}

/**
 * Holds the log: nobody else writes an entry before the transaction ends. PostgreSQL ends it for a process that stalls
 * in the middle, so that others wait no longer than that. Class: side effect.
 */
export async function holdLog(
  tx: Queryable,
): Promise<{ readonly origin: string; readonly size: number }> {
  await tx.execute(sql`set local idle_in_transaction_session_timeout = '10s'`);
  return readHead(tx, sql`for update`);
}
