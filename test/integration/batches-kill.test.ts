/** A worker that is killed in the middle of a batch: another one goes on, and each item is done and told of once. */
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openStore, type Store } from '../../store/index.js';
import { createBatchRuns } from '../../worker/batches/index.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import { endEvent, model, startEvent, userTask } from '../support/durable-model.js';
import { fixedSealing } from '../support/fixed-keys.js';
import { onPostgres, type TestDatabase } from '../support/store.js';
import { spawnWorker } from '../support/worker-process.js';

const COUNT = 60;

let database: TestDatabase;
let store: Store;
let host: TestEngine;
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

beforeAll(async () => {
  database = await onPostgres(inject('databaseUrl'));
  store = await openStore(database.config, fixedSealing());
  host = await startTestEngine({}, { store, hasWorker: false, withinMs: 60_000 });
});
afterAll(async () => {
  for (const child of workers) if (child.exitCode === null && !child.killed) await kill(child);
  await host?.close();
  await store?.close();
  await database?.discard();
});

test('nothing is left out, and nothing done twice', async () => {
  const first = await work();
  const parts = [startEvent('start'), userTask('task'), endEvent('end')];
  await host.deploy('many', model('many', parts, 'start > task > end'));
  for (let index = 0; index < COUNT; index += 1) {
    const started = { requestId: randomUUID(), actor: 'ann', elementId: null, businessKey: null };
    await host.engine.start({ processId: 'many', version: null, variables: {}, ...started });
  }
  const batchId = randomUUID();
  const plan = { type: 'SUSPEND_PROCESS_INSTANCE' } as const;
  const by = {
    actor: 'ann',
    requestId: randomUUID(),
    reason: 'a flood',
    at: new Date().toISOString(),
  };
  const meant = { filter: { processId: 'many' } };
  const begun = await store.batches.begin({ batchId, plan }, meant, by);
  expect(begun.total).toBe(COUNT);
  // Whoever begins it may be killed before its workflow is there: the next worker that starts takes it up.
  await createBatchRuns(host.client, host.options.taskQueue ?? '', store).restore();
  const standing = () => store.batches.get(batchId);
  await expect
    .poll(async () => (await standing())?.completed, { interval: 20, timeout: 20_000 })
    .toBeGreaterThan(5);
  await kill(first);
  const halfway = await standing();
  expect(halfway?.completed).toBeLessThan(COUNT);
  await work();
  await expect
    .poll(async () => (await standing())?.state, { timeout: 60_000, interval: 250 })
    .toBe('COMPLETED');
  expect(await standing()).toMatchObject({ completed: COUNT, failed: 0 });
  const acts = await store.audit.query({ filter: { action: 'suspendInstance' }, limit: 1000 });
  expect(new Set(acts.items.map(({ object }) => object)).size).toBe(COUNT);
  expect(acts.items).toHaveLength(COUNT);
  expect(new Set(acts.items.map(({ reason }) => reason))).toEqual(new Set(['a flood']));
  const told = await store.journal.search({ filter: { kind: 'instanceSuspended' }, limit: 1000 });
  expect(told.items).toHaveLength(COUNT);
});
