/** The durable host: a real server, a real store, real decisions; only service tasks are made up. */
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../engine/model/index.js';
import { createPlay } from '../../engine/play/index.js';
import { compilePackage } from '../../registry/index.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import {
  after,
  endEvent,
  errorBoundary,
  messageCatch,
  messageStart,
  model,
  type Part,
  sendTask,
  serviceTask,
  signalCatch,
  startEvent,
  timerBoundary,
  timerCatch,
  times,
  userTask,
} from '../support/durable-model.js';

let host: TestEngine;
let failsLeft = 0;
const seenKeys: string[] = [];

const kindsOf = async (instanceId: string): Promise<readonly string[]> =>
  (await host.journal(instanceId)).map(({ kind }) => kind);

const begin = async (processId: string, variables = {}, requestId: string | null = null) => {
  const answer = await host.engine.start({ processId, variables, requestId, actor: 'cory' });
  expect(answer).toMatchObject({ ok: true, code: null });
  return answer.instanceId;
};

beforeAll(async () => {
  host = await startTestEngine({
    greet: async ({ variables }) => ({ greeting: `hello ${variables.name}` }),
    noop: async () => {},
    flaky: async ({ effectKey }) => {
      seenKeys.push(effectKey);
      failsLeft -= 1;
      if (failsLeft >= 0) throw new Error('no connection');
      return { reached: true };
    },
    declines: async () => {
      const details = [{ errorCode: 'DECLINED', message: 'no money', variables: { left: 0 } }];
      throw ApplicationFailure.create({ type: 'BPMN_ERROR', message: 'declined', details });
    },
    count: async ({ variables }) => ({ n: Number(variables.n) + 1 }),
  });
});
afterAll(async () => {
  await host?.close();
});

describe('service tasks', () => {
  test('deploy, start, activity, completed, journal without gaps', async () => {
    const parts = [startEvent('start'), serviceTask('greet', 'greet'), endEvent('end')];
    await host.deploy('greeting', model('greeting', parts, 'start > greet > end'));
    const instanceId = await begin('greeting', { name: 'Ada' });
    expect(await host.ended(instanceId)).toBe('COMPLETED');
    const journal = await host.journal(instanceId);
    expect(journal.map(({ sequence }) => sequence)).toEqual(journal.map((_, index) => index + 1));
    expect(journal.map(({ kind }) => kind)).toContain('jobCompleted');
    const written = journal.filter(({ kind }) => kind === 'variablesWritten');
    expect(JSON.stringify(written)).toContain('hello Ada');
  });

  test('a request to start that is repeated starts one instance', async () => {
    const parts = [startEvent('start'), userTask('wait'), endEvent('end')];
    await host.deploy('once', model('once', parts, 'start > wait > end'));
    const first = await begin('once', {}, 'the-same');
    const second = await begin('once', {}, 'the-same');
    expect(second).toBe(first);
  });

  test('retries keep one effect key; when they are used up there is an incident, and resolving retries', async () => {
    failsLeft = 3;
    const flaky = serviceTask('call', 'flaky', { 'jornada:backoff': 'PT0.01S' }, 2);
    const parts = [startEvent('start'), flaky, endEvent('end')];
    await host.deploy('flaky', model('flaky', parts, 'start > call > end'));
    const instanceId = await begin('flaky');
    const hasIncident = (v: { state: { incidents: object } | null }): boolean =>
      Object.keys(v.state?.incidents ?? {}).length > 0;
    const first = await host.until(instanceId, hasIncident);
    const [incidentId] = Object.keys(first.state?.incidents ?? {});
    const answer = await host.engine.resolveIncident({
      instanceId,
      requestId: 'resolve-1',
      actor: 'ann',
      incidentId: incidentId ?? '',
      variables: {},
      how: 'retry',
    });
    expect(answer).toMatchObject({ ok: true });
    expect(await host.ended(instanceId)).toBe('COMPLETED');
    expect(seenKeys).toHaveLength(4);
    expect(new Set(seenKeys).size).toBe(1);
    expect(seenKeys[0]).toMatch(/^[a-z2-7]{52}$/);
  });

  test('a BPMN error is caught by its boundary event', async () => {
    const parts = [
      startEvent('start'),
      serviceTask('charge', 'declines', {}, 5),
      errorBoundary('declined', 'charge', 'DECLINED'),
      endEvent('paid'),
      endEvent('unpaid'),
    ];
    await host.deploy(
      'charging',
      model('charging', parts, 'start > charge > paid, declined > unpaid'),
    );
    const instanceId = await begin('charging');
    expect(await host.ended(instanceId)).toBe('COMPLETED');
    const ends = (await host.journal(instanceId)).filter(({ elementId }) => elementId === 'unpaid');
    expect(ends.length).toBeGreaterThan(0);
  });

  test.each(['nobody-serves-this', 'jornada.decide'])(
    'task type %s is an incident',
    async (type) => {
      const parts = [startEvent('start'), serviceTask('call', type), endEvent('end')];
      await host.deploy(`type-${type}`, model(`type-${type}`, parts, 'start > call > end'));
      const instanceId = await begin(`type-${type}`);
      const view = await host.until(
        instanceId,
        (v) => Object.keys(v.state?.incidents ?? {}).length === 1,
      );
      expect(JSON.stringify(view.state?.incidents)).toContain('TASK_TYPE_UNKNOWN');
    },
  );

  test('ten local jobs run inside one decision', async () => {
    const steps = Array.from({ length: 10 }, (_, i) => `step-${i}`);
    const parts = [
      startEvent('start'),
      ...steps.map((id) => serviceTask(id, 'count', { 'jornada:local': 'true' })),
      endEvent('end'),
    ];
    await host.deploy('local', model('local', parts, `start > ${steps.join(' > ')} > end`));
    const instanceId = await begin('local', { n: 0 });
    expect(await host.ended(instanceId)).toBe('COMPLETED');
    const written = (await host.journal(instanceId)).filter(
      ({ kind }) => kind === 'variablesWritten',
    );
    expect(JSON.stringify(written.at(-1))).toContain('10');
  });
});

