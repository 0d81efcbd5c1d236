/** What breaks: the store, the interpreter, a worker. Nothing is lost, and everybody is told. */
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRegistry } from '../../registry/index.js';
import type { Store } from '../../store/index.js';
import { AUDITED } from '../../worker/control/audited.js';
import type { ControlParts } from '../../worker/control/parts.js';
import { READS } from '../../worker/control/reads.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import {
  endEvent,
  messageCatch,
  model,
  scriptTask,
  serviceTask,
  startEvent,
  userTask,
} from '../support/durable-model.js';
import { openTestStore } from '../support/store.js';

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
  store = await openTestStore();
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

/** Incidents of an instance, as people list them. */
const incidentsOf = async (instanceId: string) =>
  (await store.incidents.search({ filter: { instanceId } })).items;

/** The store, but for the definitions, which cannot be read at times. */
const storeThatFails = (isDown: () => boolean): Store => ({
  ...store,
  definitions: {
    ...store.definitions,
    package: async (hash) => {
      if (isDown()) throw new Error('connection refused');
      return store.definitions.package(hash);
    },
  },
});

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
  const activation = { elementId: 'check', ancestorId: null, variables: [] };
  const modification = { cancellations: [], activations: [activation], moves: [], actor: null };
  expect(await host.engine.previewModification(instanceId, modification)).toMatchObject({
    code: 'PREVIEW_OF_PARKED',
  });
  expect(await host.engine.retryDecision(instanceId)).toMatchObject({ code: 'ENGINE_PARKED' });
  const again = await host.engine.completeTask(completion(instanceId, triage, 'c1'));
  expect(again).toMatchObject({ ok: false, code: 'ENGINE_PARKED' });
  const [shown] = await incidentsOf(instanceId);
  expect(shown).toMatchObject({ state: 'ACTIVE', class: 'UNKNOWN', elementId: null });
  expect(shown?.message).toContain('triage');
  await host.close();

  host = await startTestEngine(services, { store, ...same });
  expect(await host.engine.retryDecision(instanceId)).toMatchObject({ ok: true });
  const check = await taskAt(host, instanceId, 'check');
  const view = await host.until(instanceId, (v) => !v.parked);
  expect(view.state?.variables[view.state.rootId ?? '']).toMatchObject({ late: 1 });
  expect(await incidentsOf(instanceId)).toMatchObject([
    { incidentId: shown?.incidentId, openedAt: shown?.openedAt, state: 'RESOLVED' },
  ]);
  const repeated = await host.engine.completeTask(completion(instanceId, triage, 'c1'));
  expect(repeated).toMatchObject({ ok: true });
  await host.engine.completeTask(completion(instanceId, check, 'c2'));
  expect(await host.ended(instanceId)).toBe('COMPLETED');
  const journal = await host.journal(instanceId);
  expect(journal.filter(({ kind }) => kind === 'taskCompleted')).toHaveLength(2);
});

test('an admin drops the event that no decision can be taken on, and the instance goes on without it', async () => {
  let isDown = false;
  const away = storeThatFails(() => isDown);
  host = await startTestEngine(services, { store: away, limits: { parkMs: 3_600_000 } });
  await host.deploy('fragile', xml);
  const instanceId = await begin(host);
  const triage = await taskAt(host, instanceId, 'triage');
  const { taskQueue, keyProvider } = host.options;
  const drop = async (index: number, kind: string) =>
    host?.engine.dropEvent({ instanceId, index, kind, requestId: null, actor: 'olga' });
  expect(await drop(0, 'taskCompleted')).toMatchObject({ ok: false, code: 'REQUEST_INVALID' });
  await host.close();

  isDown = true;
  host = await startTestEngine(services, { store: away, taskQueue: taskQueue ?? '', keyProvider });
  const answer = await host.engine.completeTask(completion(instanceId, triage, 'c1'));
  expect(answer).toMatchObject({ ok: false, code: 'ENGINE_PARKED' });
  expect(await host.engine.view(instanceId)).toMatchObject({
    waiting: ['taskCompleted'],
    trouble: { message: expect.stringContaining('connection refused') },
  });
  expect(await drop(1, 'taskCompleted')).toMatchObject({ ok: false });
  // What is meant is named: the queue may have moved on since it was looked at.
  expect(await drop(0, 'cancel')).toMatchObject({ ok: false, code: 'REQUEST_INVALID' });
  const control = { engine: host.engine, store, registry: createRegistry(store) } as ControlParts;
  const asker = { actor: 'olga', requestId: 'd1', reason: 'sent twice' };
  const shown = await READS.getInstance(control, { key: instanceId }, asker);
  expect(shown).toMatchObject({ isParked: true, waiting: ['taskCompleted'] });
  const event = { key: instanceId, index: 0, kind: 'taskCompleted' };
  await AUDITED.dropEvent(control, event, asker);
  const { items } = await store.audit.query({ filter: { action: 'dropEvent' } });
  expect(items).toMatchObject([
    { actor: 'olga', object: `instance:${instanceId}`, outcome: 'done', reason: 'sent twice' },
  ]);
  isDown = false;
  expect(await host.engine.retryDecision(instanceId)).toMatchObject({ ok: true });
  const view = await host.engine.view(instanceId);
  expect(view).toMatchObject({ parked: false, waiting: [], trouble: null });
  expect(Object.keys(view.state?.tasks ?? {})).toEqual([triage]);
});

