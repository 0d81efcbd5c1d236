/** Instances that do not end as they are asked to, and clocks that do not wait for them. */
import { WorkflowNotFoundError } from '@temporalio/client';
import { lastPartOf } from '../../../../contracts/workflow-ids.js';
import { failure } from '../../../../worker/encryption/failure.js';

/** An engine whose instances take no cancel, some because their key is gone, and a Temporal that has lost some of them. */
export function stubborn() {
  const lost = new Set<string>();
  const terminated = new Set<string>();
  const getHandle = (workflowId: string) => {
    const instanceId = lastPartOf(workflowId);
    const found = async <T>(told: T): Promise<T> => {
      if (lost.has(instanceId)) throw new WorkflowNotFoundError('no such', workflowId, undefined);
      return told;
    };
    return {
      workflowId,
      describe: () =>
        found({ status: { name: terminated.has(instanceId) ? 'TERMINATED' : 'RUNNING' } }),
      terminate: async () => terminated.add(instanceId),
      fetchHistory: () => found({ events: [] }),
    };
  };
  const keyless = new Set<string>();
  const cancel = async ({ instanceId }: { readonly instanceId: string }) => {
    if (keyless.has(instanceId)) throw failure('KEY_SHREDDED', { keyId: 'its own' });
    return { ok: false, code: 'WORKER_UNAVAILABLE' };
  };
  const engine = { cancel };
  const running = Promise.resolve({ engine, client: { workflow: { getHandle } } } as never);
  return { lost, keyless, terminated, running };
}

/** A clock in milliseconds that goes so many seconds ahead at each look. */
export function hurrying(seconds: number): () => number {
  let now = 0;
  return () => {
    now += seconds * 1000;
    return now;
  };
}
