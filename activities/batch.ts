/**
 * `jornada.workBatch`: works on one part of a batch. It may be killed anywhere and run again: what was settled stays so, and what
 * was under way is asked for again under the same id. Class: side effect.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { cancellationSignal, heartbeat } from '@temporalio/activity';
import type { BatchPlan, BatchRef, BatchStanding, BatchState } from '../contracts/batches.js';
import { ACTIVITIES } from '../contracts/names.js';
import type { BatchPart, NextItem } from '../store/index.js';

/** A part of a batch, and why that was begun. */
export interface ReasonedPart extends BatchPart {
  readonly reason: string | null;
}

/** One item of it. */
export interface BatchItem {
  readonly batchId: string;
  readonly plan: BatchPlan;
  /** Who began the batch. */
  readonly actor: string | null;
  readonly reason: string | null;
  readonly item: NextItem;
}

/** What a batch is worked on with. */
export interface BatchWork {
  /** Null: there is no such batch. */
  readonly take: (batchId: string, limit: number) => Promise<ReasonedPart | null>;
  /** Carries one item out and writes down what became of it. @returns how the batch stands then; null: it is left for later */
  readonly carryOut: (of: BatchItem) => Promise<BatchState | null>;
  readonly finish: (batchId: string) => Promise<void>;
}

/** What the activity leans on. */
export interface BatchDeps {
  readonly batches: BatchWork;
}

/** Items of a part. */
const PART = 100;
/** One begins no sooner after the other: 50 a second. */
const EVERY_MS = 20;
/** Items under way at a time. */
const AT_ONCE = 8;
/** Before what could not be done is tried again. */
const LATER_MS = 1000;
const BEAT_MS = 2000;

/** Makes it, by its name. */
export function createBatchActivities({ batches }: BatchDeps) {
  return {
    [ACTIVITIES.workBatch]: async ({ batchId }: BatchRef): Promise<BatchStanding> => {
      const beating = setInterval(heartbeat, BEAT_MS);
      const signal = cancellationSignal();
      try {
        return await workPart(batches, batchId, signal);
      } finally {
        clearInterval(beating);
        signal.throwIfAborted();
      }
    },
  };
}

/** Works on the next part. Rejects when an item failed by a fault of ours: those under way have ended by then. */
export async function workPart(
  work: BatchWork,
  batchId: string,
  signal: AbortSignal,
): Promise<BatchStanding> {
  const part = await work.take(batchId, PART);
  if (part?.state === 'SUSPENDED') return 'suspended';
  if (part?.state !== 'ACTIVE') return 'ended';
  if (part.items.length === 0) {
    await work.finish(batchId);
    return 'ended';
  }
  const { plan, actor, reason } = part;
  const left = [...part.items];
  const faults: unknown[] = [];
  let isOver = false;
  let isLate = false;
  let mayBeginAt = performance.now();
  const line = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      const waitMs = mayBeginAt - performance.now();
      mayBeginAt = Math.max(mayBeginAt, performance.now()) + EVERY_MS;
      if (waitMs > 0) await pause(waitMs);
      if (isOver || signal.aborted || faults.length > 0) return;
      try {
        const state = await work.carryOut({ batchId, plan, actor, reason, item });
        if (state === null) isLate = true;
        else if (state !== 'ACTIVE') isOver = true;
      } catch (error) {
        faults.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, line));
  if (faults.length > 0) throw faults[0];
  if (isLate) await pause(LATER_MS);
  return 'going';
}