test('an instance whose start is dropped never was: it leaves no row, no incident and no business key', async () => {
  const away = {
    ...store,
    definitions: { ...store.definitions, package: () => Promise.reject(new Error('down')) },
  };
  host = await startTestEngine(services, { store: away, limits: { parkMs: 3_600_000 } });
  const judge = await host.again({ store, hasWorker: false });
  try {
    const files = { 'process.bpmn': xml.replaceAll('"fragile"', '"unborn"') };
    expect((await judge.engine.deploy('unborn', files)).ok).toBe(true);
    const start = { processId: 'unborn', businessKey: 'u-1', actor: null, requestId: 'u1' };
    const parked = await judge.engine.start(start);
    expect(parked).toMatchObject({ ok: false, code: 'ENGINE_PARKED' });
    const { instanceId } = parked;
    const openIncidents = async () =>
      (await store.incidents.search({ filter: { instanceId } })).items.length;
    await expect.poll(openIncidents).toBe(1);
    const drop = { instanceId, index: 0, kind: 'start', requestId: 'd1', actor: 'olga' };
    expect(await judge.engine.dropEvent(drop)).toMatchObject({ ok: true });
    expect(await store.processInstances.get(instanceId)).toBeNull();
    expect(await openIncidents()).toBe(0);
    const key = { processId: 'unborn', kind: 'businessKey', key: 'u-1' } as const;
    expect(await store.starts.find(key)).toBeNull();
  } finally {
    await judge.close();
  }
});

test('a message that a parked instance cannot take waits until it can', async () => {
  let isDown = false;
  const away = storeThatFails(() => isDown);
  host = await startTestEngine({}, { store: away, limits: { parkMs: 3_600_000 } });
  const parts = [
    startEvent('start'),
    messageCatch('reply', 'customer-replied', 'ticket'),
    endEvent('end'),
  ];
  await host.deploy('fragile', model('fragile', parts, 'start > reply > end'));
  const { taskQueue, keyProvider } = host.options;
  const start = { processId: 'fragile', requestId: null, actor: null };
  const { instanceId } = await host.engine.start({ ...start, variables: { ticket: 't1' } });
  await host.until(instanceId, (v) => v.openActivities === 0);
  await host.close();

  isDown = true;
  host = await startTestEngine({}, { store: away, taskQueue: taskQueue ?? '', keyProvider });
  const { engine } = host;
  const publish = (messageId: string) =>
    engine.publish({
      name: 'customer-replied',
      key: 't1',
      messageId,
      timeToLive: 'PT1M',
      variables: {},
    });
  expect(await publish('m1')).toMatchObject({ outcome: 'buffered' });
  expect(await publish('m2')).toMatchObject({ outcome: 'buffered' });
  expect(await engine.view(instanceId)).toMatchObject({ waiting: ['subscriptionsLapsed'] });
  isDown = false;
  expect(await engine.retryDecision(instanceId)).toMatchObject({ ok: true });
  expect(await host.ended(instanceId)).toBe('COMPLETED');
  const received = (await host.journal(instanceId)).filter(
    ({ kind }) => kind === 'messageReceived',
  );
  expect(received).toMatchObject([{ data: { messageId: 'm1' } }]);
});

test('what the store tells of a decision that was lost with its request goes when the instance is asked again', async () => {
  host = await startTestEngine(services, { store });
  await host.deploy('fragile', xml);
  const instanceId = await begin(host);
  const triage = await taskAt(host, instanceId, 'triage');
  const journal = await host.journal(instanceId);
  const [opened] = journal.filter(({ kind }) => kind === 'taskOpened');
  const row = await store.processInstances.get(instanceId);
  if (!opened || !row) throw new Error('no task is open');
  const sequence = journal.length + 1;
  const lost = { ...opened, kind: 'taskCompleted', sequence, actor: 'ann', data: {} } as const;
  const definition = { version: row.definitionVersion, hash: row.definitionHash };
  const basis = { after: journal.length, fence: Date.now() * 100 };
  await store.journal.append({ ...row, definition }, [lost], basis);
  expect((await store.userTasks.get(instanceId, triage))?.state).toBe('COMPLETED');
  expect(await host.engine.retryDecision(instanceId)).toMatchObject({ ok: true });
  expect(await host.journal(instanceId)).toEqual(journal);
  expect((await store.userTasks.get(instanceId, triage))?.state).toBe('CREATED');
});

