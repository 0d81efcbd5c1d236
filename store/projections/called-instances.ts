/** Called instances as their caller knows them. */
import { getTableColumns } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from '../columns.js';
import type { Queryable } from '../database.js';
import { seesInstanceOf } from '../portfolio/conditions.js';
import type { Viewer } from '../portfolio/viewer.js';
import { type Page, type Search, search } from '../search/index.js';

export const calledInstances = pgTable('called_instances', {
  /** The caller. */
  instanceId: text('instance_id').notNull(),
  childId: text('child_id').notNull(),
  processId: text('process_id').notNull(),
  elementId: text('element_id'),
  elementInstanceId: text('element_instance_id'),
  state: text('state').$type<'ACTIVE' | 'ENDED'>().notNull(),
  outcome: text('outcome'),
  startedAt: instant('started_at').notNull(),
  endedAt: instant('ended_at'),
});

/** One called instance. */
export type CalledInstanceRow = Readonly<typeof calledInstances.$inferSelect>;

const SEARCHABLE = {
  table: calledInstances,
  fields: getTableColumns(calledInstances),
  key: ['instanceId', 'childId'],
  sort: [{ field: 'instanceId', order: 'ASC' }],
} as const;

/** Reads called instances. */
export interface CalledInstances {
  /** One page; see `search` for the errors. By caller and child id. */
  readonly search: (query: Search<keyof CalledInstanceRow>) => Promise<Page<CalledInstanceRow>>;
}

/** Makes the reader. @param seenBy - it shows what is of instances that they see; null: all */
export function createCalledInstances(db: Queryable, seenBy: Viewer | null): CalledInstances {
  const isSeen = seesInstanceOf(calledInstances.instanceId, seenBy);
  return { search: (query) => search(db, SEARCHABLE, query, isSeen) };
}
