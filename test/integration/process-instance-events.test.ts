/** What an instance costs in events, and that recorded histories replay. A count that rises needs a reason. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import {
  callActivity,
  endEvent,
  messageCatch,
  model,
  serviceTask,
  startEvent,
  timerCatch,
  userTask,
} from '../support/durable-model.js';
import {
  eventTypes,
  fetchHistory,
  record,
  recordedHistories,
  replay,
} from '../support/histories.js';

let host: TestEngine;

beforeAll(async () => {
  host = await startTestEngine({ noop: async () => ({}) });
});
afterAll(async () => {
  await host?.close();
});

const ten = Array.from({ length: 10 }, (_, i) => `step-${i}`);

const begin = async (processId: string, variables = {}): Promise<string> => {
  const start = { processId, requestId: null, actor: null, variables };
  return (await host.engine.start(start)).instanceId;
};

const historyOf = async (name: string, instanceId: string): Promise<readonly string[]> => {
  const workflowId = `p.system.${instanceId}`;
  const handle = host.client.workflow.getHandle(workflowId);
  await handle.result();
  const history = await fetchHistory(host.client, workflowId);
  record(name, workflowId, history);
  return eventTypes(history);
};

const count = (types: readonly string[], type: string): number =>
  types.filter((one) => one === type).length;

const completeNext = async (instanceId: string, elementId: string): Promise<void> => {
  const view = await host.until(instanceId, ({ state }) =>
    Object.values(state?.tasks ?? {}).some((task) => task.elementId === elementId),
  );
  const taskId = Object.keys(view.state?.tasks ?? {})[0] ?? '';
  const command = { instanceId, taskId, requestId: elementId, actor: null, action: null };
  expect(await host.engine.completeTask({ ...command, variables: {} })).toMatchObject({ ok: true });
};

test('ten service tasks cost two markers more than a workflow written by hand', async () => {
  const parts = [startEvent('start'), ...ten.map((id) => serviceTask(id, 'noop')), endEvent('end')];
  await host.deploy(
    'ten-services',
    model('ten-services', parts, `start > ${ten.join(' > ')} > end`),
  );
  const types = await historyOf('ten-services-early', await begin('ten-services'));
  expect(count(types, 'ACTIVITY_TASK_SCHEDULED')).toBe(10);
  // The start, and at the end what lets the store confirm the early decisions.
  expect(count(types, 'MARKER_RECORDED')).toBe(2);
  expect(count(types, 'WORKFLOW_TASK_COMPLETED')).toBeLessThanOrEqual(11);
  // By hand: 2 for start and end, 3 for the first workflow task, 6 for each activity with its task.
  const byHand = 2 + 3 + 10 * 6;
  const answeringTheStart = 2;
  expect(types.length).toBeLessThanOrEqual(byHand + 2 + answeringTheStart);
});

test('ten user tasks cost six events each', async () => {
  const parts = [startEvent('start'), ...ten.map(userTask), endEvent('end')];
  await host.deploy('ten-tasks', model('ten-tasks', parts, `start > ${ten.join(' > ')} > end`));
  const instanceId = await begin('ten-tasks');
  for (const id of ten) await completeNext(instanceId, id);
  const types = await historyOf('ten-tasks', instanceId);
  expect(count(types, 'MARKER_RECORDED')).toBe(11);
  expect(types.length).toBeLessThanOrEqual(2 + 3 + 1 + 2 + 10 * 6);
});

test('ten local jobs cost one marker', async () => {
  const parts = [
    startEvent('start'),
    ...ten.map((id) => serviceTask(id, 'noop', { 'jornada:local': 'true' })),
    endEvent('end'),
  ];
  await host.deploy('ten-local', model('ten-local', parts, `start > ${ten.join(' > ')} > end`));
  const types = await historyOf('ten-local', await begin('ten-local'));
  expect(count(types, 'MARKER_RECORDED')).toBe(1);
  expect(types.length).toBeLessThanOrEqual(2 + 3 + 1 + 2);
});

test('timer, message and call in one instance', async () => {
  const child = [startEvent('start'), userTask('approve'), endEvent('end')];
  await host.deploy('inner', model('inner', child, 'start > approve > end'));
  const parts = [
    startEvent('start'),
    timerCatch('pause', 'PT0.2S'),
    messageCatch('reply', 'inner-replied', 'ticket'),
    callActivity('call', 'inner'),
    endEvent('end'),
  ];
  await host.deploy('outer', model('outer', parts, 'start > pause > reply > call > end'));
  const instanceId = await begin('outer', { ticket: instanceKey });
  const message = { name: 'inner-replied', key: instanceKey, messageId: instanceKey };
  await host.engine.publish({ ...message, timeToLive: 'PT1M', variables: {} });
  const view = await host.until(
    instanceId,
    ({ state }) => Object.keys(state?.calls ?? {}).length === 1,
  );
  expect(view.state?.status).toBe('active');
  const childId = await calledBy(instanceId);
  await completeNext(childId, 'approve');
  const types = await historyOf('outer', instanceId);
  expect(types.at(-1)).toBe('WORKFLOW_EXECUTION_COMPLETED');
  await historyOf('inner', childId);
});

const instanceKey = `ticket-${Date.now()}`;

const calledBy = async (parentId: string): Promise<string> => {
  for (let i = 0; i < 200; i += 1) {
    const page = await host.store.processInstances.search({
      filter: { callerInstanceId: parentId },
    });
    const found = page.items[0]?.instanceId;
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('nobody was called');
};

test('every recorded history replays', async () => {
  const histories = recordedHistories();
  expect(histories.length).toBeGreaterThanOrEqual(5);
  expect(await replay(histories, join(tmpdir(), 'jornada-test-bundles', 'bundles'))).toEqual([]);
});

test('a history that differs is found', async () => {
  const recorded = recordedHistories().find(({ name }) => name === 'ten-services');
  const events = recorded?.history.events?.map((event) => {
    const { activityTaskScheduledEventAttributes: scheduled } = event;
    if (!scheduled) return event;
    const activityType = { name: 'another-type' };
    return { ...event, activityTaskScheduledEventAttributes: { ...scheduled, activityType } };
  });
  const changed = {
    name: 'changed',
    workflowId: recorded?.workflowId ?? '',
    history: { events: events ?? [] },
  };
  const folder = join(tmpdir(), 'jornada-test-bundles', 'bundles');
  expect(await replay([changed], folder)).toHaveLength(1);
});
