/**
 * Deletes an instance that has ended: first what Temporal has of it and of what it called, then all that the store has. Who
 * ends between the two leaves what the next one deletes; what Temporal has is a copy that it forgets by itself in any case.
 * Class: side effect. Source: docs/retention.md.
 */
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { effectKey } from '../../activities/index.js';
import { instanceWorkflowId } from '../../contracts/workflow-ids.js';
import { type Fault, fault } from '../../engine/errors/index.js';
import { readRetention, termsOf } from '../../registry/index.js';
import { type Keeping, type Store, StoreFailure } from '../../store/index.js';

/** Deletes, and says whether it would. */
export interface InstanceDeletion {
  /** @returns why it is kept; null: it would be deleted, or is gone */
  readonly refusal: (instanceId: string) => Promise<Fault | null>;
  /** @returns why it is kept; null: it is gone now, also where it was before */
  readonly delete: (instanceId: string) => Promise<Fault | null>;
  /** The terms of now. */
  readonly keeping: () => Promise<Keeping>;
}

/** Makes it. */
export function createInstanceDeletion(
  client: Client,
  store: Pick<Store, 'retention' | 'definitions'>,
): InstanceDeletion {
  const keeping = async (): Promise<Keeping> => ({
    terms: termsOf(await readRetention(store)),
    at: new Date().toISOString(),
  });
  const refusal = async (instanceId: string, by: Keeping): Promise<Fault | null> => {
    const refused = await store.retention.refusal(instanceId, by);
    return refused && { code: refused.code, message: refused.message };
  };
  return {
    keeping,
    refusal: async (instanceId) => refusal(instanceId, await keeping()),
    delete: async (instanceId) => {
      const by = await keeping();
      const refused = await refusal(instanceId, by);
      if (refused) return refused;
      const workflowIds = (await store.retention.tree(instanceId)).map((one) =>
        instanceWorkflowId(one.instanceId, one.customerKeyId),
      );
      // All of them are looked at before any is touched: Temporal would end one that runs.
      const runs = await Promise.all(workflowIds.map((workflowId) => runsOf(client, workflowId)));
      if (runs.includes(null)) {
        return fault('RETENTION_RUNNING', { instance: instanceId });
      }
      for (const run of runs.flat()) if (run) await forget(client, run);
      try {
        await store.retention.delete(instanceId, by, (of, element) => effectKey(of, element, 1));
        return null;
      } catch (error) {
        if (!(error instanceof StoreFailure)) throw error;
        return { code: error.code, message: error.message };
      }
    },
  };
}

interface Run {
  readonly workflowId: string;
  readonly runId: string;
}

/**
 * All runs of a workflow that Temporal still has: an instance goes on in another one when its history is long. What is listed
 * lags behind, so the last one is asked by itself.
 *
 * @returns null: the last one is running
 */
async function runsOf(client: Client, workflowId: string): Promise<readonly Run[] | null> {
  const last = await lastRunOf(client, workflowId);
  if (last === null) return [];
  if (last.isRunning) return null;
  const runIds = new Set([last.runId]);
  const query = `WorkflowId = '${workflowId}'`;
  for await (const { runId } of client.workflow.list({ query })) runIds.add(runId);
  return [...runIds].map((runId) => ({ workflowId, runId }));
}

async function lastRunOf(client: Client, workflowId: string) {
  try {
    const { runId, status } = await client.workflow.getHandle(workflowId).describe();
    return { runId, isRunning: status.name === 'RUNNING' };
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

async function forget(client: Client, { workflowId, runId }: Run): Promise<void> {
  try {
    const { namespace } = client.options;
    const workflowExecution = { workflowId, runId };
    await client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution });
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

const NOT_FOUND = 5;

/** Somebody else was first, or Temporal itself. Class: pure. */
function isGone(error: unknown): boolean {
  if (error instanceof WorkflowNotFoundError) return true;
  return error instanceof Error && 'code' in error && error.code === NOT_FOUND;
}
