/** Acts upon many instances at once, by Camunda's own client, on a real engine. */
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRegistry } from '../../registry/index.js';
import { createBatchRuns } from '../../worker/batches/index.js';
import { createOperate } from '../../worker/control/operations.js';
import { openPeople, type People } from '../support/camunda.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import { endEvent, model, scriptTask, startEvent, userTask } from '../support/durable-model.js';

let host: TestEngine;
let people: People;
let admin: CamundaClient;
let credentials: string;
const NOW = { consistency: { waitUpToMs: 0 } };

beforeAll(async () => {
  host = await startTestEngine({});
  const { engine, store, client, options } = host;
  const registry = createRegistry(store);
  const batches = createBatchRuns(client, options.taskQueue ?? '', store);
  people = await openPeople(store, createOperate({ engine, store, registry, batches } as never));
  credentials = await people.token(['admin', 'csm', 'designer']);
  admin = people.client(credentials);
});
afterAll(async () => {
  await people?.app.close();
  await host?.close();
});

const waiting = (id: string, ...tasks: string[]) =>
  model(
    id,
    [startEvent('start'), ...tasks.map((task) => userTask(task)), endEvent('end')],
    ['start', ...tasks, 'end'].join(' > '),
  );

async function start(processId: string, count: number): Promise<readonly string[]> {
  const keys: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const started = await admin.createProcessInstance({ processDefinitionId: processId as never });
    keys.push(started.processInstanceKey);
  }
  return keys;
}

const batchOf = (batchOperationKey: unknown) =>
  admin.getBatchOperation({ batchOperationKey: batchOperationKey as never }, NOW);

async function ended(batchOperationKey: unknown) {
  const state = async (): Promise<string> => (await batchOf(batchOperationKey)).state;
  await expect.poll(state, { timeout: 20_000 }).toMatch(/^(?:PARTIALLY_)?COMPLETED$|^CANCELED$/);
  return batchOf(batchOperationKey);
}

const itemsOf = async (batchOperationKey: unknown) =>
  (
    await admin.searchBatchOperationItems(
      { filter: { batchOperationKey: batchOperationKey as never } },
      NOW,
    )
  ).items;

const stateOf = async (processInstanceKey: string): Promise<string> =>
  (await admin.getProcessInstance({ processInstanceKey: processInstanceKey as never }, NOW)).state;

