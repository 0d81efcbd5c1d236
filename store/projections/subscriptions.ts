/** Messages and signals that instances wait for. */
import { getTableColumns } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from '../columns.js';
import type { Queryable } from '../database.js';
import { type Page, type Search, search } from '../search/index.js';

export const subscriptions = pgTable('subscriptions', {
  instanceId: text('instance_id').notNull(),
  subscriptionId: text('subscription_id').notNull(),
  processId: text('process_id').notNull(),
  elementId: text('element_id'),
  elementInstanceId: text('element_instance_id'),
  kind: text('kind').$type<'message' | 'signal'>().notNull(),
  name: text('name').notNull(),
  /** Correlation key; empty when the name alone matches. */
  key: text('key').notNull(),
  openedAt: instant('opened_at').notNull(),
  /** When it took the last one. Only a non-interrupting event goes on waiting for the next. */
  takenAt: instant('taken_at'),
  closedAt: instant('closed_at'),
});

/** One subscription. */
export type SubscriptionRow = Readonly<typeof subscriptions.$inferSelect>;

const SEARCHABLE = {
  table: subscriptions,
  fields: getTableColumns(subscriptions),
  key: ['instanceId', 'subscriptionId'],
  sort: [{ field: 'openedAt', order: 'ASC' }],
} as const;

/** Reads subscriptions. */
export interface Subscriptions {
  /** One page; see `search` for the errors. Oldest first. */
  readonly search: (query: Search<keyof SubscriptionRow>) => Promise<Page<SubscriptionRow>>;
}

/** Makes the reader. */
export function createSubscriptions(db: Queryable): Subscriptions {
  return { search: (query) => search(db, SEARCHABLE, query) };
}
