/** The tables of the audit, as they are searched. */
import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import { bigint, boolean, pgTable, text } from 'drizzle-orm/pg-core';
import type { Facts } from '../../audit/index.js';
import type { Variables } from '../../engine/model/index.js';
import { bytes, instant, json } from '../columns.js';
import type { Queryable } from '../database.js';
import type { Seals } from '../sealing/index.js';
import { type Page, type Search, search } from '../search/index.js';
import { endWhenStalled } from '../stalls.js';
import { openPart } from './sealed-parts.js';

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
  personal: text('personal'),
  keyId: text('key_id'),
  sealed: bytes('sealed'),
});

type ReadRow = Readonly<typeof audit.$inferSelect>;

/** One act as it is read. */
export type AuditRow = Omit<ReadRow, 'personal' | 'keyId' | 'sealed'>;

const { personal, keyId, sealed, ...fields } = getTableColumns(audit);

/** One act. */
export interface Act extends Omit<AuditRow, 'number' | 'facts' | 'isErased'> {
  readonly facts?: Facts | null;
}

const SEARCHABLE = {
  table: audit,
  fields,
  besides: { personal, keyId, sealed },
  key: ['number'],
  sort: [{ field: 'at', order: 'DESC' }],
} as const;

/** One page; see `search` for the errors. Newest first. What is sealed is not found by what it says. Class: side effect. */
export async function searchActs(
  db: Queryable,
  seals: Seals,
  query: Search<keyof AuditRow>,
): Promise<Page<AuditRow>> {
  const page = await search<ReadRow, keyof AuditRow>(db, SEARCHABLE, query);
  return { ...page, items: await Promise.all(page.items.map((row) => openAct(seals, row))) };
}

/** What does not open shows as erased; the check of the log tells why. */
async function openAct(seals: Seals, row: ReadRow): Promise<AuditRow> {
  const { personal: commitment, keyId: under, sealed: part, ...act } = row;
  if (!part) return act;
  const found = await openPart(seals, commitment, under ?? '', part);
  if (typeof found === 'string') return { ...act, isErased: true };
  return { ...act, reason: found.reason, data: found.data as AuditRow['data'] };
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

/** Holds the log: nobody else writes an entry before the transaction ends, or stalls. Class: side effect. */
export async function holdLog(
  tx: Queryable,
): Promise<{ readonly origin: string; readonly size: number }> {
  await endWhenStalled(tx);
  return readHead(tx, sql`for update`);
}