test('a job that answers with three megabytes is an incident, whether they can be packed or not', async () => {
  const value = randomBytes(45_000).toString('base64');
  const noise = async () =>
    Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`n${i}`, value]));
  const loose = async () =>
    Object.fromEntries(
      Array.from({ length: 70 }, (_, i) => [`r${i}`, randomBytes(33_000).toString('base64')]),
    );
  host = await startTestEngine({ noise, loose }, { store });
  const nodes = [
    startEvent('start'),
    serviceTask('packed', 'noise'),
    serviceTask('whole', 'loose'),
    endEvent('end'),
  ];
  await host.deploy('much', model('much', nodes, 'start > packed > whole > end'));
  const start = { processId: 'much', requestId: null, actor: null, variables: {} };
  const { instanceId } = await host.engine.start(start);
  for (const elementId of ['packed', 'whole']) {
    const { state } = await host.until(instanceId, (view) =>
      Object.values(view.state?.incidents ?? {}).some((one) => one.elementId === elementId),
    );
    const [incident] = Object.values(state?.incidents ?? {});
    expect(incident?.message).toMatch(/PAYLOAD_TOO_LARGE|bytes/);
    const place = { instanceId, incidentId: incident?.id ?? '', requestId: elementId };
    const mend = { ...place, actor: 'olga', variables: {}, how: 'complete' } as const;
    expect(await host.engine.resolveIncident(mend)).toMatchObject({ ok: true });
  }
  expect(await host.ended(instanceId)).toBe('COMPLETED');
});

test('an instance too large for a new run stands still and says so, until its variables are smaller', async () => {
  host = await startTestEngine(services, { store, limits: { events: 30 } });
  const names = ['a', 'b', 'c', 'd', 'e'];
  const grow = names.map((name) => scriptTask(name, 'for i in 1..8 return text', name));
  const nodes = [startEvent('start'), ...grow, userTask('triage'), endEvent('end')];
  const chain = ['start', ...names, 'triage', 'end'].join(' > ');
  await host.deploy('large', model('large', nodes, chain));
  const variables = { text: randomBytes(36_000).toString('base64') };
  const start = { processId: 'large', requestId: null, actor: null, variables };
  const { instanceId } = await host.engine.start(start);
  await taskAt(host, instanceId, 'triage');
  const set = (requestId: string, variables: Record<string, string>) =>
    (host as TestEngine).engine.setVariables({
      ...{ instanceId, requestId, actor: null, scopeId: null },
      variables,
    });
  for (let i = 0; i < 20 && !(await host.engine.view(instanceId)).parked; i += 1) {
    await set(`s${i}`, { i: String(i) });
  }
  const view = await host.until(instanceId, ({ parked }) => parked);
  expect(view).toMatchObject({ runs: 0, trouble: { code: 'STATE_TOO_LARGE' } });
  expect(view.trouble?.message).toContain('1800000');
  const [incident] = await incidentsOf(instanceId);
  expect(incident).toMatchObject({ code: 'STATE_TOO_LARGE', state: 'ACTIVE', elementId: null });
  const { incidentId = '' } = incident ?? {};
  const resolve = (requestId: string, smaller: readonly string[], how: 'retry' | 'complete') =>
    (host as TestEngine).engine.resolveIncident({
      ...{ instanceId, requestId, actor: 'olga', incidentId, how },
      variables: Object.fromEntries(smaller.map((name) => [name, ''])),
    });
  expect(await resolve('r1', [], 'complete')).toMatchObject({ code: 'INCIDENT_WITHOUT_JOB' });
  expect(await resolve('r2', names, 'retry')).toMatchObject({ ok: true });
  expect(await host.until(instanceId, ({ runs }) => runs > 0)).toMatchObject({ parked: false });
  for (const one of await incidentsOf(instanceId)) expect(one).toMatchObject({ state: 'RESOLVED' });
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
  const answer = await client.engine.completeTask(command);
  expect(answer).toMatchObject({ ok: false, code: 'WORKER_UNAVAILABLE' });
  const message = { name: 'm', key: 'k', messageId: 'once', timeToLive: 'PT1H', variables: {} };
  const publishing = client.engine.publish(message).finally(client.close);
  await expect(publishing).rejects.toMatchObject({ code: 'WORKER_UNAVAILABLE' });

  host = await startTestEngine(services, { store, taskQueue: taskQueue ?? '', keyProvider });
  expect((await host.engine.completeTask(command)).ok).toBe(true);
  await taskAt(host, instanceId, 'check');
  expect(await host.engine.publish(message)).toMatchObject({ outcome: 'buffered' });
});