describe('user tasks', () => {
  const parts = [
    startEvent('start'),
    userTask('triage'),
    timerBoundary('late', 'triage', after('PT2S')),
    userTask('work'),
    endEvent('end'),
    endEvent('too-late'),
  ];
  const chains = 'start > triage > work > end, late > too-late';

  const openTask = async (instanceId: string, elementId: string): Promise<string> => {
    const view = await host.until(instanceId, ({ state }) =>
      Object.values(state?.tasks ?? {}).some((task) => task.elementId === elementId),
    );
    const tasks = Object.values(view.state?.tasks ?? {});
    return tasks.find((task) => task.elementId === elementId)?.id ?? '';
  };

  test('completing answers what is waited for now, and a repeated request answers the same', async () => {
    await host.deploy('tasks', model('tasks', parts, chains));
    const instanceId = await begin('tasks');
    const taskId = await openTask(instanceId, 'triage');
    const command = {
      instanceId,
      taskId,
      requestId: 'complete-1',
      actor: 'ann',
      action: 'accept',
      variables: { team: 'a' },
    };
    const first = await host.engine.completeTask(command);
    expect(first).toMatchObject({ ok: true, waitingAt: ['work'], status: 'active' });
    const again = await host.engine.completeTask(command);
    expect(again).toMatchObject({ ok: true, waitingAt: ['work'] });
    const other = await host.engine.completeTask({ ...command, requestId: 'complete-2' });
    expect(other).toMatchObject({ ok: false, code: 'TASK_UNKNOWN' });
    const workId = await openTask(instanceId, 'work');
    const assigned = await host.engine.assignTask({
      instanceId,
      taskId: workId,
      requestId: 'assign-1',
      actor: 'ann',
      assignee: 'ben',
      mayReassign: false,
    });
    expect(assigned).toMatchObject({ ok: true });
    await host.engine.completeTask({ ...command, taskId: workId, requestId: 'complete-3' });
    expect(await host.ended(instanceId)).toBe('COMPLETED');
    const late = await host.engine.completeTask({ ...command, requestId: 'complete-4' });
    expect(late).toMatchObject({ ok: false, code: 'INSTANCE_CLOSED' });
    const kinds = await kindsOf(instanceId);
    expect(kinds.filter((kind) => kind === 'taskCompleted')).toHaveLength(2);
  });

  test('who comes after the timer is told so', async () => {
    const slow = [...parts.slice(0, 5), userTask('too-late')];
    await host.deploy(
      'overdue',
      model('overdue', [...slow, endEvent('end-2')], `${chains} > end-2`),
    );
    const instanceId = await begin('overdue');
    const taskId = await openTask(instanceId, 'triage');
    await openTask(instanceId, 'too-late');
    const answer = await host.engine.completeTask({
      instanceId,
      taskId,
      requestId: 'late-1',
      actor: 'ann',
      action: null,
      variables: {},
    });
    expect(answer).toMatchObject({ ok: false, code: 'TASK_UNKNOWN' });
    expect(answer.message).toMatch(/late/);
  });

  test('an instance that never was is unknown', async () => {
    const instanceId = '018f0000-0000-7000-8000-000000000000';
    const answer = await host.engine.cancel({ instanceId, requestId: 'c', actor: 'ann' });
    expect(answer).toMatchObject({ ok: false, code: 'INSTANCE_UNKNOWN' });
    const start = { processId: 'never-deployed', requestId: null, actor: null };
    expect(await host.engine.start(start)).toMatchObject({ ok: false, code: 'DEFINITION_UNKNOWN' });
  });
});

