/** Suspends, resumes and cancels batches. What is under way at that moment ends; nothing further is begun. Class: side effect. */
import { and, eq, inArray } from 'drizzle-orm';
import type { BatchState } from '../../contracts/batches.js';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import { acting, type By } from '../identities/acts.js';
import { type BatchRow, batches, items, SEARCHABLE_BATCHES } from './table.js';

/** What somebody may turn a batch to. */
export type BatchTurn = 'suspend' | 'resume' | 'cancel';

interface Turn {
  readonly action: string;
  readonly from: readonly BatchState[];
  readonly to: BatchState;
}

const TURNS: Readonly<Record<BatchTurn, Turn>> = {
  suspend: { action: 'suspendBatch', from: ['CREATED', 'ACTIVE'], to: 'SUSPENDED' },
  resume: { action: 'resumeBatch', from: ['SUSPENDED'], to: 'ACTIVE' },
  cancel: { action: 'cancelBatch', from: ['CREATED', 'ACTIVE', 'SUSPENDED'], to: 'CANCELED' },
};

/** @returns the batch; null: there is none. Errors: `BATCH_STATE` */
export async function turnBatch(
  db: Queryable,
  batchId: string,
  turn: BatchTurn,
  by: By,
): Promise<BatchRow | null> {
  const isBatch = eq(batches.batchId, batchId);
  const [known] = await db.select({ state: batches.state }).from(batches).where(isBatch);
  if (!known) return null;
  const { action, from, to } = TURNS[turn];
  return acting(db, by, { action, object: `batch:${batchId}` }, async (tx) => {
    const isOver = to === 'CANCELED';
    const [row] = await tx
      .update(batches)
      .set({ state: to, ...(isOver && { endedAt: by.at }) })
      .where(and(isBatch, inArray(batches.state, [...from])))
      .returning(SEARCHABLE_BATCHES.fields);
    if (!row) {
      const [now] = await tx.select({ state: batches.state }).from(batches).where(isBatch);
      throw storeFailure('BATCH_STATE', { batch: batchId, state: now?.state ?? known.state });
    }
    if (isOver) {
      await tx
        .update(items)
        .set({ state: 'CANCELED', processedAt: by.at })
        .where(and(eq(items.batchId, batchId), eq(items.state, 'ACTIVE')));
    }
    return row as BatchRow;
  });
}