describe('a batch', () => {
  test('cancels all that fit when it begins, and no others; each is told of once', async () => {
    await host.deploy('many', waiting('many', 'work'));
    const keys = await start('many', 12);
    const begun = await admin.cancelProcessInstancesBatchOperation({
      filter: { processDefinitionId: 'many' },
    });
    expect(begun.batchOperationType).toBe('CANCEL_PROCESS_INSTANCE');
    const [late = ''] = await start('many', 1);
    const done = await ended(begun.batchOperationKey);
    expect(done).toMatchObject({
      ...{ state: 'COMPLETED', operationsTotalCount: 12, operationsCompletedCount: 12 },
      ...{ operationsFailedCount: 0, actorType: 'USER', actorId: credentials.split(':')[0] },
    });
    expect(await Promise.all(keys.map(stateOf))).toEqual(keys.map(() => 'TERMINATED'));
    expect(await stateOf(late)).toBe('ACTIVE');
    const items = await itemsOf(begun.batchOperationKey);
    expect(items).toHaveLength(12);
    expect(new Set(items.map(({ state }) => state))).toEqual(new Set(['COMPLETED']));
    const { items: acts } = await host.store.audit.query({ filter: { action: 'cancelInstance' } });
    expect(acts).toHaveLength(12);
    expect(acts[0]).toMatchObject({ actor: credentials.split(':')[0], outcome: 'done' });
    const found = await admin.searchBatchOperations(
      { filter: { operationType: 'CANCEL_PROCESS_INSTANCE', state: 'COMPLETED' } },
      NOW,
    );
    expect(found.items.map((one) => one.batchOperationKey)).toContain(begun.batchOperationKey);
  });

  test('moves tokens, migrates, and tells which could not be', async () => {
    await host.deploy('moving', waiting('moving', 'first', 'second'));
    const keys = await start('moving', 3);
    const moved = await admin.modifyProcessInstancesBatchOperation({
      filter: { processDefinitionId: 'moving' },
      moveInstructions: [{ sourceElementId: 'first' as never, targetElementId: 'second' as never }],
    });
    expect(await ended(moved.batchOperationKey)).toMatchObject({ operationsCompletedCount: 3 });
    const at = await admin.searchProcessInstances(
      { filter: { elementId: 'second', elementInstanceState: 'ACTIVE' } as never },
      NOW,
    );
    expect(new Set(at.items.map((one) => one.processInstanceKey as string))).toEqual(new Set(keys));
    const again = await admin.modifyProcessInstancesBatchOperation({
      filter: { processDefinitionId: 'moving' },
      moveInstructions: [{ sourceElementId: 'first' as never, targetElementId: 'second' as never }],
    });
    expect(await ended(again.batchOperationKey)).toMatchObject({
      ...{ state: 'PARTIALLY_COMPLETED', operationsFailedCount: 3 },
    });
    expect((await itemsOf(again.batchOperationKey))[0]).toMatchObject({
      ...{ state: 'FAILED', errorMessage: expect.stringContaining('MODIFICATION_SOURCE_UNKNOWN') },
    });
    await host.deploy('moving', waiting('moving', 'first', 'second', 'third'));
    const { items } = await admin.searchProcessDefinitions(
      { filter: { processDefinitionId: 'moving', version: 2 } as never },
      NOW,
    );
    const migrated = await admin.migrateProcessInstancesBatchOperation({
      filter: { processDefinitionId: 'moving' },
      migrationPlan: {
        targetProcessDefinitionKey: items[0]?.processDefinitionKey as never,
        mappingInstructions: [],
      },
    });
    expect(await ended(migrated.batchOperationKey)).toMatchObject({ state: 'COMPLETED' });
  });

  test('tries incidents again, of many instances and of one', async () => {
    const failing = [startEvent('start'), scriptTask('sum', 'price * 2', 'total'), endEvent('end')];
    await host.deploy('failing', model('failing', failing, 'start > sum > end'));
    const [mended = '', other = ''] = await start('failing', 2);
    await admin.createElementInstanceVariables({
      elementInstanceKey: mended as never,
      variables: { price: 4 },
    });
    const begun = await admin.resolveIncidentsBatchOperation({
      filter: { processDefinitionId: 'failing', hasIncident: true },
    });
    expect(await ended(begun.batchOperationKey)).toMatchObject({ operationsCompletedCount: 2 });
    expect(await stateOf(mended)).toBe('COMPLETED');
    expect(await stateOf(other)).toBe('ACTIVE');
    await admin.createElementInstanceVariables({
      elementInstanceKey: other as never,
      variables: { price: 4 },
    });
    const one = await admin.resolveProcessInstanceIncidents({ processInstanceKey: other as never });
    expect(one.batchOperationType).toBe('RESOLVE_INCIDENT');
    await ended(one.batchOperationKey);
    expect(await stateOf(other)).toBe('COMPLETED');
    const [item] = await itemsOf(one.batchOperationKey);
    expect(item?.itemKey).not.toBe(item?.processInstanceKey);
  });

  test('is suspended, goes on, is cancelled', async () => {
    await host.deploy('slowly', waiting('slowly', 'work'));
    await start('slowly', 20);
    const filter = { processDefinitionId: 'slowly' };
    const begun = await admin.cancelProcessInstancesBatchOperation({ filter });
    const { batchOperationKey } = begun;
    await admin.suspendBatchOperation({ batchOperationKey });
    const standing = await batchOf(batchOperationKey);
    expect(standing.state).toBe('SUSPENDED');
    await expect(admin.suspendBatchOperation({ batchOperationKey })).rejects.toMatchObject({
      ...{ status: 409, title: 'INVALID_STATE' },
    });
    await admin.resumeBatchOperation({ batchOperationKey });
    expect(await ended(batchOperationKey)).toMatchObject({ operationsCompletedCount: 20 });
    await start('slowly', 20);
    const second = await admin.cancelProcessInstancesBatchOperation({ filter });
    await admin.cancelBatchOperation({ batchOperationKey: second.batchOperationKey });
    const cancelled = await ended(second.batchOperationKey);
    expect(cancelled.state).toBe('CANCELED');
    const states = async () => {
      const items = await itemsOf(second.batchOperationKey);
      return new Set(items.map(({ state }) => state as string));
    };
    expect(await states()).toContain('CANCELED');
    expect(await states()).not.toContain('ACTIVE');
  });

  test('of the same request is one; an empty filter is refused, and so is who may not', async () => {
    const ask = (body: object, headers: Record<string, string> = {}) =>
      fetch(`${people.address}/v2/process-instances/suspension`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
          ...headers,
        },
        body: JSON.stringify(body),
      });
    const filter = { processDefinitionId: 'many' };
    const keyed = { 'idempotency-key': 'once' };
    const first = await (await ask({ filter }, keyed)).json();
    expect(await (await ask({ filter }, keyed)).json()).toEqual(first);
    expect((await ask({ filter: {} })).status).toBe(400);
    expect((await ask({ filter, more: true })).status).toBe(400);
    const auditor = people.client(await people.token(['auditor']));
    await expect(auditor.cancelProcessInstancesBatchOperation({ filter })).rejects.toMatchObject({
      status: 403,
    });
  });
});
