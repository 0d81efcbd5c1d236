import { WorkflowNotFoundError } from '@temporalio/client';
import { expect, test } from 'vitest';
import type { InstanceStart } from '../../contracts/instance.js';
import { compilePackage } from '../../registry/index.js';
import type { Holder, StartKey } from '../../store/index.js';
import type { EngineDeps } from '../../worker/engine-deps.js';
import { start } from '../../worker/starts.js';
import { endEvent, model, startEvent } from '../support/durable-model.js';

const { processes } = await compilePackage({
  'process.bpmn': model('pay', [startEvent('start'), endEvent('end')], 'start > end'),
});

interface Operation {
  readonly options: { readonly workflowId: string; readonly args: readonly [InstanceStart] };
}

/** A register, and a Temporal that takes every start and tells who came first. */
function anEngine() {
  const rows = new Map<string, Holder>();
  const workflows = new Map<string, InstanceStart>();
  const client = {
    withDeadline: (_at: number, call: () => unknown) => call(),
    workflow: {
      getHandle: (workflowId: string) => ({
        describe: async () => {
          if (!workflows.has(workflowId)) throw new WorkflowNotFoundError('none', workflowId, '');
          return { status: { name: 'COMPLETED' } };
        },
      }),
      executeUpdateWithStart: async (
        _update: string,
        { startWorkflowOperation }: { readonly startWorkflowOperation: Operation },
      ) => {
        const { workflowId, args } = startWorkflowOperation.options;
        const made = workflows.get(workflowId) ?? args[0];
        workflows.set(workflowId, made);
        const { instanceId } = made.seed;
        const answer = { ok: true, code: null, message: '', waitingAt: [], status: 'active' };
        return { ...answer, instanceId, origin: made.origin };
      },
    },
  };
  const nameOf = ({ kind, key }: StartKey): string => `${kind} ${key}`;
  const starts = {
    claim: async (key: StartKey, instanceId: string, asked: Omit<Holder, 'instanceId'>) => {
      const held = rows.get(nameOf(key)) ?? { ...asked, instanceId };
      rows.set(nameOf(key), held);
      return { ...held, isNew: held.instanceId === instanceId };
    },
    find: async (key: StartKey) => rows.get(nameOf(key)) ?? null,
    release: async (key: StartKey) => void rows.delete(nameOf(key)),
    sign: async () => {},
  };
  const deps = {
    client,
    store: { starts, processInstances: { get: async () => null } },
    registry: {
      find: async () => ({ processId: 'pay', version: 1, hash: 'h' }),
      process: async () => processes[0],
    },
    keyedHash: async (_keyId: string, text: string) => text,
    keys: { prepare: async () => {} },
    workflowIds: new Map(),
    withinMs: 1000,
  } as unknown as EngineDeps;
  const ask = (customerKeyId: string, requestId: string) =>
    start(deps, { processId: 'pay', businessKey: 'k', customerKeyId, requestId, actor: null });
  return { ask, starts, workflows };
}

test('one business key under two customer keys at a time starts one workflow', async () => {
  const { ask, workflows } = anEngine();
  const answers = await Promise.all([ask('ada', 'r1'), ask('bo', 'r2')]);
  const [first, second] = answers;
  expect(first).toMatchObject({ ok: true, isNew: true });
  expect(second).toMatchObject({ isNew: false, instanceId: first?.instanceId });
  expect([...workflows.keys()]).toEqual([`p.ada.${first?.instanceId}`]);
});

test('who comes second finds the workflow of the first by its key', async () => {
  const { ask, workflows } = anEngine();
  const { instanceId } = await ask('ada', 'r1');
  expect(await ask('bo', 'r2')).toMatchObject({ ok: true, isNew: false, instanceId });
  expect([...workflows.keys()]).toEqual([`p.ada.${instanceId}`]);
});

test('what another customer has claimed and not started is not started under its key', async () => {
  const { ask, starts, workflows } = anEngine();
  const key = { processId: 'pay', kind: 'businessKey', key: 'k' } as const;
  await starts.claim(key, 'left-behind', { digest: null, customerKeyId: 'ada' });
  const answer = await ask('bo', 'r2');
  expect(answer).toMatchObject({ code: 'BUSINESS_KEY_USED', instanceId: 'left-behind' });
  expect(workflows.size).toBe(0);
  expect(await ask('ada', 'r3')).toMatchObject({ ok: true, isNew: true });
  expect([...workflows.keys()]).toEqual(['p.ada.left-behind']);
});
