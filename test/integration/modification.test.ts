/** Modification on a real server: what is accepted first wins, what is asked twice is done once, what is killed goes on. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Modification, ModificationTarget } from '../../engine/model/index.js';
import { openStore, type Store } from '../../store/index.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import {
  callActivity,
  endEvent,
  model,
  parallelGateway,
  serviceTask,
  startEvent,
  userTask,
} from '../support/durable-model.js';
import { fixedSealing } from '../support/fixed-keys.js';
import { onPostgres, type TestDatabase } from '../support/store.js';
import { spawnWorker } from '../support/worker-process.js';

const at = (elementId: string): ModificationTarget => ({
  elementId,
  ancestorId: null,
  variables: [],
});
const all = (elementId: string) => ({ elementId });
const NOTHING: Modification = { cancellations: [], activations: [], moves: [] };

const PARTS = [
  startEvent('start'),
  parallelGateway('fork'),
  userTask('approve'),
  userTask('watch'),
  userTask('ship'),
  endEvent('end'),
  endEvent('watched'),
];
const CHAINS = 'start > fork > approve > ship > end, fork > watch > watched';

let requests = 0;
const requestId = (): string => {
  requests += 1;
  return `r${requests}`;
};
const taskOf = async ({ engine }: TestEngine, instanceId: string, elementId: string) => {
  const { state } = await engine.view(instanceId);
  return Object.values(state?.tasks ?? {}).find((task) => task.elementId === elementId)?.id ?? '';
};

describe('with a worker', () => {
  let durable: TestEngine;
  /** Ends the service task `charge`, which waits for it; one at a time. */
  let charged = (): void => {};
  let charging: Promise<void> = Promise.resolve();
  const begin = async (processId: string): Promise<string> => {
    const command = { processId, requestId: requestId(), actor: null, variables: {} };
    return (await durable.engine.start(command)).instanceId;
  };
  beforeAll(async () => {
    let isCharging = (): void => {};
    charging = new Promise((resolve) => {
      isCharging = resolve;
    });
    const charge = async () => {
      isCharging();
      await new Promise<void>((resolve) => {
        charged = resolve;
      });
      return {};
    };
    durable = await startTestEngine({ charge });
    const paying = [startEvent('s'), serviceTask('pay', 'charge'), userTask('ship'), endEvent('e')];
    await durable.deploy('paying', model('paying', paying, 's > pay > ship > e'));
    await durable.deploy('splitting', model('splitting', PARTS, CHAINS));
    const called = [startEvent('begin'), userTask('inside'), endEvent('finish')];
    await durable.deploy('called', model('called', called, 'begin > inside > finish'));
    const calling = [
      startEvent('s'),
      callActivity('call', 'called'),
      userTask('ship'),
      endEvent('e'),
    ];
    await durable.deploy('calling', model('calling', calling, 's > call > ship > e'));
  });
  afterAll(async () => {
    await durable?.close();
  });

  const races: readonly (readonly [what: string, modification: Modification])[] = [
    ['cancelled', { ...NOTHING, cancellations: [all('approve')] }],
    ['moved', { ...NOTHING, moves: [{ from: all('approve'), to: at('ship') }] }],
  ];

  test.each(races)(
    'a task that is %s while it is completed: one wins, the other is told',
    async (what, modification) => {
      for (let round = 0; round < 8; round += 1) {
        const instanceId = await begin('splitting');
        const taskId = await taskOf(durable, instanceId, 'approve');
        const completing = { instanceId, taskId, action: null, variables: {} };
        const modify = () =>
          durable.engine.modify({
            instanceId,
            requestId: requestId(),
            actor: 'olga',
            ...modification,
          });
        const complete = () =>
          durable.engine.completeTask({ ...completing, requestId: requestId(), actor: 'ann' });
        const [modified, completed] =
          round % 2 === 0
            ? await Promise.all([modify(), complete()])
            : await Promise.all([complete(), modify()]).then(([a, b]) => [b, a] as const);
        expect([modified.ok, completed.ok].filter(Boolean)).toHaveLength(1);
        const kinds = (await durable.journal(instanceId)).map(({ kind }) => kind);
        if (modified.ok) {
          expect(completed).toMatchObject({ code: 'TASK_UNKNOWN' });
          expect(completed.message).toContain(`was ${what}`);
          expect(completed.message).toContain('by olga');
          expect(kinds).not.toContain('taskCompleted');
        } else {
          expect(modified.code).toBe('MODIFICATION_SOURCE_UNKNOWN');
          expect(kinds).not.toContain('instanceModified');
          expect(kinds).toContain('taskCompleted');
        }
      }
    },
  );

  test('a repeated request changes nothing and is answered the same', async () => {
    const instanceId = await begin('splitting');
    const command = { instanceId, requestId: requestId(), actor: 'olga', ...NOTHING };
    const modification = { ...command, activations: [at('ship')] };
    const first = await durable.engine.modify(modification);
    expect(first).toMatchObject({ ok: true, waitingAt: ['ship'] });
    const second = await durable.engine.modify(modification);
    expect(second).toEqual(first);
    const kinds = (await durable.journal(instanceId)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'instanceModified')).toHaveLength(1);
  });

  test('a preview says what a modification then does, and changes nothing', async () => {
    const instanceId = await begin('splitting');
    const modification = { ...NOTHING, moves: [{ from: all('approve'), to: at('ship') }] };
    const preview = await durable.engine.previewModification(instanceId, {
      ...modification,
      actor: 'olga',
    });
    expect(preview).toMatchObject({
      cancelled: [{ elementId: 'approve' }],
      tasks: [{ elementId: 'approve' }],
      placed: ['ship'],
      entered: [{ elementId: 'ship' }],
      waitingAt: ['ship'],
      status: 'active',
    });
    expect((await durable.journal(instanceId)).map(({ kind }) => kind)).not.toContain(
      'instanceModified',
    );
    const refused = await durable.engine.previewModification(instanceId, {
      ...NOTHING,
      cancellations: [all('ship')],
      actor: 'olga',
    });
    expect(refused).toMatchObject({ code: 'MODIFICATION_SOURCE_UNKNOWN' });
    const command = { instanceId, requestId: requestId(), actor: 'olga', ...modification };
    expect(await durable.engine.modify(command)).toMatchObject({ ok: true, waitingAt: ['ship'] });
  });

  test('a job that a token is moved away from is called off, and its answer comes too late', async () => {
    const instanceId = await begin('paying');
    await charging;
    const command = { instanceId, requestId: requestId(), actor: 'olga', ...NOTHING };
    const moves = [{ from: all('pay'), to: at('ship') }];
    expect(await durable.engine.modify({ ...command, moves })).toMatchObject({
      ok: true,
      waitingAt: ['ship'],
    });
    charged();
    const taskId = await taskOf(durable, instanceId, 'ship');
    const done = { instanceId, taskId, action: null, variables: {}, actor: 'ann' };
    const completing = { ...done, requestId: requestId() };
    expect(await durable.engine.completeTask(completing)).toMatchObject({ ok: true });
    expect(await durable.ended(instanceId)).toBe('COMPLETED');
    const kinds = (await durable.journal(instanceId)).map(({ kind }) => kind);
    expect(kinds).toContain('jobCancelled');
    expect(kinds).not.toContain('jobCompleted');
    expect(kinds.filter((kind) => kind === 'taskOpened')).toHaveLength(1);
  });

  test('a called instance below what is cancelled ends, and the instance only then', async () => {
    const instanceId = await begin('calling');
    const rows = async () =>
      (
        await durable.store.processInstances.search({
          filter: { callerInstanceId: instanceId },
          limit: 2,
        })
      ).items;
    const command = { instanceId, requestId: requestId(), actor: 'olga', ...NOTHING };
    const answer = await durable.engine.modify({ ...command, cancellations: [all('call')] });
    expect(answer).toMatchObject({ ok: true });
    expect(await durable.ended(instanceId)).toBe('CANCELLED');
    const [called] = await rows();
    expect(called?.state ?? 'never started').toMatch(/CANCELLED|never started/);
  });
});

