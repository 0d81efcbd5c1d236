/**
 * A batch is worked on part by part: what is next, and what became of it. Each item is told of in the transaction that settles
 * it, so that however often a worker ends, an item counts once. Class: side effect.
 */
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { BatchPlan, BatchState } from '../../contracts/batches.js';
import { appendActs } from '../audit/append.js';
import type { Act } from '../audit/index.js';
import { withSealedPart } from '../audit/sealed-parts.js';
import type { Queryable } from '../database.js';
import { isSealedUnder, type Seals } from '../sealing/index.js';
import { keyIdsOf } from '../sealing/opened.js';
import { columnPlace } from '../sealing/places.js';
import { batches, items } from './table.js';

/** An item that is next. */
export interface NextItem {
  readonly itemId: string;
  readonly instanceId: string;
  /** How often it was tried in vain. */
  readonly attempts: number;
}

/** A part of a batch. */
export interface BatchPart {
  readonly state: BatchState;
  readonly plan: BatchPlan;
  readonly actor: string | null;
  readonly items: readonly NextItem[];
}

/** What became of an item. */
export interface Settled {
  readonly batchId: string;
  readonly itemId: string;
  readonly instanceId: string;
  /** Null: it was carried out. */
  readonly fault: { readonly code: string; readonly message: string } | null;
  /** What the audit tells of it. */
  readonly act: Act;
}

/** What is next, those that were tried least first; begins what was only created. Null: there is no such batch. */
export async function takePart(
  db: Queryable,
  batchId: string,
  limit: number,
): Promise<BatchPart | null> {
  await db
    .update(batches)
    .set({ state: 'ACTIVE' })
    .where(and(eq(batches.batchId, batchId), eq(batches.state, 'CREATED')));
  const { state, plan, actor } = batches;
  const [row] = await db
    .select({ state, plan, actor })
    .from(batches)
    .where(eq(batches.batchId, batchId));
  if (!row) return null;
  const next = await db
    .select({ itemId: items.itemId, instanceId: items.instanceId, attempts: items.attempts })
    .from(items)
    .where(and(eq(items.batchId, batchId), eq(items.state, 'ACTIVE')))
    .orderBy(asc(items.attempts), asc(items.itemId))
    .limit(limit);
  return { ...row, items: next };
}

/** Leaves an item for later: it could not be done now. */
export async function postpone(db: Queryable, batchId: string, itemId: string): Promise<void> {
  await db
    .update(items)
    .set({ attempts: sql`attempts + 1` as never })
    .where(isItem(batchId, itemId));
}

/**
 * Writes down what became of an item, also of one whose batch was cancelled while it was under way.
 *
 * @returns how the batch stands then
 */
export async function settleItem(
  db: Queryable,
  seals: Seals,
  { batchId, itemId, instanceId, fault, act }: Settled,
): Promise<BatchState> {
  const said = await sealedMessage(
    db,
    seals,
    instanceId,
    [batchId, itemId],
    fault?.message ?? null,
  );
  const written = await withSealedPart(db, seals, act);
  return db.transaction(async (tx) => {
    const [fresh] = await tx
      .update(items)
      .set({
        ...{ state: fault === null ? 'COMPLETED' : 'FAILED', code: fault?.code ?? null, ...said },
        processedAt: act.at,
      })
      .where(and(isItem(batchId, itemId), inArray(items.state, ['ACTIVE', 'CANCELED'])))
      .returning({ itemId: items.itemId });
    const counted = fault === null ? ('completed' as const) : ('failed' as const);
    const [row] = await tx
      .update(batches)
      .set(fresh ? { [counted]: sql`${batches[counted]} + 1` } : { state: sql`state` as never })
      .where(eq(batches.batchId, batchId))
      .returning({ state: batches.state });
    if (fresh) await appendActs(tx, [written]);
    return row?.state ?? 'CANCELED';
  });
}

/** Ends a batch of which nothing is left. */
export async function finishBatch(db: Queryable, batchId: string, at: string): Promise<void> {
  await db.execute(sql`
    update batch_operations set ended_at = ${at}::timestamptz,
      state = case when failed > 0 then 'PARTIALLY_COMPLETED' else 'COMPLETED' end
    where batch_id = ${batchId} and state = 'ACTIVE' and not exists (
      select 1 from batch_operation_items item where item.batch_id = ${batchId} and item.state = 'ACTIVE')`);
}

const isItem = (batchId: string, itemId: string) =>
  and(eq(items.batchId, batchId), eq(items.itemId, itemId));

/** What the engine said of an instance of a customer is that customer's. */
async function sealedMessage(
  db: Queryable,
  seals: Seals,
  instanceId: string,
  key: readonly string[],
  message: string | null,
): Promise<{ readonly message: string | null; readonly sealed: Buffer | null }> {
  const keyId = (await keyIdsOf(db, [instanceId])).get(instanceId);
  if (message === null || keyId === undefined || !isSealedUnder(keyId)) {
    return { message, sealed: null };
  }
  try {
    const place = columnPlace('batch_operation_items', key, 'message');
    return { message: null, sealed: await seals.seal(keyId, message, place) };
  } catch (error) {
    if (isShredded(error)) return { message: null, sealed: null };
    throw error;
  }
}

const isShredded = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'KEY_SHREDDED';
