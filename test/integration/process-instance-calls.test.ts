/** Call activities: children outlive their caller's runs, and errors, ends and cancellations find their way. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import {
  callActivity,
  endEvent,
  errorBoundary,
  errorEnd,
  messageStart,
  model,
  parallelGateway,
  serviceTask,
  startEvent,
  terminateEnd,
  times,
  userTask,
} from '../support/durable-model.js';

let host: TestEngine;

beforeAll(async () => {
  // Every decision begins a new run: whatever does not survive that is lost here.
  host = await startTestEngine(
    { count: async ({ variables }) => ({ n: Number(variables.n) + 1 }) },
    { limits: { events: 1 } },
  );
  const child = [
    startEvent('start'),
    userTask('approve'),
    serviceTask('add', 'count'),
    endEvent('end'),
  ];
  await host.deploy('child', model('child', child, 'start > approve > add > end'));
  const failing = [startEvent('start'), userTask('approve'), errorEnd('refused', 'REFUSED')];
  await host.deploy('failing', model('failing', failing, 'start > approve > refused'));
});
afterAll(async () => {
  await host?.close();
});

const begin = async (processId: string, variables = {}): Promise<string> => {
  const answer = await host.engine.start({ processId, variables, requestId: null, actor: null });
  expect(answer).toMatchObject({ ok: true });
  return answer.instanceId;
};

/** The one instance that `parentId` called. */
const calledBy = async (parentId: string, { store } = host): Promise<string> => {
  for (let i = 0; i < 200; i += 1) {
    const page = await store.processInstances.search({
      filter: { callerInstanceId: parentId },
    });
    const found = page.items[0]?.instanceId;
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('nobody was called');
};

const approve = async (instanceId: string): Promise<void> => {
  const view = await host.until(instanceId, (v) => Object.keys(v.state?.tasks ?? {}).length === 1);
  const [taskId] = Object.keys(view.state?.tasks ?? {});
  const answer = await host.engine.completeTask({
    instanceId,
    taskId: taskId ?? '',
    requestId: `approve-${instanceId}`,
    actor: 'ann',
    action: 'ok',
    variables: {},
  });
  expect(answer).toMatchObject({ ok: true });
};

test('the result arrives though both continued as new meanwhile', async () => {
  const parts = [
    startEvent('start'),
    callActivity('call', 'child'),
    userTask('check'),
    endEvent('end'),
  ];
  await host.deploy('calling', model('calling', parts, 'start > call > check > end'));
  const parentId = await begin('calling', { n: 41 });
  const childId = await calledBy(parentId);
  expect(childId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const set = { instanceId: parentId, requestId: 'set', actor: null, scopeId: null };
  await host.engine.setVariables({ ...set, variables: { seen: true } });
  await approve(childId);
  const view = await host.until(parentId, (v) => Object.keys(v.state?.tasks ?? {}).length === 1);
  const root = view.state?.rootId ?? '';
  expect(view.state?.variables[root]).toMatchObject({ n: 42, seen: true });
  expect(view.runs).toBeGreaterThanOrEqual(2);
  await approve(parentId);
  expect(await host.ended(parentId)).toBe('COMPLETED');
  expect(await host.ended(childId)).toBe('COMPLETED');
});

test('an error of the called instance is caught by its caller', async () => {
  const parts = [
    startEvent('start'),
    callActivity('call', 'failing'),
    errorBoundary('refused', 'call', 'REFUSED'),
    endEvent('end'),
    endEvent('other'),
  ];
  await host.deploy('catching', model('catching', parts, 'start > call > end, refused > other'));
  const parentId = await begin('catching');
  const childId = await calledBy(parentId);
  await approve(childId);
  expect(await host.ended(parentId)).toBe('COMPLETED');
  expect(await host.ended(childId)).toBe('FAILED');
  const reached = (await host.journal(parentId)).map(({ elementId }) => elementId);
  expect(reached).toContain('other');
  expect(reached).not.toContain('end');
});

test('cancelling the caller cancels what it called, and waits for it', async () => {
  const parts = [startEvent('start'), callActivity('call', 'child'), endEvent('end')];
  await host.deploy('cancelling', model('cancelling', parts, 'start > call > end'));
  const parentId = await begin('cancelling', { n: 1 });
  const childId = await calledBy(parentId);
  const answer = await host.engine.cancel({ instanceId: parentId, requestId: 'c', actor: 'ann' });
  expect(answer).toMatchObject({ ok: true });
  expect(await host.ended(parentId)).toBe('CANCELLED');
  expect(await host.ended(childId)).toBe('CANCELLED');
  const end = async (id: string): Promise<string> => (await host.journal(id)).at(-1)?.at ?? '';
  expect((await end(childId)) <= (await end(parentId))).toBe(true);
});

const allCalledBy = async (callerInstanceId: string, { store } = host): Promise<number> => {
  // What was started against our will would be there by now.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const filter = { callerInstanceId };
  return (await store.processInstances.search({ filter })).items.length;
};

test('a call that ends in the step that made it starts nothing', async () => {
  const parts = [
    startEvent('start'),
    parallelGateway('fork'),
    callActivity('call', 'child'),
    endEvent('end'),
    terminateEnd('stop'),
  ];
  await host.deploy('hasty', model('hasty', parts, 'start > fork > call > end, fork > stop'));
  const parentId = await begin('hasty');
  expect(await host.ended(parentId)).toBe('COMPLETED');
  expect(await allCalledBy(parentId)).toBe(0);
});

test('a call that waits for room when its caller is cancelled starts nothing', async () => {
  const narrow = await startTestEngine({}, { limits: { calls: 1 } });
  try {
    const child = [startEvent('start'), userTask('approve'), endEvent('end')];
    await narrow.deploy('child', model('child', child, 'start > approve > end'));
    const calls = { ...callActivity('call', 'child'), body: times(3) };
    const parts = [startEvent('start'), calls, endEvent('end')];
    await narrow.deploy('crowded', model('crowded', parts, 'start > call > end'));
    const start = { processId: 'crowded', variables: {}, requestId: null, actor: null };
    const { instanceId } = await narrow.engine.start(start);
    const childId = await calledBy(instanceId, narrow);
    await narrow.until(childId, (v) => Object.keys(v.state?.tasks ?? {}).length === 1);
    await narrow.engine.cancel({ instanceId, requestId: 'c2', actor: 'ann' });
    expect(await narrow.ended(instanceId)).toBe('CANCELLED');
    expect(await narrow.ended(childId)).toBe('CANCELLED');
    expect(await allCalledBy(instanceId, narrow)).toBe(1);
  } finally {
    await narrow.close();
  }
});

test('a process that is not deployed is an incident, and resolving it calls again', async () => {
  const parts = [startEvent('start'), callActivity('call', '=target'), endEvent('end')];
  await host.deploy('hoping', model('hoping', parts, 'start > call > end'));
  const parentId = await begin('hoping', { target: 'deployed-later' });
  const view = await host.until(
    parentId,
    (v) => Object.keys(v.state?.incidents ?? {}).length === 1,
  );
  const [incident] = Object.values(view.state?.incidents ?? {});
  expect(incident?.code).toBe('CALL_TARGET');
  const later = [startEvent('start'), endEvent('end')];
  await host.deploy('deployed-later', model('deployed-later', later, 'start > end'));
  const resolve = { instanceId: parentId, requestId: 'r', actor: 'ann', variables: {} };
  await host.engine.resolveIncident({ ...resolve, incidentId: incident?.id ?? '', how: 'retry' });
  expect(await host.ended(parentId)).toBe('COMPLETED');
});

test('a called process that refuses its start is told to the caller, which goes on once that is mended', async () => {
  const parts = [messageStart('asked', 'asked'), endEvent('end')];
  await host.deploy('by-message', model('by-message', parts, 'asked > end'));
  const caller = [startEvent('start'), callActivity('call', 'by-message'), endEvent('end')];
  await host.deploy('calls-in-vain', model('calls-in-vain', caller, 'start > call > end'));
  const instanceId = await begin('calls-in-vain');
  const view = await host.until(
    instanceId,
    (v) => Object.keys(v.state?.incidents ?? {}).length === 1,
  );
  const [incident] = Object.values(view.state?.incidents ?? {});
  expect(incident).toMatchObject({ code: 'START_NOT_POSSIBLE', elementId: 'call' });
  await host.engine.cancel({ instanceId, requestId: null, actor: null });
  expect(await host.ended(instanceId)).toBe('CANCELLED');
});

test('a called process takes what it declares of what its caller passes on (S78)', async () => {
  const texts = '{ en: Text, pt-BR: Texto }';
  const yaml = `key: declaring
title: ${texts}
description: ${texts}
owner: sales
roles: { sales: ${texts} }
variables:
  seats: { type: integer, class: N, required: true, title: ${texts} }
outcomes: { done: ${texts} }
retention: { instances: P1Y, reason: ${texts} }
`;
  const declaring = [startEvent('start'), userTask('approve'), endEvent('end')];
  const xml = model('declaring', declaring, 'start > approve > end');
  const report = await host.engine.deploy('declaring', {
    'process.bpmn': xml,
    'process.yaml': yaml,
  });
  expect(report.findings).toEqual([]);
  const caller = [startEvent('start'), callActivity('call', 'declaring'), endEvent('end')];
  await host.deploy('passes-on', model('passes-on', caller, 'start > call > end'));
  const parentId = await begin('passes-on', { seats: 3, size: 1 });
  const childId = await calledBy(parentId);
  const { state } = await host.until(childId, (v) => v.state !== null);
  expect(state?.variables[state.rootId ?? '']).toEqual({ seats: 3 });
  await approve(childId);
  expect(await host.ended(parentId)).toBe('COMPLETED');
});
