/** Begins a batch: who is meant is settled here, for whoever fits later was not seen by who began it. Class: side effect. */
import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { BatchPlan, BatchType } from '../../contracts/batches.js';
import { appendActs } from '../audit/append.js';
import type { Queryable } from '../database.js';
import { StoreFailure, storeFailure } from '../failure.js';
import { actOf, type By } from '../identities/acts.js';
import { type BatchRow, batches, SEARCHABLE_BATCHES } from './table.js';

/** Items that one batch may have. */
export const MOST_ITEMS = 100_000;

/** A batch that is asked for. */
export interface NewBatch {
  readonly batchId: string;
  readonly plan: BatchPlan;
}

/**
 * Writes a batch with its items and what the audit tells, or nothing.
 *
 * @param isMeant - a condition on `process_instances`
 * @returns the batch; of a request that was made before, the one that it began
 * Errors: `BATCH_TOO_LARGE`.
 */
export async function beginBatch(
  db: Queryable,
  batch: NewBatch,
  isMeant: SQL | undefined,
  by: By & { readonly requestId: string },
): Promise<BatchRow> {
  try {
    return await written(db, batch, isMeant, by);
  } catch (error) {
    if (error instanceof StoreFailure) {
      const told = { action: 'beginBatch', object: 'batch', data: { type: batch.plan.type } };
      await appendActs(db, [actOf(by, told, error.code)]);
    }
    throw error;
  }
}

function written(
  db: Queryable,
  { batchId, plan }: NewBatch,
  isMeant: SQL | undefined,
  by: By & { readonly requestId: string },
): Promise<BatchRow> {
  return db.transaction(async (tx) => {
    const { actor, requestId, at } = by;
    const [fresh] = await tx
      .insert(batches)
      .values({
        ...{ batchId, requestId, type: plan.type, plan, state: 'CREATED', actor, begunAt: at },
        ...{ endedAt: null, total: 0, completed: 0, failed: 0 },
      })
      .onConflictDoNothing({ target: batches.requestId })
      .returning({ batchId: batches.batchId });
    if (!fresh) return begunBy(tx, requestId);
    const { rowCount } = await tx.execute(itemsOf(batchId, plan, isMeant));
    const total = rowCount ?? 0;
    if (total > MOST_ITEMS) throw storeFailure('BATCH_TOO_LARGE', { most: MOST_ITEMS });
    const [row] = await tx
      .update(batches)
      .set({ total })
      .where(eq(batches.batchId, batchId))
      .returning(SEARCHABLE_BATCHES.fields);
    const told = {
      action: 'beginBatch',
      object: `batch:${batchId}`,
      data: { type: plan.type, total },
    };
    await appendActs(tx, [actOf(by, told, null)]);
    return row as BatchRow;
  });
}

/** One more than there may be is enough to know that there are too many. */
function itemsOf(batchId: string, { type }: BatchPlan, isMeant: SQL | undefined): SQL {
  return sql`insert into batch_operation_items (batch_id, item_id, instance_id, state)
    select ${batchId}, item_id, instance_id, 'ACTIVE' from (${found(type, isMeant)}) found
    limit ${MOST_ITEMS + 1}`;
}

/** How many items a batch would have; `MOST_ITEMS + 1`: too many. */
export async function countItems(
  db: Queryable,
  type: BatchType,
  isMeant: SQL | undefined,
): Promise<number> {
  const some = sql`select 1 from (${found(type, isMeant)}) found limit ${MOST_ITEMS + 1}`;
  const { rows } = await db.execute<{ count: string }>(
    sql`select count(*) as count from (${some}) few`,
  );
  return Number(rows[0]?.count ?? 0);
}

function found(type: BatchType, isMeant: SQL | undefined): SQL {
  const meant = sql`select instance_id from process_instances
    where ${and(canBe(type), isMeant)}`;
  return type === 'RESOLVE_INCIDENT'
    ? sql`select instance_id || '/' || incident_id as item_id, instance_id from incidents
        where state = 'ACTIVE' and instance_id in (${meant})`
    : sql`select instance_id as item_id, instance_id from (${meant}) meant`;
}

/**
 * Nothing is done to what has ended, but that it is deleted, with all that it called. What was called ends with its caller, and would stop that if it were cancelled by
 * itself.
 */
export function canBe(type: BatchType): SQL {
  if (type === 'DELETE_PROCESS_INSTANCE') {
    return sql`process_instances.ended_at is not null and process_instances.caller_instance_id is null`;
  }
  const isOpen = sql`process_instances.ended_at is null`;
  if (type !== 'CANCEL_PROCESS_INSTANCE') return isOpen;
  return sql`${isOpen} and process_instances.caller_instance_id is null`;
}

async function begunBy(tx: Queryable, requestId: string): Promise<BatchRow> {
  const where = eq(batches.requestId, requestId);
  const [row] = await tx.select(SEARCHABLE_BATCHES.fields).from(batches).where(where);
  return row as BatchRow;
}
