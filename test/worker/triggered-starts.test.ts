import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { expect, test } from 'vitest';
import type { EngineDeps } from '../../worker/engine-deps.js';
import { startLatest } from '../../worker/triggered-starts.js';

/** A deployment without the process, in which an attempt was killed between its claims and its start. */
const deps = (released: string[], isRunning: boolean): EngineDeps => {
  const describe = async () => {
    if (isRunning) return { status: { name: 'COMPLETED' } };
    throw new WorkflowNotFoundError('none', 'w', undefined);
  };
  const partly = {
    registry: { find: async () => null },
    client: { workflow: { getHandle: () => ({ describe }) } },
    store: {
      starts: {
        find: async () => ({ instanceId: 'i1' }),
        release: async ({ key }: { key: string }, id: string) => released.push(`${key} of ${id}`),
      },
      processInstances: { get: async () => null },
    },
  };
  return partly as unknown as EngineDeps;
};

const input = {
  processId: 'order',
  elementId: 'ordered',
  startKey: 'message c m1',
  variables: {},
  startedBy: 'c',
  hold: { id: 'hold-1', correlators: ['c'] },
};

test('what cannot start gives the key back that a killed attempt held for it', async () => {
  const released: string[] = [];
  expect(await startLatest(deps(released, false), input)).toBeNull();
  expect(released).toEqual(['hold-1 of i1']);
});

test('an instance that is there keeps its key', async () => {
  const released: string[] = [];
  expect(await startLatest(deps(released, true), input)).toBeNull();
  expect(released).toEqual([]);
});

/** A deployment in which the start was made before, and its workflow has closed: the answer was lost. */
const closed = (state: 'REFUSED' | 'COMPLETED'): EngineDeps => {
  const partly = {
    keys: { choose: async () => 'system', prepare: async () => {} },
    registry: {
      find: async () => ({ processId: 'order', version: 1, hash: 'h' }),
      process: async () => ({ starts: [{ elementId: 'ordered' }] }),
    },
    client: {
      withDeadline: (_at: number, call: () => unknown) => call(),
      workflow: {
        executeUpdateWithStart: async () => {
          throw new WorkflowExecutionAlreadyStartedError('closed', 'w', 'processInstance');
        },
      },
    },
    store: {
      starts: { claim: async () => ({ instanceId: 'i1', digest: null, isNew: false }) },
      processInstances: { get: async () => ({ state }) },
    },
  };
  return partly as unknown as EngineDeps;
};

test.each([
  ['REFUSED', null],
  ['COMPLETED', { workflowId: 'p.system.i1', isBusy: false }],
] as const)(
  'a start whose first answer was lost is told by what became of it: %s',
  async (state, told) => {
    expect(await startLatest(closed(state), { ...input, hold: null })).toEqual(told);
  },
);