describe('with a worker that is killed', () => {
  const workers: ChildProcess[] = [];
  let database: TestDatabase;
  let store: Store;
  let client: TestEngine;
  const startWorker = async (last = ''): Promise<ChildProcess> => {
    const child = await spawnWorker({
      ...{ temporalAddress: String(inject('temporalAddress')), last },
      ...{
        taskQueue: String(client.options.taskQueue),
        databaseUrl: database.config.databaseUrl ?? '',
      },
    });
    workers.push(child);
    return child;
  };
  beforeAll(async () => {
    database = await onPostgres(inject('databaseUrl'));
    store = await openStore(database.config, fixedSealing());
    client = await startTestEngine({}, { store, hasWorker: false, withinMs: 60_000 });
  });
  afterAll(async () => {
    for (const child of workers) if (child.exitCode === null) child.kill('SIGKILL');
    await client?.close();
    await store?.close();
    await database?.discard();
  });

  test('in the middle of a modification, another one does it, once', async () => {
    await client.deploy('splitting', model('splitting', PARTS, CHAINS));
    const first = await startWorker('instanceModified');
    const died = once(first, 'exit');
    const start = { processId: 'splitting', requestId: requestId(), actor: null, variables: {} };
    const { instanceId } = await client.engine.start(start);
    const modifying = client.engine.modify({
      instanceId,
      requestId: requestId(),
      actor: 'olga',
      ...NOTHING,
      moves: [{ from: all('approve'), to: at('ship') }],
    });
    expect((await died)[1]).toBe('SIGKILL');
    await startWorker();
    expect(await modifying).toMatchObject({ ok: true, waitingAt: ['ship'] });
    const journal = await client.journal(instanceId);
    const kinds = journal.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'instanceModified')).toHaveLength(1);
    expect(journal.map(({ sequence }) => sequence)).toEqual(journal.map((_, i) => i + 1));
    expect(await taskOf(client, instanceId, 'approve')).toBe('');
    expect(await taskOf(client, instanceId, 'ship')).not.toBe('');
  });
});
