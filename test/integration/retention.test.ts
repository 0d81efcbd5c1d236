/** Deletion of instances that have ended: by Camunda's own client, by our routes, in batches, and through a kill. */
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { instanceWorkflowId } from '../../contracts/workflow-ids.js';
import { createRegistry } from '../../registry/index.js';
import { openStore, type Store } from '../../store/index.js';
import { createBatchRuns } from '../../worker/batches/index.js';
import { createOperate } from '../../worker/control/operations.js';
import { runOf } from '../../worker/look.js';
import { createInstanceDeletion } from '../../worker/retention/index.js';
import { openPeople, type People } from '../support/camunda.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import { callActivity, endEvent, model, startEvent, userTask } from '../support/durable-model.js';
import { fixedSealing } from '../support/fixed-keys.js';
import { onPostgres, type TestDatabase } from '../support/store.js';
import { spawnWorker } from '../support/worker-process.js';

const NOW = { consistency: { waitUpToMs: 0 } };
const COUNT = 60;

let database: TestDatabase;
let store: Store;
let host: TestEngine;
let people: People;
let admin: CamundaClient;
let credentials: string;
const workers: ChildProcess[] = [];

const work = async (): Promise<ChildProcess> => {
  const child = await spawnWorker({
    temporalAddress: inject('temporalAddress'),
    taskQueue: host.options.taskQueue ?? '',
    databaseUrl: database.config.databaseUrl ?? '',
  });
  workers.push(child);
  return child;
};
const kill = async (child: ChildProcess): Promise<void> => {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
};

const described = (key: string, term: string): string => `key: ${key}
title: { en: X, pt-BR: X }
description: { en: X, pt-BR: X }
owner: x
runsUnder: operator
roles: { x: { en: X, pt-BR: X } }
variables: { customerId: { type: string, class: I, title: { en: C, pt-BR: C } } }
outcomes: {}
retention: { instances: ${term}, reason: { en: X, pt-BR: X } }
`;

async function deploy(key: string, xml: string, term: string): Promise<void> {
  const files = { 'process.bpmn': xml, 'process.yaml': described(key, term) };
  const report = await host.engine.deploy(key, files);
  if (!report.ok) throw new Error(JSON.stringify(report.findings));
}

const over = (key: string) => model(key, [startEvent('start'), endEvent('end')], 'start > end');

/** What is over in the journal is closed in Temporal a moment later. */
async function closed(rootId: string): Promise<void> {
  await host.ended(rootId);
  for (const { instanceId, customerKeyId } of await store.retention.tree(rootId)) {
    const workflowId = instanceWorkflowId(instanceId, customerKeyId);
    await expect.poll(() => runOf(host.client, workflowId), { timeout: 20_000 }).toBe('closed');
  }
}

async function start(key: string, variables = {}): Promise<string> {
  const started = { requestId: randomUUID(), actor: 'ann', elementId: null, businessKey: null };
  const { instanceId } = await host.engine.start({
    ...{ processId: key, version: null, variables, ...started },
  });
  return instanceId;
}

const keyOf = async (instanceId: string): Promise<string> =>
  (await store.publicKeys.keysOf([{ kind: 'processInstance', id: instanceId }]))[0] ?? '';

const remove = async (instanceId: string) =>
  admin.deleteProcessInstance({ processInstanceKey: (await keyOf(instanceId)) as never });

