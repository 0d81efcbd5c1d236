/** What people read of an instance comes from the store: also when neither the instance nor Temporal answers. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OperationRequest } from '../../contracts/control.js';
import type { Variables } from '../../engine/model/index.js';
import { createRegistry } from '../../registry/index.js';
import type { ControlParts } from '../../worker/control/parts.js';
import { READS } from '../../worker/control/reads.js';
import type { Engine } from '../../worker/index.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import {
  after,
  callActivity,
  endEvent,
  forEach,
  messageCatch,
  model,
  parallelGateway,
  serviceTask,
  startEvent,
  timerBoundary,
  timerCatch,
  userTask,
} from '../support/durable-model.js';

let host: TestEngine;

const AWAY = { view: () => Promise.reject(new Error('Temporal is away')) } as unknown as Engine;
const parts = () =>
  ({ store: host.store, registry: createRegistry(host.store), engine: AWAY }) as ControlParts;
const ASKER = { actor: 'rui', requestId: 'r', reason: null };
const getInstance = (key: string) => READS.getInstance(parts(), { key }, ASKER);
const search = (filter: OperationRequest<'searchVariables'>['filter']) =>
  READS.searchVariables(parts(), { filter, limit: 100, variables: [] }, ASKER);

const begin = async (
  processId: string,
  variables: Variables,
  businessKey: string | null = null,
) => {
  const start = { processId, variables, businessKey, requestId: null, actor: null };
  const answer = await host.engine.start(start);
  expect(answer).toMatchObject({ ok: true });
  return answer.instanceId;
};

beforeAll(async () => {
  host = await startTestEngine({ echo: async ({ variables }) => ({ y: variables.x ?? null }) });
  await host.deploy(
    'bill',
    model('bill', [startEvent('s'), userTask('pay'), endEvent('e')], 's > pay > e'),
  );
  const nodes = [
    startEvent('start'),
    parallelGateway('all'),
    userTask('check'),
    timerBoundary('remind', 'check', after('PT2H'), false),
    messageCatch('paid', 'order-paid', 'orderId'),
    timerCatch('wait', 'PT1H'),
    callActivity('call', 'bill'),
    endEvent('end'),
    endEvent('reminded'),
  ];
  const chains =
    'start > all, all > check > end, all > paid > end, all > wait > end, all > call > end, remind > reminded';
  await host.deploy('waiting', model('waiting', nodes, chains));
});
afterAll(async () => {
  await host?.close();
});

test('where an instance stands, what it waits for and whom it called', async () => {
  const instanceId = await begin('waiting', { orderId: 42 }, 'w/1');
  const calledIds = async () =>
    (await getInstance(instanceId)).children.map((one) => one.instanceId);
  await expect.poll(calledIds, { timeout: 10_000 }).toEqual([expect.any(String)]);
  const detail = await getInstance(instanceId);
  expect(detail).toMatchObject({
    isParked: false,
    waiting: [],
    tasks: [{ elementId: 'check' }],
    timers: [{ elementId: 'wait' }, { elementId: 'remind' }],
    subscriptions: [{ of: 'message', name: 'order-paid', key: '42', elementId: 'paid' }],
    children: [{ processId: 'bill', elementId: 'call', state: 'ACTIVE' }],
  });
  // What is shown is what the next command takes; a business key too, though the called instance has the same.
  const called = await getInstance(detail.children[0]?.instanceId ?? '');
  expect(called.instance).toMatchObject({ processId: 'bill', callerInstanceId: instanceId });
  expect((await getInstance('w/1')).instance.instanceId).toBe(instanceId);
  const named = { key: 'w/1/orderId', hasAll: false };
  expect(await READS.getVariable(parts(), named, ASKER)).toMatchObject({
    variables: [{ value: 42 }],
  });
  const { task } = await READS.getTask(parts(), { key: 'w/1/check' }, ASKER);
  expect(task).toMatchObject({ instanceId, elementId: 'check' });
  const byNobody = READS.getTask(parts(), { key: 'w/2/check' }, ASKER);
  await expect(byNobody).rejects.toMatchObject({ code: 'REFERENCE_UNKNOWN' });

  const act = { instanceId, requestId: null, actor: null };
  await host.engine.suspend(act);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await host.engine.resume({ ...act, timers: 'shift' });
  const dueBefore = detail.timers.map(({ dueAt }) => Date.parse(dueAt));
  const moved = (await getInstance(instanceId)).timers.map(({ dueAt }) => Date.parse(dueAt));
  moved.forEach((dueAt, index) => {
    expect(dueAt - (dueBefore[index] ?? 0)).toBeGreaterThan(1000);
  });
  const inTruth = Object.values((await host.engine.view(instanceId)).state?.timers ?? {});
  expect(inTruth.map(({ series }) => Date.parse(series.dueAt)).toSorted()).toEqual(
    moved.toSorted(),
  );

  await host.engine.publish({
    name: 'order-paid',
    key: '42',
    messageId: 'm1',
    timeToLive: 'PT1M',
    variables: {},
  });
  expect((await getInstance(instanceId)).subscriptions).toEqual([]);
  await host.store.journal.rebuild();
  expect((await getInstance(instanceId)).timers).toHaveLength(2);
  await host.engine.cancel(act);
  await host.ended(instanceId);
  expect(await getInstance(instanceId)).toMatchObject({ tasks: [], timers: [], subscriptions: [] });
});

test('how an instance ended', async () => {
  const instanceId = await begin('bill', {}, 'b/1');
  const { task } = await READS.getTask(parts(), { key: 'b/1/pay' }, ASKER);
  const act = { instanceId, requestId: null, actor: null };
  const outcomeOf = async () => (await getInstance(instanceId)).instance.outcome;
  expect(await outcomeOf()).toBe(null);
  await host.engine.completeTask({ ...act, taskId: task.taskId, action: null, variables: {} });
  await host.ended(instanceId);
  expect(await outcomeOf()).toBe('e');
  const [listed] = (
    await READS.searchInstances(parts(), { filter: { instanceId }, limit: 1, variables: [] }, ASKER)
  ).items;
  expect(listed).toMatchObject({ instanceId, outcome: 'e' });

  const named = await begin('bill', {}, 'b/2');
  const open = await READS.getTask(parts(), { key: 'b/2/pay' }, ASKER);
  const variables = { outcome: 'paid in full' };
  const { taskId } = open.task;
  await host.engine.completeTask({ ...act, instanceId: named, taskId, action: null, variables });
  await host.ended(named);
  expect((await getInstance(named)).instance.outcome).toBe('paid in full');
});

test('variables of scopes that run; of others only when they are asked for', async () => {
  const each = serviceTask('each', 'echo', {}, 1, forEach('list', 'x', 'results', 'y'));
  const nodes = [startEvent('start'), each, userTask('check'), endEvent('end')];
  await host.deploy('looping', model('looping', nodes, 'start > each > check > end'));
  const instanceId = await begin('looping', { list: [1, 2] });
  const isThere = async () => (await getInstance(instanceId)).tasks.length;
  await expect.poll(isThere, { timeout: 10_000 }).toBe(1);
  const names = async (hasAll: boolean) =>
    (await READS.getVariable(parts(), { key: instanceId, hasAll }, ASKER)).variables.map(
      ({ name }) => name,
    );
  expect((await names(false)).toSorted()).toEqual(['list', 'results', 'y']);
  expect(await names(true)).toEqual(expect.arrayContaining(['list', 'results', 'x']));
  const live = await search({ instanceId, isLive: true });
  expect(live.items.every(({ isLive }) => isLive)).toBe(true);
  const ended = await search({ instanceId, isLive: false, name: 'x' });
  expect(ended.items.map(({ value }) => value).toSorted()).toEqual([1, 2]);
  // An instance is found by what it has, not by what it had.
  const found = async (name: string) => {
    const query = { filter: { processId: 'looping' }, limit: 9, variables: [{ name, value: 1 }] };
    return (await READS.searchInstances(parts(), query, ASKER)).items.length;
  };
  expect(await found('x')).toBe(0);
  await host.engine.setVariables({
    instanceId,
    scopeId: null,
    variables: { z: 1 },
    requestId: null,
    actor: null,
  });
  expect(await found('z')).toBe(1);
  await host.engine.cancel({ instanceId, requestId: null, actor: null });
  await host.ended(instanceId);
  expect((await names(false)).toSorted()).toEqual(['list', 'results', 'y', 'z']);
});

test('a task with what its form asks for, and what it sees', async () => {
  const report = await host.engine.deploy('form-task', {
    'process.bpmn': readFileSync('test/fixtures/forms/form-task.bpmn', 'utf8'),
    'forms/verdict.form': readFileSync('test/fixtures/forms/verdict.form', 'utf8'),
  });
  expect(report.ok).toBe(true);
  const instanceId = await begin('form-task', { note: 'before' });
  const { task, fields, variables } = await READS.getTask(parts(), { key: instanceId }, ASKER);
  expect(task).toMatchObject({ formId: 'verdict' });
  expect(fields).toMatchObject([
    {
      key: 'verdict',
      label: 'Verdict',
      type: 'radio',
      isRequired: true,
      options: [
        { value: 'yes', label: 'Yes' },
        { value: 'no', label: 'No' },
      ],
      value: null,
    },
    { key: 'note', type: 'textfield', isRequired: false, options: [], value: 'before' },
  ]);
  expect(variables).toMatchObject([{ name: 'note', value: 'before' }]);
});