describe('timers, messages, signals', () => {
  test('a timer fires at its due instant', async () => {
    const parts = [startEvent('start'), timerCatch('pause', 'PT0.5S'), endEvent('end')];
    await host.deploy('pausing', model('pausing', parts, 'start > pause > end'));
    const instanceId = await begin('pausing');
    expect(await host.ended(instanceId)).toBe('COMPLETED');
    const journal = await host.journal(instanceId);
    const at = (kind: string): number =>
      Date.parse(journal.find((entry) => entry.kind === kind)?.at ?? '');
    expect(at('timerFired') - at('timerArmed')).toBeGreaterThanOrEqual(500);
  });

  const waiting = [
    startEvent('start'),
    messageCatch('reply', 'customer-replied', 'ticket'),
    endEvent('end'),
  ];
  const publish = (key: string, messageId: string, timeToLive = 'PT1M') =>
    host.engine.publish({
      name: 'customer-replied',
      key,
      messageId,
      timeToLive,
      variables: { text: messageId },
    });

  test('a message goes to the instance that waits, and a repeated one is a duplicate', async () => {
    await host.deploy('replies', model('replies', waiting, 'start > reply > end'));
    const instanceId = await begin('replies', { ticket: 'first' });
    await host.until(instanceId, (v) => v.openActivities === 0);
    const reply = await publish('first', 'm1');
    expect(reply).toMatchObject({ outcome: 'received', correlated: [{ instanceId }] });
    expect(await host.ended(instanceId)).toBe('COMPLETED');
    expect((await publish('first', 'm1')).outcome).toMatch(/received|duplicate/);
  });

  test('a message that comes first waits for its instance; without a time to live it expires', async () => {
    await host.deploy('replies', model('replies', waiting, 'start > reply > end'));
    expect((await publish('second', 'm2')).outcome).toBe('buffered');
    const instanceId = await begin('replies', { ticket: 'second' });
    expect(await host.ended(instanceId)).toBe('COMPLETED');
    expect((await publish('third', 'm3', 'PT0S')).outcome).toBe('expired');
  });

  test('a message waits until a suspended instance goes on', async () => {
    await host.deploy('replies', model('replies', waiting, 'start > reply > end'));
    const instanceId = await begin('replies', { ticket: 'sixth' });
    await host.until(instanceId, (v) => v.openActivities === 0);
    await host.engine.suspend({ instanceId, requestId: 's1', actor: 'ann' });
    expect(await publish('sixth', 'm6')).toMatchObject({ outcome: 'buffered', correlated: [] });
    expect(await publish('sixth', 'm7', 'PT0S')).toMatchObject({ outcome: 'expired' });
    const command = { instanceId, requestId: 's2', actor: 'ann', timers: 'keep' as const };
    expect(await host.engine.resume(command)).toMatchObject({ ok: true });
    expect(await host.ended(instanceId)).toBe('COMPLETED');
    const told = (await host.journal(instanceId)).filter(({ kind }) => kind.startsWith('message'));
    expect(told.map(({ kind, data }) => [kind, data?.messageId])).toEqual([
      ['messagePostponed', 'm6'],
      ['messageReceived', 'm6'],
    ]);
  });

  test('a message of too much is refused before it goes anywhere', async () => {
    const variables = { text: 'x'.repeat(70_000) };
    const message = { name: 'customer-replied', key: 'k', messageId: 'm4', timeToLive: 'PT1M' };
    const refused = { name: 'EngineRefusal', code: 'VARIABLE_SIZE' };
    await expect(host.engine.publish({ ...message, variables })).rejects.toMatchObject(refused);
    const signal = { name: 'outage-over', broadcastId: 'b0', variables };
    await expect(host.engine.broadcast(signal)).rejects.toMatchObject(refused);
  });

  test('a message whose life nobody can read is refused, and one thrown so is an incident', async () => {
    await expect(publish('fourth', 'm5', 'P1M')).rejects.toMatchObject({
      name: 'EngineRefusal',
      code: 'REQUEST_INVALID',
    });
    const parts = [startEvent('start'), sendTask('tell', 'customer-replied', 'ticket', '=life')];
    const ends = [userTask('wait'), endEvent('end')];
    const chain = 'start > tell > wait > end';
    await host.deploy('telling', model('telling', [...parts, ...ends], chain));
    const instanceId = await begin('telling', { ticket: 'fifth', life: 'P1M' });
    const { state } = await host.until(instanceId, (v) =>
      Object.values(v.state?.incidents ?? {}).some(({ code }) => code === 'TIME_TO_LIVE'),
    );
    expect(state?.status).toBe('active');
  });

  test('a message starts one instance for its id', async () => {
    const parts = [messageStart('ordered', 'order-placed'), userTask('ship'), endEvent('end')];
    await host.deploy('ordering', model('ordering', parts, 'ordered > ship > end'));
    const message = {
      name: 'order-placed',
      key: '',
      messageId: 'o1',
      timeToLive: 'PT1M',
      variables: { order: 7 },
    };
    const reply = await host.engine.publish(message);
    expect(reply).toMatchObject({ outcome: 'received', started: [{ processId: 'ordering' }] });
    const again = await host.engine.publish(message);
    expect(
      again.started.length === 0 || again.started[0]?.instanceId === reply.started[0]?.instanceId,
    ).toBe(true);
    const { total } = await host.store.processInstances.search({
      filter: { processId: 'ordering' },
      withTotal: true,
    });
    expect(total?.count).toBe(1);
  });

  test('a signal reaches every instance that waits', async () => {
    const parts = [startEvent('start'), signalCatch('over', 'outage-over'), endEvent('end')];
    await host.deploy('outage', model('outage', parts, 'start > over > end'));
    const ids = await Promise.all([begin('outage'), begin('outage'), begin('outage')]);
    for (const id of ids) {
      await host.until(
        id,
        (v) => v.openActivities === 0 && Object.keys(v.state?.subscriptions ?? {}).length === 1,
      );
    }
    const signal = { name: 'outage-over', broadcastId: 'b1', variables: {} };
    expect(await host.engine.broadcast(signal)).toMatchObject({ delivered: 3 });
    for (const id of ids) expect(await host.ended(id)).toBe('COMPLETED');
  });
});

