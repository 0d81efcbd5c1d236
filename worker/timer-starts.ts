/**
 * Timer start events: one small workflow each, replaced by the next version of its process, so that only the latest
 * fires. Class: side effect. Source: bpmn-semantics S16.
 */
import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { TimerStart } from '../contracts/correlation.js';
import { WORKFLOWS } from '../contracts/names.js';
import { toRef } from '../registry/index.js';
import type { Deployed, ProcessDefinition, Store } from '../store/index.js';
import { type KeyedHash, SYSTEM_KEY_ID } from './encryption/index.js';

/** Keeps the timer starts of the latest versions, and no others. */
export interface TimerStarts {
  /** After a deployment: what is new replaces what was; a version that stayed is not touched. */
  readonly replace: (processes: readonly Deployed<ProcessDefinition>[]) => Promise<void>;
}

/** Makes it. */
export function createTimerStarts(deps: {
  readonly client: Client;
  readonly taskQueue: string;
  readonly keyedHash: KeyedHash;
  readonly store: Pick<Store, 'definitions'>;
}): TimerStarts {
  const { client, taskQueue, keyedHash, store } = deps;
  const idOf = async (processId: string, elementId: string): Promise<string> =>
    `t.${SYSTEM_KEY_ID}.${await keyedHash(SYSTEM_KEY_ID, `timer\n${processId}\n${elementId}`)}`;
  const elementsOf = (process: ProcessDefinition | null): readonly string[] =>
    process?.requirements.timerStarts.map(({ elementId }) => elementId) ?? [];

  async function begin(process: ProcessDefinition, elementId: string): Promise<void> {
    const definition = toRef(process);
    if (!definition) return;
    const start: TimerStart = {
      definition,
      elementId,
      deployedAt: process.deployedAt,
      series: null,
    };
    await client.workflow.start(WORKFLOWS.timerStart, {
      workflowId: await idOf(process.processId, elementId),
      taskQueue,
      args: [start],
      workflowIdConflictPolicy: 'TERMINATE_EXISTING',
    });
  }

  async function end(processId: string, elementId: string): Promise<void> {
    try {
      const handle = client.workflow.getHandle(await idOf(processId, elementId));
      await handle.terminate('TIMER_START_REPLACED');
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }

  return {
    replace: async (processes) => {
      for (const process of processes) {
        if (!process.isNew) continue;
        const { processId, version } = process;
        const before = await store.definitions.processes.byVersion(processId, version - 1);
        const now = elementsOf(process);
        for (const elementId of elementsOf(before)) {
          if (!now.includes(elementId)) await end(processId, elementId);
        }
        for (const elementId of now) await begin(process, elementId);
      }
    },
  };
}
