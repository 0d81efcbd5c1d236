/** What whoever operates instances is told and does by our own API, on a real engine. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  ActOutcome,
  ElementStory,
  TimelinePage,
  WholeInstance,
} from '../../contracts/instances.js';
import { createRegistry } from '../../registry/index.js';
import { createBatchRuns } from '../../worker/batches/index.js';
import { createOperate } from '../../worker/control/operations.js';
import { openPeople, type People } from '../support/camunda.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import {
  callActivity,
  endEvent,
  model,
  scriptTask,
  startEvent,
  timerCatch,
  userTask,
} from '../support/durable-model.js';

let host: TestEngine;
let people: People;
let ada: string;

beforeAll(async () => {
  host = await startTestEngine({});
  const { engine, store, client, options } = host;
  const registry = createRegistry(store);
  const batches = createBatchRuns(client, options.taskQueue ?? '', store);
  people = await openPeople(store, createOperate({ engine, store, registry, batches } as never));
  ada = await people.token(['admin', 'csm', 'designer']);
});
afterAll(async () => {
  await people?.app.close();
  await host?.close();
});

async function ask<T>(path: string, body?: object, as = ada): Promise<{ status: number; body: T }> {
  const answer = await fetch(`${people.address}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(as).toString('base64')}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as T };
}

async function start(processDefinitionId: string, more: object = {}): Promise<string> {
  const { body } = await ask<{ processInstanceKey: string }>('/v2/process-instances', {
    processDefinitionId,
    ...more,
  });
  return body.processInstanceKey;
}

const whole = async (key: string): Promise<WholeInstance> =>
  (await ask<WholeInstance>(`/api/v1/instances/${key}`)).body;
const act = (key: string, of: object, reason: string | null = null) =>
  ask<ActOutcome>(`/api/v1/instances/${key}/acts`, { act: of, reason });

describe('an instance', () => {
  test('tells where it stands, what happened in both languages, and why', async () => {
    const parts = [
      startEvent('start'),
      userTask('check'),
      timerCatch('rest', 'PT1H'),
      endEvent('end'),
    ];
    await host.deploy('visit', model('visit', parts, 'start > check > rest > end'));
    const key = await start('visit', { businessId: 'v-1' });
    const before = await whole(key);
    expect(before).toMatchObject({
      ...{ processInstanceKey: key, state: 'ACTIVE', version: 1, latestVersion: 1 },
      ...{ businessId: 'v-1', tasks: [{ elementId: 'check', assignee: null }] },
    });
    expect(before.outline.map(({ elementId, mark }) => [elementId, mark])).toEqual([
      ['start', 'done'],
      ['check', 'active'],
      ['rest', 'not-reached'],
      ['end', 'not-reached'],
    ]);
    await ask(`/v2/user-tasks/${before.tasks[0]?.userTaskKey}/completion`, {}).catch(() => {});
    const after = await whole(key);
    expect(after.timers).toMatchObject([{ elementId: 'rest' }]);
    const { body: page } = await ask<TimelinePage>(
      `/api/v1/instances/${key}/timeline?locale=pt-BR&limit=2`,
    );
    expect(page.items).toHaveLength(2);
    expect(page.next).toBe(2);
    expect(page.items[0]?.what).toMatch(/^armou o temporizador 'rest' para /);
    const { body: story } = await ask<ElementStory>(`/api/v1/instances/${key}/elements/rest`);
    expect(story.dues).toMatchObject([{ state: 'ARMED', rhythm: 'PT1H' }]);
    expect(story.visits).toHaveLength(1);
    expect(story.visits[0]?.causes.map(({ kind }) => kind)).toContain('elementCompleted');
    const designer = await people.token(['designer']);
    const masked = await ask<WholeInstance>(`/api/v1/instances/${key}`, undefined, designer);
    expect(masked.body.tasks).toEqual([]);
    const told = await ask<TimelinePage>(`/api/v1/instances/${key}/timeline`, undefined, designer);
    expect(told.body.items.map(({ kind }) => kind)).toContain('timerArmed');
    expect((await ask('/api/v1/instances/1')).status).toBe(404);
  });

  test('is modified, migrated and cancelled with a reason, and tried out before', async () => {
    const parts = [startEvent('start'), userTask('one'), userTask('two'), endEvent('end')];
    await host.deploy('path', model('path', parts, 'start > one > two > end'));
    const key = await start('path');
    const move = { kind: 'modify', moves: [{ from: { elementId: 'one' }, to: 'two' }] };
    const tried = await act(key, { ...move, isDryRun: true });
    expect(tried.body.modification).toMatchObject({ placed: ['two'] });
    expect((await whole(key)).tasks.map(({ elementId }) => elementId)).toEqual(['one']);
    expect((await act(key, move, 'wrong turn')).body.waitsFor).toMatchObject([
      { elementId: 'two' },
    ]);
    const { body: line } = await ask<TimelinePage>(`/api/v1/instances/${key}/timeline`);
    expect(line.items.find(({ kind }) => kind === 'instanceModified')?.why).toBe('wrong turn');
    const refused = await act(key, move);
    expect(refused).toMatchObject({ status: 400, body: { code: 'MODIFICATION_SOURCE_UNKNOWN' } });
    await host.deploy(
      'path',
      model('path', [...parts, userTask('three')], 'start > one > two > three > end'),
    );
    const plan = await act(key, { kind: 'migrate', isDryRun: true });
    expect(plan.body.migration).toMatchObject({ problems: [] });
    await act(key, { kind: 'migrate' }, 'a step was added');
    expect(await whole(key)).toMatchObject({ version: 2, latestVersion: 2 });
    expect((await act(key, { kind: 'suspend' })).body.status).toBe('active');
    expect(await whole(key)).toMatchObject({ state: 'SUSPENDED' });
    await act(key, { kind: 'resume' });
    expect((await act(key, { kind: 'cancel' }, 'no more')).status).toBe(200);
    expect(await whole(key)).toMatchObject({ state: 'TERMINATED' });
    expect(await act(key, { kind: 'cancel' })).toMatchObject({ status: 409 });
    expect(await act(key, { kind: 'explode' })).toMatchObject({ status: 400 });
  });

  test('resolves an incident once its cause is mended', async () => {
    const parts = [startEvent('start'), scriptTask('sum', 'price * 2', 'total'), endEvent('end')];
    await host.deploy('sums', model('sums', parts, 'start > sum > end'));
    const key = await start('sums');
    const [incident] = (await whole(key)).incidents;
    expect(incident).toMatchObject({ elementId: 'sum' });
    const retry = { kind: 'resolveIncident', incidentKey: incident?.incidentKey };
    await act(key, retry);
    const [again] = (await whole(key)).incidents;
    expect(again?.incidentKey).not.toBe(incident?.incidentKey);
    const variables = { price: 3 };
    const mended = { ...retry, incidentKey: again?.incidentKey, variables };
    expect((await act(key, mended)).status).toBe(200);
    expect(await whole(key)).toMatchObject({ state: 'COMPLETED', incidents: [] });
    const other = await start('sums');
    const wrong = { ...retry, incidentKey: (await whole(other)).incidents[0]?.incidentKey };
    expect(await act(key, wrong)).toMatchObject({ status: 404 });
  });
});

describe('many instances', () => {
  test('are counted by element, tried out, and acted upon with a reason', async () => {
    const parts = [startEvent('start'), userTask('one'), userTask('two'), endEvent('end')];
    await host.deploy('lot', model('lot', parts, 'start > one > two > end'));
    const keys = [await start('lot'), await start('lot'), await start('lot')];
    await act(keys[0] ?? '', {
      kind: 'modify',
      moves: [{ from: { elementId: 'one' }, to: 'two' }],
    });
    const { processDefinitionKey } = await whole(keys[0] ?? '');
    const counted = await ask<{ items: readonly object[] }>(
      `/v2/process-definitions/${processDefinitionKey}/statistics/element-instances`,
      { filter: { state: 'ACTIVE' } },
    );
    expect(counted.body.items).toContainEqual({
      ...{ elementId: 'one', active: 2, canceled: 1, incidents: 0, completed: 0 },
    });
    const filter = { processDefinitionId: 'lot' };
    const moves = [{ sourceElementId: 'one', targetElementId: 'two' }];
    const plan = { type: 'MODIFY_PROCESS_INSTANCE', moves };
    const trial = await ask<{ total: number; verdicts: readonly { outcome: string }[] }>(
      '/api/v1/batch-operations/trial',
      { plan, filter },
    );
    expect(trial.body.total).toBe(3);
    expect(trial.body.verdicts.map(({ outcome }) => outcome).sort()).toEqual([
      ...['refused', 'would', 'would'],
    ]);
    const begun = await ask<{ batchOperationKey: string; total: number }>(
      '/api/v1/batch-operations',
      {
        plan,
        filter: { ...filter, elementId: 'one', elementInstanceState: 'ACTIVE' },
        reason: 'x',
      },
    );
    expect(begun.body.total).toBe(2);
    const at = `/api/v1/batch-operations/${begun.body.batchOperationKey}`;
    await expect
      .poll(async () => (await ask<{ state: string }>(at)).body.state, { timeout: 20_000 })
      .toBe('COMPLETED');
    expect((await ask(at)).body).toMatchObject({ completed: 2, failed: 0, reason: 'x' });
    const none = await ask('/api/v1/batch-operations', { plan, filter: {} });
    expect(none.status).toBe(400);
  });
});

test('a call whose process was not there is made once it is', async () => {
  const parts = [startEvent('start'), callActivity('call', '=wanted'), endEvent('end')];
  await host.deploy('asking', model('asking', parts, 'start > call > end'));
  const key = await start('asking', { variables: { wanted: 'late' } });
  // Until its first decision is in the store, it is not there.
  const stuck = async () => (await whole(key)).incidents ?? [];
  await expect.poll(async () => (await stuck()).length, { timeout: 10_000 }).toBe(1);
  const [before] = await stuck();
  expect(before).toMatchObject({ elementId: 'call', code: 'CALL_TARGET' });
  await act(key, { kind: 'resolveIncident', incidentKey: before?.incidentKey });
  await expect
    .poll(async () => (await stuck())[0]?.incidentKey, { timeout: 10_000 })
    .not.toBe(before?.incidentKey);
  await host.deploy(
    'late',
    model(
      'late',
      [startEvent('start'), userTask('answer'), endEvent('end')],
      'start > answer > end',
    ),
  );
  await expect.poll(async () => (await stuck()).length, { timeout: 10_000 }).toBe(1);
  const [again] = await stuck();
  await act(key, { kind: 'resolveIncident', incidentKey: again?.incidentKey });
  // Its caller knows it a moment before its own first decision is in the store.
  const openKey = async () =>
    (await whole(key)).called.find(({ isOpen }) => isOpen)?.processInstanceKey ?? null;
  await expect.poll(openKey, { timeout: 10_000 }).not.toBeNull();
  const childKey = (await openKey()) ?? '';
  const child = await whole(childKey);
  expect(child.callers.map(({ processInstanceKey }) => processInstanceKey)).toEqual([key]);
  await ask(`/v2/user-tasks/${child.tasks[0]?.userTaskKey}/completion`, {}).catch(() => {});
  await expect.poll(async () => (await whole(key)).state, { timeout: 10_000 }).toBe('COMPLETED');
});
