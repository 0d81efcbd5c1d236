/** Messages and signals that instances wait for. */
import { getTableColumns, sql } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import { bytes, instant } from '../columns.js';
import type { Queryable } from '../database.js';
import { seesInstanceOf } from '../portfolio/conditions.js';
import type { Viewer } from '../portfolio/viewer.js';
import type { Seals } from '../sealing/index.js';
import { type Opened, openRows } from '../sealing/opened.js';
import { columnPlace } from '../sealing/places.js';
import type { Computed } from '../search/field.js';
import { type Page, type Search, search } from '../search/index.js';
import { type DefinitionVersion, definitionVersionOf } from './definition-version.js';

export const subscriptions = pgTable('subscriptions', {
  instanceId: text('instance_id').notNull(),
  subscriptionId: text('subscription_id').notNull(),
  processId: text('process_id').notNull(),
  elementId: text('element_id'),
  elementInstanceId: text('element_instance_id'),
  kind: text('kind').$type<'message' | 'signal'>().notNull(),
  name: text('name').notNull(),
  /** Correlation key; empty when the name alone matches; null: it is sealed. */
  key: text('key'),
  openedAt: instant('opened_at').notNull(),
  /** When it took the last one. Only a non-interrupting event goes on waiting for the next; any other is closed then. */
  takenAt: instant('taken_at'),
  closedAt: instant('closed_at'),
  /** The key of an instance that belongs to a customer. */
  sealed: bytes('sealed'),
});

/** One subscription. */
export type SubscriptionRow = Readonly<Omit<typeof subscriptions.$inferSelect, 'sealed'>> & {
  /** Its key was sealed, and the customer's was destroyed: `key` is null. */
  readonly isErased: boolean;
};

const { sealed, ...fields } = getTableColumns(subscriptions);

/** Where a subscription stands: it waits, it took what it waited for, or it was closed without. */
export type SubscriptionState = 'OPEN' | 'TAKEN' | 'CLOSED';

/** Where one stands. One that has taken something and goes on waiting is open. Class: pure. */
export const subscriptionState = (
  row: Pick<SubscriptionRow, 'closedAt' | 'takenAt'>,
): SubscriptionState => {
  if (row.closedAt === null) return 'OPEN';
  return row.takenAt === null ? 'CLOSED' : 'TAKEN';
};

/** The same, as the database tells it. */
const STATE: Computed = {
  type: 'text',
  expression: sql`case when ${subscriptions.closedAt} is null then 'OPEN'
    when ${subscriptions.takenAt} is null then 'CLOSED' else 'TAKEN' end`,
};

const SEARCHABLE = {
  table: subscriptions,
  fields,
  asked: { ...definitionVersionOf(subscriptions.instanceId), state: STATE },
  besides: { sealed },
  key: ['instanceId', 'subscriptionId'],
  sort: [{ field: 'openedAt', order: 'ASC' }],
} as const;

/** What subscriptions are filtered and sorted by; a key that is sealed is not found by what it is. */
export type SubscriptionField =
  | Exclude<keyof SubscriptionRow, 'isErased'>
  | DefinitionVersion
  | 'state';

type ReadRow = Omit<SubscriptionRow, 'isErased'> & { readonly sealed: Buffer | null };

/** Reads subscriptions. */
export interface Subscriptions {
  /** One page; see `search` for the errors. Oldest first. */
  readonly search: (query: Search<SubscriptionField>) => Promise<Page<SubscriptionRow>>;
}

/** Makes the reader. @param seenBy - it shows what is of instances that they see; null: all */
export function createSubscriptions(
  db: Queryable,
  seals: Seals,
  seenBy: Viewer | null,
): Subscriptions {
  const isSeen = seesInstanceOf(subscriptions.instanceId, seenBy);
  return {
    search: async (query) => {
      const page = await search<ReadRow, SubscriptionField, DefinitionVersion | 'state'>(
        db,
        SEARCHABLE,
        query,
        isSeen,
      );
      return { ...page, items: await openRows(db, seals, page.items, placeOf, asOpened) };
    },
  };
}

const placeOf = ({ instanceId, subscriptionId }: ReadRow) =>
  columnPlace('subscriptions', [instanceId, subscriptionId], 'key');

function asOpened({ sealed: _, ...row }: ReadRow, opened: Opened): SubscriptionRow {
  const key = opened.kind === 'opened' ? String(opened.value) : row.key;
  return { ...row, key, isErased: opened.kind === 'erased' };
}