test('the journal is that of a run in memory, who acted included', async () => {
  const plain = Array.from({ length: 12 }, (_, i): Part => ({ id: `step-${i}`, tag: 'task' }));
  const parts = [startEvent('start'), userTask('ask'), ...plain, userTask('sign'), endEvent('end')];
  const chain = ['start', 'ask', ...plain.map(({ id }) => id), 'sign', 'end'].join(' > ');
  const xml = model('signing', parts, chain);
  await host.deploy('signing', xml);
  const { processes } = await compilePackage({ 'process.bpmn': xml });
  const entries: JournalEntry[] = [];
  const play = createPlay({
    processes,
    now: '2026-03-02T09:00:00.000Z',
    onEntries: (_instance, more) => entries.push(...more),
  });
  play.start({ processId: 'signing', actor: 'cory' });
  const instanceId = await begin('signing');
  for (const [elementId, actor] of [
    ['ask', 'ana'],
    ['sign', 'ben'],
  ] as const) {
    const task = entries.findLast(
      (one) => one.kind === 'taskOpened' && one.elementId === elementId,
    );
    const taskId = task?.elementInstanceId ?? '';
    const answer = {
      taskId,
      requestId: `${instanceId} ${taskId}`,
      actor,
      variables: { [actor]: 1 },
    };
    play.send('signing-1', { kind: 'taskCompleted', action: null, ...answer });
    await host.until(instanceId, ({ state }) => state?.tasks[taskId] !== undefined);
    await host.engine.completeTask({ instanceId, action: null, ...answer });
  }
  expect(await host.ended(instanceId)).toBe('COMPLETED');
  const timeless = (list: readonly JournalEntry[]) => list.map((entry) => ({ ...entry, at: '' }));
  expect(timeless(await host.journal(instanceId))).toEqual(timeless(entries));
  expect(entries.filter(({ actor }) => actor === 'ana').length).toBeGreaterThan(40);
});

