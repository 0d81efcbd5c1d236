/** Instances of a customer who is erased: cancelled, ended by force where that does not help, and tried to be read. */
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import type { ErasureInstances } from '../../activities/erasure/ports.js';
import { instanceWorkflowId } from '../../contracts/workflow-ids.js';
import type { JournalEntry } from '../../engine/model/index.js';
import type { ProcessInstance, Store } from '../../store/index.js';
import { createDataConverter, isFailure, type KeyProvider } from '../encryption/index.js';
import type { RunningEngine } from '../index.js';
import { runOf } from '../look.js';

/** Makes the port. Class: side effect. */
export function erasureInstances(
  { processInstances, journal }: Pick<Store, 'processInstances' | 'journal'>,
  running: Promise<Pick<RunningEngine, 'engine' | 'client'>>,
  keyProvider: KeyProvider,
): ErasureInstances {
  const workflowIdOf = async (instanceId: string): Promise<string> => {
    const found = await processInstances.get(instanceId);
    return instanceWorkflowId(instanceId, found?.customerKeyId ?? null);
  };
  const handleOf = async (instanceId: string) => {
    const workflowId = await workflowIdOf(instanceId);
    return (await running).client.workflow.getHandle(workflowId);
  };
  const isRunning = async (instanceId: string): Promise<boolean> => {
    const workflowId = await workflowIdOf(instanceId);
    return (await runOf((await running).client, workflowId)) === 'running';
  };
  return {
    end: async (instanceId, requestId) => {
      const { engine } = await running;
      if (!(await isRunning(instanceId))) return true;
      const command = { instanceId, requestId: `erase ${requestId} ${instanceId}`, actor: null };
      await engine.cancel(command).catch(butUnasked);
      return !(await isRunning(instanceId));
    },
    terminate: async (instanceId) => {
      if (await isRunning(instanceId)) await (await handleOf(instanceId)).terminate('erased');
    },
    noteEnded: async (instanceId, requestId) => {
      if (await isRunning(instanceId)) return;
      // Read after it had closed: whatever is written later rests on what was never recorded.
      const found = await processInstances.get(instanceId);
      if (!found || found.endedAt !== null) return;
      const basis = { after: found.lastSequence, fence: Number.MAX_SAFE_INTEGER };
      await journal.append(ownerOf(found), [endOf(found, requestId)], basis);
    },
    isReadable: async (instanceId) => {
      try {
        const handle = await handleOf(instanceId);
        const { events = [] } = await handle.fetchHistory();
        const started = events?.[0]?.workflowExecutionStartedEventAttributes;
        return await canDecode(keyProvider, handle.workflowId, started?.input?.payloads ?? []);
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return false;
        throw error;
      }
    },
  };
}

/** What is sent to an instance is under its key: one whose key is gone cannot be asked, and goes on until it is terminated. */
function butUnasked(error: unknown): void {
  if (!isFailure(error, 'KEY_SHREDDED')) throw error;
}

const ownerOf = ({ definitionVersion, definitionHash, ...instance }: ProcessInstance) => ({
  ...instance,
  definition: { version: definitionVersion, hash: definitionHash },
});

/** It holds nothing that would be sealed: the key may be gone already. Class: pure but for the clock. */
function endOf({ lastSequence }: ProcessInstance, requestId: string): JournalEntry {
  return {
    sequence: lastSequence + 1,
    at: new Date().toISOString(),
    kind: 'instanceCancelled',
    ...{ elementId: null, elementInstanceId: null, scopeId: null },
    ...{ cause: null, actor: `erase ${requestId}`, rule: null, data: null },
  };
}

/** With a codec of its own, so that no data key that some cache still holds opens anything. */
async function canDecode(
  keyProvider: KeyProvider,
  workflowId: string,
  payloads: readonly Payload[],
): Promise<boolean> {
  const [codec] = createDataConverter({ keyProvider }).payloadCodecs ?? [];
  const context = { type: 'workflow', namespace: 'default', workflowId } as const;
  try {
    const decoded = await codec?.decode([...payloads], context);
    return (decoded ?? []).length > 0;
  } catch (error) {
    if (isFailure(error, 'KEY_SHREDDED')) return false;
    throw error;
  }
}
