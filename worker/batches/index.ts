/**
 * Batches on the durable host: begun in the store, worked on by a workflow each. Whoever ends between the two leaves a batch
 * that the next start of a worker takes up. Class: side effect.
 */
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { BatchItem, BatchWork } from '../../activities/index.js';
import type { BatchPlan } from '../../contracts/batches.js';
import { SIGNALS, WORKFLOWS } from '../../contracts/names.js';
import { batchWorkflowId } from '../../contracts/workflow-ids.js';
import { fault } from '../../engine/errors/index.js';
import type { Act, Store } from '../../store/index.js';
import { ACTIONS, type CarryOutDeps, carryOut, type Refused } from './carry-out.js';

export { type CarryOutDeps, isSoAlready, migrationOf, modificationOf } from './carry-out.js';

/** Sees that batches go on. */
export interface BatchRuns {
  /** Begins the work on a batch; one that goes on already goes on. */
  readonly start: (batchId: string) => Promise<void>;
  /** Somebody turned it: what waits looks again. */
  readonly turned: (batchId: string) => Promise<void>;
  /** Takes up all that have not ended. */
  readonly restore: () => Promise<void>;
}

/** Makes it. */
export function createBatchRuns(
  client: Client,
  taskQueue: string,
  { batches }: Pick<Store, 'batches'>,
): BatchRuns {
  const start = async (batchId: string): Promise<void> => {
    await client.workflow.start(WORKFLOWS.batch, {
      ...{ taskQueue, workflowId: batchWorkflowId(batchId), args: [{ batchId }] },
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
  };
  return {
    start,
    turned: async (batchId) => {
      const handle = client.workflow.getHandle(batchWorkflowId(batchId));
      await handle.signal(SIGNALS.batchTurned).catch(async (error: unknown) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
        // Whoever began it was killed before it could be worked on, or it has ended: then the next look says so.
        await start(batchId);
      });
    },
    restore: async () => {
      for (const batchId of await batches.open()) await start(batchId);
    },
  };
}

/** By which nothing is known of an instance but that it could not be asked now. */
const LATER: readonly string[] = ['WORKER_UNAVAILABLE', 'INSTANCE_BUSY'];
/** How often an item is tried. */
const MOST_ATTEMPTS = 5;

type WorkDeps = Omit<CarryOutDeps, 'store'> & {
  readonly store: Pick<Store, 'batches' | 'audit' | 'processInstances' | 'incidents'>;
  readonly now: () => number;
};

/** What the activity works with. */
export function createBatchWork(deps: WorkDeps): BatchWork {
  const { store, now } = deps;
  return {
    take: async (batchId, limit) => {
      const part = await store.batches.take(batchId, limit);
      return part && { ...part, reason: await reasonOf(store, batchId) };
    },
    finish: (batchId) => store.batches.finish(batchId, new Date(now()).toISOString()),
    carryOut: async (of) => {
      const { batchId, plan, actor, item } = of;
      const requestId = `batch ${batchId} ${item.itemId}`;
      const settle = (refused: Refused | null) => {
        const act = actOf(of, requestId, refused, now());
        const { itemId, instanceId } = item;
        return store.batches.settle({ batchId, itemId, instanceId, fault: refused, act });
      };
      const isLast = item.attempts + 1 >= MOST_ATTEMPTS;
      try {
        const refused = await carryOut(deps, plan, { ...item, actor, requestId });
        if (refused === null || isLast || !LATER.includes(refused.code)) return settle(refused);
      } catch (error) {
        if (isLast) return settle(gaveUp(error));
        await store.batches.postpone(batchId, item.itemId).catch(() => {});
        throw error;
      }
      await store.batches.postpone(batchId, item.itemId);
      return null;
    },
  };
}

function gaveUp(error: unknown): Refused {
  const detail = error instanceof Error ? error.message : String(error);
  return fault('BATCH_ITEM_FAILED', { attempts: MOST_ATTEMPTS, detail });
}

/** Why the batch was begun: what the audit has, for nobody else keeps it. */
async function reasonOf({ audit }: Pick<Store, 'audit'>, batchId: string): Promise<string | null> {
  const filter = { object: `batch:${batchId}`, action: 'beginBatch' };
  return (await audit.query({ filter, limit: 1 })).items[0]?.reason ?? null;
}

function actOf(
  { batchId, plan, item, actor, reason }: BatchItem,
  requestId: string,
  refused: Refused | null,
  now: number,
): Act {
  const kind = plan.type === 'RESOLVE_INCIDENT' ? 'incident' : 'instance';
  // With the instance the key is gone that would seal what is said of it: the entry of the batch says why.
  const isGone = plan.type === 'DELETE_PROCESS_INSTANCE';
  return {
    ...{ actor, reason: isGone ? null : reason, requestId },
    at: new Date(now).toISOString(),
    action: ACTIONS[plan.type],
    object: `${kind}:${item.itemId}`,
    outcome: refused === null ? 'done' : 'refused',
    code: refused?.code ?? null,
    data: { batch: batchId, ...planData(plan) },
  };
}

/** What the audit keeps of the plan: as of the same act upon one. */
function planData(plan: BatchPlan) {
  const pairs = (list: readonly { sourceElementId: string; targetElementId: string }[]) =>
    list.map(({ sourceElementId: from, targetElementId: to }) => ({ from, to }));
  if (plan.type === 'MIGRATE_PROCESS_INSTANCE') {
    return { to: plan.version, renamed: pairs(plan.mappings) };
  }
  return plan.type === 'MODIFY_PROCESS_INSTANCE' ? { moved: pairs(plan.moves) } : {};
}