const ask = async (method: string, path: string, body?: object) => {
  const [, token = ''] = credentials.split(':');
  const answer = await fetch(people.address + path, {
    ...{ method, headers: { authorization: `Bearer ${token}` } },
    ...(body && {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  return { status: answer.status, body: (await answer.json()) as never };
};

beforeAll(async () => {
  database = await onPostgres(inject('databaseUrl'));
  store = await openStore(database.config, fixedSealing());
  host = await startTestEngine({}, { store, hasWorker: false, withinMs: 60_000 });
  const { engine, client, options } = host;
  const deletion = createInstanceDeletion(client, store);
  const batches = createBatchRuns(client, options.taskQueue ?? '', store);
  const parts = { engine, store, registry: createRegistry(store), batches, deletion };
  people = await openPeople(store, createOperate(parts as never));
  credentials = await people.token(['admin']);
  admin = people.client(credentials);
  await work();
});
afterAll(async () => {
  for (const child of workers) if (child.exitCode === null && !child.killed) await kill(child);
  await people?.app.close();
  await host?.close();
  await store?.close();
  await database?.discard();
});

describe('one instance', () => {
  test('goes with what it called, here and in Temporal; the audit stays', async () => {
    await deploy('ret-called', over('ret-called'), 'PT0S');
    const parts = [startEvent('start'), callActivity('call', 'ret-called'), endEvent('end')];
    await deploy('ret-calls', model('ret-calls', parts, 'start > call > end'), 'PT0S');
    const instanceId = await start('ret-calls');
    await closed(instanceId);
    const tree = await store.retention.tree(instanceId);
    expect(tree).toHaveLength(2);
    await remove(instanceId);
    for (const one of tree) {
      expect(await store.processInstances.get(one.instanceId)).toBeNull();
      expect(await host.journal(one.instanceId)).toEqual([]);
      const workflowId = instanceWorkflowId(one.instanceId, one.customerKeyId);
      // Temporal deletes a run when it comes to it: the answer is that it will.
      await expect.poll(() => runOf(host.client, workflowId), { timeout: 120_000 }).toBe('absent');
    }
    const object = `instance:${instanceId}`;
    const { items } = await store.audit.query({ filter: { object } });
    expect(items.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['deleteInstance', 'journal.deleted']),
    );
    // A second time there is nothing: no other answer than for what never was.
    await expect(remove(instanceId)).rejects.toMatchObject({ status: 404 });
  });

  test.each([
    ['running', 'RETENTION_RUNNING'],
    ['in its term', 'RETENTION_NOT_OVER'],
    ['of a process without a term', 'RETENTION_UNKNOWN'],
  ])('that is %s stays', async (what, code) => {
    const key = `ret-${code.toLowerCase().replaceAll('_', '-')}`;
    const waits = model(key, [startEvent('s'), userTask('t'), endEvent('e')], 's > t > e');
    if (what.startsWith('of')) await host.deploy(key, over(key));
    else await deploy(key, what === 'running' ? waits : over(key), 'P1D');
    const instanceId = await start(key);
    if (what !== 'running') await closed(instanceId);
    await expect(remove(instanceId)).rejects.toMatchObject({
      ...{ status: 409, detail: expect.stringContaining(code) },
    });
    expect(await store.processInstances.get(instanceId)).not.toBeNull();
    const { items } = await store.audit.query({
      filter: { action: 'deleteInstance', object: `instance:${instanceId}` },
    });
    expect(items).toMatchObject([{ outcome: 'refused', code }]);
  });

  test('by a key that is another thing’s, and by somebody who is no admin, is not there', async () => {
    const [task = ''] = await store.publicKeys.keysOf([{ kind: 'userTask', id: 'x/y' }]);
    await expect(
      admin.deleteProcessInstance({ processInstanceKey: task as never }),
    ).rejects.toMatchObject({ status: 404 });
    const csm = people.client(await people.token(['csm', 'designer']));
    await expect(
      csm.deleteProcessInstance({ processInstanceKey: '1' as never }),
    ).rejects.toMatchObject({ status: 403 });
    await expect(
      csm.deleteProcessInstancesBatchOperation({ filter: { state: 'COMPLETED' } }),
    ).rejects.toMatchObject({ status: 403 });
  });
});

describe('many', () => {
  const hold = (customerId: string) =>
    store.reading((db) =>
      db.execute(sql`insert into legal_holds (hold_id, customer_id, placed_by, placed_at, sealed_text)
        values (${randomUUID()}, ${customerId}, 'leo', now(), '\\x00')`),
    );

  test('are tried out, begun, killed in the middle, and gone once each; a hold keeps its own', async () => {
    await deploy('ret-many', over('ret-many'), 'PT0S');
    const customerId = randomUUID();
    await store.reading((db) =>
      db.execute(sql`insert into customers (customer_id, key_id, country, tz, locale, since, state, is_strategic, sealed_contact)
        values (${customerId}, ${randomUUID()}, 'PT', 'Europe/Lisbon', 'pt-PT', '2024-01-01', 'active', false, '\\x00')`),
    );
    const held = await start('ret-many', { customerId });
    const ids = await Promise.all(Array.from({ length: COUNT }, () => start('ret-many')));
    for (const id of [held, ...ids]) await closed(id);
    await hold(customerId);
    const path = '/api/v1/retention/ret-many';
    expect(await ask('GET', path)).toMatchObject({
      status: 200,
      body: { total: COUNT, kept: [{ because: 'LEGAL_HOLD', count: 1 }] },
    });
    expect(await ask('POST', `${path}/deletions`, { reason: '' })).toMatchObject({ status: 400 });
    const begun = await ask('POST', `${path}/deletions`, { reason: 'yearly clearing' });
    expect(begun).toMatchObject({ status: 200, body: { total: COUNT } });
    const { batchOperationKey } = begun.body as { batchOperationKey: string };
    const standing = () =>
      admin.getBatchOperation({ batchOperationKey: batchOperationKey as never }, NOW);
    await expect
      .poll(async () => (await standing()).operationsCompletedCount, {
        interval: 20,
        timeout: 20_000,
      })
      .toBeGreaterThan(5);
    await kill(workers[0] as ChildProcess);
    expect((await standing()).operationsCompletedCount).toBeLessThan(COUNT);
    await work();
    await expect
      .poll(async () => (await standing()).state, { timeout: 60_000, interval: 250 })
      .toBe('COMPLETED');
    expect(await standing()).toMatchObject({
      ...{ operationsCompletedCount: COUNT, operationsFailedCount: 0 },
      batchOperationType: 'DELETE_PROCESS_INSTANCE',
    });
    const { items } = await store.processInstances.search({ filter: { processId: 'ret-many' } });
    expect(items.map(({ instanceId }) => instanceId)).toEqual([held]);
    const acts = await store.audit.query({ filter: { action: 'deleteInstance' }, limit: 1000 });
    const told = acts.items.filter(({ object }) => ids.includes(object.slice('instance:'.length)));
    expect(new Set(told.map(({ object }) => object)).size).toBe(COUNT);
    expect(told).toHaveLength(COUNT);
    const journals = await store.audit.query({
      filter: { action: 'journal.deleted' },
      limit: 1000,
    });
    const gone = journals.items.filter(({ object }) =>
      ids.includes(object.slice('instance:'.length)),
    );
    expect(gone).toHaveLength(COUNT);
    const batch = await ask('GET', `/api/v1/batch-operations/${batchOperationKey}`);
    expect(batch.body).toMatchObject({ reason: 'yearly clearing', completed: COUNT });
    // By Camunda's API a filter may name what is kept: it stays, and the item says why.
    const again = await admin.deleteProcessInstancesBatchOperation({
      filter: { processDefinitionId: 'ret-many' },
    });
    const state = async () =>
      (await admin.getBatchOperation({ batchOperationKey: again.batchOperationKey }, NOW)).state;
    await expect.poll(state, { timeout: 20_000 }).toBe('PARTIALLY_COMPLETED');
    const failed = await admin.searchBatchOperationItems(
      { filter: { batchOperationKey: again.batchOperationKey } },
      NOW,
    );
    expect(failed.items).toMatchObject([
      { state: 'FAILED', errorMessage: expect.stringContaining('LEGAL_HOLD') },
    ]);
  });
});
