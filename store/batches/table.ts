/** The tables of batches, as they are read and searched. */
import { getTableColumns } from 'drizzle-orm';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import type { BatchItemState, BatchPlan, BatchState, BatchType } from '../../contracts/batches.js';
import { bytes, count, instant, json } from '../columns.js';

export const batches = pgTable('batch_operations', {
  batchId: text('batch_id').primaryKey(),
  requestId: text('request_id').notNull(),
  type: text('type').$type<BatchType>().notNull(),
  plan: json<BatchPlan>()('plan').notNull(),
  state: text('state').$type<BatchState>().notNull(),
  /** Who began it, as tasks and journals know people. */
  actor: text('actor'),
  begunAt: instant('begun_at').notNull(),
  endedAt: instant('ended_at'),
  /** Items in all, counted when it began. */
  total: count('total').notNull(),
  completed: count('completed').notNull(),
  failed: count('failed').notNull(),
});

export const items = pgTable('batch_operation_items', {
  batchId: text('batch_id').notNull(),
  itemId: text('item_id').notNull(),
  instanceId: text('instance_id').notNull(),
  state: text('state').$type<BatchItemState>().notNull(),
  attempts: integer('attempts').notNull(),
  processedAt: instant('processed_at'),
  code: text('code'),
  message: text('message'),
  sealed: bytes('sealed'),
});

const { requestId: _request, ...batchFields } = getTableColumns(batches);
const { sealed, ...itemColumns } = getTableColumns(items);

/** One batch. */
export type BatchRow = Readonly<Omit<typeof batches.$inferSelect, 'requestId'>>;

/** What became of one of what it is done to. */
export type BatchItemRow = Readonly<Omit<typeof items.$inferSelect, 'sealed'>> & {
  readonly type: BatchType;
  readonly rootInstanceId: string | null;
  /** What was said of it was sealed, and the key was destroyed: `message` is null. */
  readonly isErased: boolean;
};

export const SEARCHABLE_BATCHES = {
  table: batches,
  fields: batchFields,
  key: ['batchId'],
  sort: [{ field: 'begunAt', order: 'DESC' }],
} as const;

export const SEARCHABLE_ITEMS = {
  table: items,
  fields: itemColumns,
  besides: { sealed },
  key: ['batchId', 'itemId'],
  sort: [{ field: 'batchId', order: 'ASC' }],
} as const;

/** What items are filtered and sorted by. */
export type BatchItemField = keyof typeof itemColumns;
