/** The table of journal entries. */
import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import type { JournalEntry, JournalKind } from '../../engine/model/index.js';
import { count, instant, json, jsonText } from '../columns.js';
import type { Queryable } from '../database.js';
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
});

/** One entry, with the instance that it belongs to. */
export type JournalRow = Readonly<typeof journal.$inferSelect>;

const SEARCHABLE = {
  table: journal,
  fields: getTableColumns(journal),
  key: ['instanceId', 'sequence'],
  sort: [
    { field: 'instanceId', order: 'ASC' },
    { field: 'sequence', order: 'ASC' },
  ],
} as const;

/** One page of entries; see `search` for the errors. In the order of the journal. Class: side effect. */
export function searchEntries(
  db: Queryable,
  query: Search<keyof JournalRow>,
): Promise<Page<JournalRow>> {
  return search(db, SEARCHABLE, query);
}

/** The statement that adds entries; one that is there already is a unique violation. Class: pure. */
export function insertEntries(rows: readonly JournalRow[]): SQL {
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
