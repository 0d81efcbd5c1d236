/** The table of journal entries. */
import { and, eq, getTableColumns, gte, type SQL, sql } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import type { JournalEntry, JournalKind } from '../../engine/model/index.js';
import { bytes, count, instant, json, jsonText } from '../columns.js';
import type { Queryable } from '../database.js';
import type { Seals } from '../sealing/index.js';
import { type Opened, openRows } from '../sealing/opened.js';
import { journalPlace } from '../sealing/places.js';
import { type Page, type Search, search } from '../search/index.js';

export const journal = pgTable('journal', {
  instanceId: text('instance_id').notNull(),
  sequence: count('sequence').notNull(),
  at: instant('at').notNull(),
  kind: text('kind').$type<JournalKind>().notNull(),
  elementId: text('element_id'),
  elementInstanceId: text('element_instance_id'),
  scopeId: text('scope_id'),
  cause: count('cause'),
  actor: text('actor'),
  rule: text('rule'),
  data: json<NonNullable<JournalEntry['data']>>()('data'),
  /** The data of an instance that belongs to a customer. */
  sealed: bytes('sealed'),
});

/** One entry as it stands in the table. */
export type ReadEntry = Readonly<typeof journal.$inferSelect>;

/** One entry as it is written: bytes as text. */
export type StoredEntry = Omit<ReadEntry, 'sealed'> & { readonly sealed: string | null };

/** One entry, with the instance that it belongs to. */
export type JournalRow = Omit<ReadEntry, 'sealed'> & {
  /** Its data was sealed, and the key was destroyed: `data` is null, and says nothing. */
  readonly isErased: boolean;
};

/** What entries are filtered and sorted by. */
export type JournalField = Exclude<keyof JournalRow, 'isErased'>;

const { sealed, ...fields } = getTableColumns(journal);

const SEARCHABLE = {
  table: journal,
  fields,
  besides: { sealed },
  key: ['instanceId', 'sequence'],
  sort: [
    { field: 'instanceId', order: 'ASC' },
    { field: 'sequence', order: 'ASC' },
  ],
} as const;

/** One page of entries; see `search` for the errors. In the order of the journal. Class: side effect. */
export async function searchEntries(
  db: Queryable,
  seals: Seals,
  query: Search<JournalField>,
): Promise<Page<JournalRow>> {
  const page = await search<ReadEntry, JournalField>(db, SEARCHABLE, query);
  return { ...page, items: await openEntries(db, seals, page.items) };
}

/** Opens entries. Errors: those of `Seals.open`. Class: side effect. */
export function openEntries(
  db: Queryable,
  seals: Seals,
  rows: readonly ReadEntry[],
): Promise<readonly JournalRow[]> {
  return openRows(db, seals, rows, placeOf, asOpened);
}

const placeOf = ({ instanceId, sequence }: ReadEntry) => journalPlace(instanceId, sequence);

function asOpened({ sealed: _, ...row }: ReadEntry, opened: Opened): JournalRow {
  const data = opened.kind === 'opened' ? (opened.value as JournalRow['data']) : row.data;
  return { ...row, data, isErased: opened.kind === 'erased' };
}

/** The entries of an instance from a sequence number on, opened. Class: side effect. */
export async function entriesFrom(
  tx: Queryable,
  seals: Seals,
  instanceId: string,
  first: number,
): Promise<readonly JournalRow[]> {
  const rows = await tx
    .select()
    .from(journal)
    .where(and(eq(journal.instanceId, instanceId), gte(journal.sequence, first)))
    .orderBy(journal.sequence);
  return openEntries(tx, seals, rows);
}

/** The statement that adds entries; one that is there already is a unique violation. Class: pure. */
export function insertEntries(rows: readonly StoredEntry[]): SQL {
  const values = rows.map(({ instanceId, elementId, elementInstanceId, scopeId, ...rest }) => ({
    ...rest,
    instance_id: instanceId,
    element_id: elementId,
    element_instance_id: elementInstanceId,
    scope_id: scopeId,
  }));
  return sql`insert into journal
    select * from jsonb_populate_recordset(null::journal, ${jsonText(values)}::jsonb)`;
}
