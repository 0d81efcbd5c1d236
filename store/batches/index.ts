/** Acts upon many instances at once. Source: docs/decisions/0028-a-batch-is-rows-and-a-workflow.md. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { BatchState, BatchType } from '../../contracts/batches.js';
import type { Queryable } from '../database.js';
import type { By } from '../identities/acts.js';
import {
  instanceCondition,
  type MeantInstances,
  type ProcessInstance,
  processInstances,
  SEARCHABLE_INSTANCES,
} from '../projections/process-instances.js';
import type { Seals } from '../sealing/index.js';
import { type Opened, openRows } from '../sealing/opened.js';
import { columnPlace } from '../sealing/places.js';
import { type Page, type Search, search } from '../search/index.js';
import { beginBatch, canBe, countItems, MOST_ITEMS, type NewBatch } from './begin.js';
import {
  type BatchItemField,
  type BatchItemRow,
  type BatchRow,
  batches,
  SEARCHABLE_BATCHES,
  SEARCHABLE_ITEMS,
} from './table.js';
import { type BatchTurn, turnBatch } from './turn.js';
import {
  type BatchPart,
  finishBatch,
  postpone,
  type Settled,
  settleItem,
  takePart,
} from './work.js';

export type { NewBatch } from './begin.js';
export type { BatchItemField, BatchItemRow, BatchRow } from './table.js';
export type { BatchTurn } from './turn.js';
export type { BatchPart, NextItem, Settled } from './work.js';

/** Which instances are meant. */
export type Meant = MeantInstances;

/** The group. */
export interface Batches {
  /**
   * Begins one upon all instances that fit now; the same request again is answered with the one that it began.
   * Errors: `BATCH_TOO_LARGE`, those of `search`.
   */
  readonly begin: (
    batch: NewBatch,
    meant: Meant,
    by: By & { readonly requestId: string },
  ) => Promise<BatchRow>;
  /** How many items one upon these would have; null: too many. Errors: those of `search`. */
  readonly count: (type: BatchType, meant: Meant) => Promise<number | null>;
  /** Some of the instances that one upon these would meet, newest first. Errors: those of `search`. */
  readonly page: (
    type: BatchType,
    meant: Meant,
    page: Pick<Search, 'limit' | 'after'>,
  ) => Promise<Page<ProcessInstance>>;
  /** @returns null: there is none. Errors: `BATCH_STATE` */
  readonly turn: (batchId: string, turn: BatchTurn, by: By) => Promise<BatchRow | null>;
  readonly get: (batchId: string) => Promise<BatchRow | null>;
  /** One page; see `search` for the errors. Newest first. */
  readonly search: (query: Search<keyof BatchRow>) => Promise<Page<BatchRow>>;
  /** One page; see `search` for the errors. By batch and item. */
  readonly searchItems: (query: Search<BatchItemField>) => Promise<Page<BatchItemRow>>;
  /** Ids of those that have not ended. */
  readonly open: () => Promise<readonly string[]>;
  /** What is next of one. */
  readonly take: (batchId: string, limit: number) => Promise<BatchPart | null>;
  /** Leaves an item for later. */
  readonly postpone: (batchId: string, itemId: string) => Promise<void>;
  /** Writes down what became of an item. */
  readonly settle: (settled: Settled) => Promise<BatchState>;
  /** Ends one of which nothing is left. */
  readonly finish: (batchId: string, at: string) => Promise<void>;
}

/** Makes it. */
export function createBatches(db: Queryable, seals: Seals): Batches {
  return {
    begin: async (batch, meant, by) =>
      beginBatch(db, batch, await instanceCondition(seals, meant), by),
    count: async (type, meant) => {
      const found = await countItems(db, type, await instanceCondition(seals, meant));
      return found > MOST_ITEMS ? null : found;
    },
    page: async (type, meant, page) => {
      const where = and(canBe(type), await instanceCondition(seals, meant));
      return search(db, SEARCHABLE_INSTANCES, page, where);
    },
    turn: (batchId, turn, by) => turnBatch(db, batchId, turn, by),
    get: async (batchId) => {
      const where = eq(batches.batchId, batchId);
      const [row] = await db.select(SEARCHABLE_BATCHES.fields).from(batches).where(where);
      return (row as BatchRow | undefined) ?? null;
    },
    search: (query) => search<BatchRow, keyof BatchRow>(db, SEARCHABLE_BATCHES, query),
    searchItems: (query) => searchItems(db, seals, query),
    open: async () => {
      const where = sql`ended_at is null`;
      const rows = await db.select({ batchId: batches.batchId }).from(batches).where(where);
      return rows.map(({ batchId }) => batchId);
    },
    take: (batchId, limit) => takePart(db, batchId, limit),
    postpone: (batchId, itemId) => postpone(db, batchId, itemId),
    settle: (settled) => settleItem(db, seals, settled),
    finish: (batchId, at) => finishBatch(db, batchId, at),
  };
}

type ReadRow = Omit<BatchItemRow, 'isErased' | 'type' | 'rootInstanceId'> & {
  readonly sealed: Buffer | null;
};

async function searchItems(
  db: Queryable,
  seals: Seals,
  query: Search<BatchItemField>,
): Promise<Page<BatchItemRow>> {
  const page = await search<ReadRow, BatchItemField>(db, SEARCHABLE_ITEMS, query);
  const opened = await openRows(db, seals, page.items, placeOf, asOpened);
  const types = await typesOf(db, [...new Set(opened.map(({ batchId }) => batchId))]);
  const roots = await rootsOf(db, [...new Set(opened.map(({ instanceId }) => instanceId))]);
  const items = opened.flatMap((row) => {
    const type = types.get(row.batchId);
    const rootInstanceId = roots.get(row.instanceId) ?? null;
    return type === undefined ? [] : [{ ...row, type, rootInstanceId }];
  });
  return { ...page, items };
}

const placeOf = ({ batchId, itemId }: ReadRow) =>
  columnPlace('batch_operation_items', [batchId, itemId], 'message');

function asOpened({ sealed: _, ...row }: ReadRow, opened: Opened) {
  const message = opened.kind === 'opened' ? String(opened.value) : row.message;
  return { ...row, message, isErased: opened.kind === 'erased' };
}

async function typesOf(db: Queryable, ids: readonly string[]) {
  const { batchId, type } = batches;
  const where = inArray(batchId, [...ids]);
  const rows =
    ids.length === 0 ? [] : await db.select({ batchId, type }).from(batches).where(where);
  return new Map(rows.map((row) => [row.batchId, row.type]));
}

async function rootsOf(db: Queryable, ids: readonly string[]) {
  const { instanceId, rootInstanceId } = processInstances;
  const where = inArray(instanceId, [...ids]);
  const rows =
    ids.length === 0
      ? []
      : await db.select({ instanceId, rootInstanceId }).from(processInstances).where(where);
  return new Map(rows.map((row) => [row.instanceId, row.rootInstanceId]));
}
