/** Element instances: each activation of a flow node or scope, and how it ended. */
import { getTableColumns } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import { count, instant } from '../columns.js';
import type { Queryable } from '../database.js';
import { type Page, type Search, search } from '../search/index.js';

/** Where an activation stands. */
export type ElementInstanceState = 'ACTIVE' | 'COMPLETED' | 'CANCELLED';

export const elementInstances = pgTable('element_instances', {
  instanceId: text('instance_id').notNull(),
  elementInstanceId: text('element_instance_id').notNull(),
  elementId: text('element_id').notNull(),
  processId: text('process_id').notNull(),
  kind: text('kind'),
  name: text('name'),
  /** Element instance that holds it; null for the process itself. */
  scopeId: text('scope_id'),
  state: text('state').$type<ElementInstanceState>().notNull(),
  enteredAt: instant('entered_at').notNull(),
  endedAt: instant('ended_at'),
  /** Number of the journal entry that entered it. */
  enteredSequence: count('entered_sequence').notNull(),
});

/** One activation. */
export type ElementInstanceRow = Readonly<typeof elementInstances.$inferSelect>;

const SEARCHABLE = {
  table: elementInstances,
  fields: getTableColumns(elementInstances),
  key: ['instanceId', 'elementInstanceId'],
  sort: [
    { field: 'instanceId', order: 'ASC' },
    { field: 'enteredSequence', order: 'ASC' },
  ],
} as const;

/** Reads element instances. */
export interface ElementInstances {
  /** One page; see `search` for the errors. In the order of the journal. */
  readonly search: (query: Search<keyof ElementInstanceRow>) => Promise<Page<ElementInstanceRow>>;
}

/** Makes the reader. */
export function createElementInstances(db: Queryable): ElementInstances {
  return { search: (query) => search(db, SEARCHABLE, query) };
}
