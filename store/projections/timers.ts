/** Timers of instances: what is due when. */
import { getTableColumns } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from '../columns.js';
import type { Queryable } from '../database.js';
import { seesInstanceOf } from '../portfolio/conditions.js';
import type { Viewer } from '../portfolio/viewer.js';
import { type Page, type Search, search } from '../search/index.js';

/** What became of a timer. */
export type TimerState = 'ARMED' | 'FIRED' | 'CANCELLED';

export const timers = pgTable('timers', {
  instanceId: text('instance_id').notNull(),
  timerId: text('timer_id').notNull(),
  processId: text('process_id').notNull(),
  elementId: text('element_id'),
  elementInstanceId: text('element_instance_id'),
  dueAt: instant('due_at').notNull(),
  state: text('state').$type<TimerState>().notNull(),
  armedAt: instant('armed_at').notNull(),
  endedAt: instant('ended_at'),
});

/** One timer. */
export type TimerRow = Readonly<typeof timers.$inferSelect>;

const SEARCHABLE = {
  table: timers,
  fields: getTableColumns(timers),
  key: ['instanceId', 'timerId'],
  sort: [{ field: 'dueAt', order: 'ASC' }],
} as const;

/** Reads timers. */
export interface Timers {
  /** One page; see `search` for the errors. The next that is due first. */
  readonly search: (query: Search<keyof TimerRow>) => Promise<Page<TimerRow>>;
}

/** Makes the reader. @param seenBy - it shows what is of instances that they see; null: all */
export function createTimers(db: Queryable, seenBy: Viewer | null): Timers {
  const isSeen = seesInstanceOf(timers.instanceId, seenBy);
  return { search: (query) => search(db, SEARCHABLE, query, isSeen) };
}