describe('operators', () => {
  const parts = [
    startEvent('start'),
    timerCatch('pause', 'PT1S'),
    userTask('work'),
    endEvent('end'),
  ];
  const chain = 'start > pause > work > end';

  test('cancel ends everything', async () => {
    await host.deploy('cancelled', model('cancelled', parts, chain));
    const instanceId = await begin('cancelled');
    const answer = await host.engine.cancel({ instanceId, requestId: 'c1', actor: 'ann' });
    expect(answer).toMatchObject({ ok: true, status: 'cancelled' });
    expect(await host.ended(instanceId)).toBe('CANCELLED');
  });

  test('a suspended instance lets no timer through until it is resumed', async () => {
    await host.deploy('suspended', model('suspended', parts, chain));
    const instanceId = await begin('suspended');
    const suspended = await host.engine.suspend({ instanceId, requestId: 's1', actor: 'ann' });
    expect(suspended).toMatchObject({ ok: true });
    expect(suspended).toHaveProperty('suspendedAt', expect.any(String));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const held = await host.until(instanceId, (v) => (v.state?.deferred.length ?? 0) === 1);
    expect(held.state?.tasks).toEqual({});
    const command = { instanceId, requestId: 's2', actor: 'ann', timers: 'keep' as const };
    expect(await host.engine.resume(command)).toMatchObject({ ok: true, waitingAt: ['work'] });
    const set = {
      instanceId,
      requestId: 's3',
      actor: 'ann',
      scopeId: null,
      variables: { paid: true },
    };
    expect(await host.engine.setVariables(set)).toMatchObject({ ok: true });
    const view = await host.until(instanceId, () => true);
    expect(JSON.stringify(view.state?.variables)).toContain('"paid":true');
  });
});

test('thousands of tasks are cancelled over several decisions', async () => {
  const each = { ...userTask('each'), body: times(4000) };
  const parts = [startEvent('start'), each, endEvent('end')];
  await host.deploy('thousands', model('thousands', parts, 'start > each > end'));
  const instanceId = await begin('thousands');
  await host.until(instanceId, (v) => Object.keys(v.state?.tasks ?? {}).length === 4000);
  expect(await host.engine.cancel({ instanceId, requestId: null, actor: 'ann' })).toMatchObject({
    ok: true,
  });
  expect(await host.ended(instanceId)).toBe('CANCELLED');
  const kinds = await kindsOf(instanceId);
  expect(kinds.filter((kind) => kind === 'taskCancelled')).toHaveLength(4000);
});
