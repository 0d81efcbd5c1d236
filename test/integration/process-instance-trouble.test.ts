/** What breaks: the store, the interpreter, a worker. Nothing is lost, and everybody is told. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type Store } from '../../store/index.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import { endEvent, model, serviceTask, startEvent, userTask } from '../support/durable-model.js';

const parts = [
  startEvent('start'),
  userTask('triage'),
  serviceTask('greet', 'greet'),
  userTask('check'),
  endEvent('end'),
];
const xml = model('fragile', parts, 'start > triage > greet > check > end');
const services = { greet: async () => ({ greeted: true }) };

let store: Store;
let host: TestEngine | null = null;

beforeEach(async () => {
  store = await openStore({ databaseUrl: null, folder: null });
});
afterEach(async () => {
  await host?.close();
  host = null;
  await store.close();
});

const begin = async ({ engine }: TestEngine): Promise<string> => {
  const start = { processId: 'fragile', requestId: null, actor: null, variables: {} };
  const answer = await engine.start(start);
  expect(answer).toMatchObject({ ok: true });
  return answer.instanceId;
};

const taskAt = async (on: TestEngine, instanceId: string, elementId: string): Promise<string> => {
  const view = await on.until(instanceId, ({ state }) =>
    Object.values(state?.tasks ?? {}).some((task) => task.elementId === elementId),
  );
  return (
    Object.values(view.state?.tasks ?? {}).find((task) => task.elementId === elementId)?.id ?? ''
  );
};

const completion = (instanceId: string, taskId: string, requestId: string) => ({
  instanceId,
  taskId,
  requestId,
  actor: 'ann',
  action: null,
  variables: {},
});

test('while the store is down the instance goes on, and the journal is whole afterwards', async () => {
  let isDown = false;
  const append: Store['journal']['append'] = async (instance, entries, basis) => {
    if (isDown) throw new Error('connection refused');
    return store.journal.append(instance, entries, basis);
  };
  const flaky: Store = { ...store, journal: { ...store.journal, append } };
  host = await startTestEngine(services, { store: flaky, limits: { events: 1 } });
  await host.deploy('fragile', xml);
  const instanceId = await begin(host);
  const triage = await taskAt(host, instanceId, 'triage');
  isDown = true;
  const answer = await host.engine.completeTask(completion(instanceId, triage, 'c1'));
  expect(answer).toMatchObject({ ok: true });
  const check = await taskAt(host, instanceId, 'check');
  const waiting = await host.until(instanceId, (v) => v.unacknowledged > 0);
  expect(waiting.runs).toBeGreaterThan(0);
  expect(await host.engine.completeTask(completion(instanceId, check, 'c2'))).toMatchObject({
    ok: true,
  });
  isDown = false;
  expect(await host.ended(instanceId)).toBe('COMPLETED');
  const sequences = (await host.journal(instanceId)).map(({ sequence }) => sequence);
  expect(sequences).toEqual(sequences.map((_, index) => index + 1));
});

test('an interpreter that fails parks the instance; the one that is right takes the same events', async () => {
  host = await startTestEngine(services, { store, limits: { parkMs: 3_600_000 } });
  await host.deploy('fragile', xml);
  const instanceId = await begin(host);
  const triage = await taskAt(host, instanceId, 'triage');
  const { taskQueue, keyProvider } = host.options;
  await host.close();

  // The sources are other ones than were pinned: the core meets a node that is not there, and throws.
  const wrong = model('fragile', [startEvent('start'), endEvent('end')], 'start > end');
  const lying: Store = {
    ...store,
    definitions: {
      ...store.definitions,
      package: async (hash) => ({ hash, key: 'fragile', files: { 'process.bpmn': wrong } }),
    },
  };
  const same = { taskQueue: taskQueue ?? '', keyProvider };
  host = await startTestEngine(services, { store: lying, ...same });
  const answer = await host.engine.completeTask(completion(instanceId, triage, 'c1'));
  expect(answer).toMatchObject({ ok: false, code: 'ENGINE_PARKED' });
  const more = { instanceId, requestId: 'v1', actor: null, scopeId: null, variables: { late: 1 } };
  expect(await host.engine.setVariables(more)).toMatchObject({ code: 'ENGINE_PARKED' });
  expect(await host.engine.retryDecision(instanceId)).toMatchObject({ code: 'ENGINE_PARKED' });
  const again = await host.engine.completeTask(completion(instanceId, triage, 'c1'));
  expect(again).toMatchObject({ ok: false, code: 'ENGINE_PARKED' });
  await host.close();

  host = await startTestEngine(services, { store, ...same });
  expect(await host.engine.retryDecision(instanceId)).toMatchObject({ ok: true });
  const check = await taskAt(host, instanceId, 'check');
  const view = await host.until(instanceId, (v) => !v.parked);
  expect(view.state?.variables[view.state.rootId ?? '']).toMatchObject({ late: 1 });
  const repeated = await host.engine.completeTask(completion(instanceId, triage, 'c1'));
  expect(repeated).toMatchObject({ ok: true });
  await host.engine.completeTask(completion(instanceId, check, 'c2'));
  expect(await host.ended(instanceId)).toBe('COMPLETED');
  const journal = await host.journal(instanceId);
  expect(journal.filter(({ kind }) => kind === 'taskCompleted')).toHaveLength(2);
});

test('a parked instance tries again by itself, also in a run of its own', async () => {
  host = await startTestEngine(services, { store, limits: { parkMs: 200, events: 1 } });
  await host.deploy('fragile', xml);
  const instanceId = await begin(host);
  const triage = await taskAt(host, instanceId, 'triage');
  const { taskQueue, keyProvider } = host.options;
  await host.close();

  let isDown = true;
  const away: Store = {
    ...store,
    definitions: {
      ...store.definitions,
      package: async (hash) => {
        if (isDown) throw new Error('connection refused');
        return store.definitions.package(hash);
      },
    },
  };
  host = await startTestEngine(services, { store: away, taskQueue: taskQueue ?? '', keyProvider });
  const answer = await host.engine.completeTask(completion(instanceId, triage, 'c1'));
  expect(answer).toMatchObject({ ok: false, code: 'ENGINE_PARKED' });
  isDown = false;
  await taskAt(host, instanceId, 'check');
});

test('without a worker a caller is told to come back, and nothing is lost', async () => {
  host = await startTestEngine(services, { store });
  await host.deploy('fragile', xml);
  const instanceId = await begin(host);
  const triage = await taskAt(host, instanceId, 'triage');
  const { taskQueue, keyProvider } = host.options;
  await host.close();

  const client = await startTestEngine(services, {
    store,
    taskQueue: taskQueue ?? '',
    keyProvider,
    hasWorker: false,
    withinMs: 1500,
  });
  const command = completion(instanceId, triage, 'c1');
  const answer = await client.engine.completeTask(command).finally(client.close);
  expect(answer).toMatchObject({ ok: false, code: 'WORKER_UNAVAILABLE' });

  host = await startTestEngine(services, { store, taskQueue: taskQueue ?? '', keyProvider });
  expect((await host.engine.completeTask(command)).ok).toBe(true);
  await taskAt(host, instanceId, 'check');
});
