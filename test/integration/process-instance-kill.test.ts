/** Workers that are killed in the middle: another one goes on, and nothing is lost or done under another key. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { openStore, type Store } from '../../store/index.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import { endEvent, model, serviceTask, startEvent, userTask } from '../support/durable-model.js';
import { fixedSealing } from '../support/fixed-keys.js';
import { recordedJournal } from '../support/recorded-journal.js';
import { runScript } from '../support/script.js';
import { onPostgres, type TestDatabase } from '../support/store.js';

const SCRIPT = fileURLToPath(new URL('../support/durable-worker.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'jornada-kill-'));
const gate = join(folder, 'gate');

let database: TestDatabase;
let store: Store;
let client: TestEngine;
const workers: ChildProcess[] = [];

/** Starts a worker process, whose last entry of the journal is of the kind `last`. @returns it, what it has said so far, and a wait for a line of it */
function spawnWorker(last = '') {
  const { taskQueue } = client.options;
  const bundles = join(tmpdir(), 'jornada-test-bundles');
  const url = database.config.databaseUrl;
  const args = [inject('temporalAddress'), taskQueue, url, bundles, gate, last];
  const child = spawn(process.execPath, runScript(SCRIPT, ...args.map(String)), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  workers.push(child);
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const hears = async (line: string): Promise<string> => {
    for (let i = 0; i < 1200 && !said.includes(line); i += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(said).toContain(line);
    return said;
  };
  return { child, hears };
}

beforeAll(async () => {
  database = await onPostgres(inject('databaseUrl'));
  store = await openStore(database.config, fixedSealing());
  client = await startTestEngine({}, { store, hasWorker: false, withinMs: 60_000 });
});
/** A worker that lives on would take the decisions of the next test. */
afterEach(async () => {
  for (const child of workers.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
});
afterAll(async () => {
  await client?.close();
  await store?.close();
  await database?.discard();
  rmSync(folder, { recursive: true, force: true });
});

test('a worker killed during a service task and between user tasks loses nothing', async () => {
  const parts = [
    startEvent('start'),
    serviceTask('slow', 'slow', { 'jornada:timeout': 'PT3S', 'jornada:backoff': 'PT0.1S' }, 5),
    userTask('check'),
    endEvent('end'),
  ];
  await client.deploy('killed', model('killed', parts, 'start > slow > check > end'));
  const first = spawnWorker();
  await first.hears('ready');
  const start = { processId: 'killed', requestId: 'k1', actor: null, variables: {} };
  const { instanceId, ok } = await client.engine.start(start);
  expect(ok).toBe(true);
  const before = /slow ([a-z2-7]+)/.exec(await first.hears('slow '))?.[1];
  first.child.kill('SIGKILL');

  const second = spawnWorker();
  await second.hears('ready');
  const after = /slow ([a-z2-7]+)/.exec(await second.hears('slow '))?.[1];
  expect(after).toBe(before);
  writeFileSync(gate, '');
  const view = await client.until(
    instanceId,
    ({ state }) => Object.keys(state?.tasks ?? {}).length === 1,
    60_000,
  );
  second.child.kill('SIGKILL');

  const third = spawnWorker();
  await third.hears('ready');
  const command = { instanceId, requestId: 'k2', actor: null, action: null, variables: {} };
  const taskId = Object.keys(view.state?.tasks ?? {})[0] ?? '';
  expect(await client.engine.completeTask({ ...command, taskId })).toMatchObject({ ok: true });
  expect(await client.ended(instanceId, 60_000)).toBe('COMPLETED');
  const journal = await client.journal(instanceId);
  expect(journal.map(({ sequence }) => sequence)).toEqual(journal.map((_, index) => index + 1));
  expect(journal.filter(({ kind }) => kind === 'jobCompleted')).toHaveLength(1);
});

test('what a worker journaled and could not record gives way to what was decided after it', async () => {
  const parts = [
    startEvent('start'),
    userTask('approve'),
    serviceTask('judge', 'judge', { 'jornada:local': 'true' }),
    endEvent('end'),
  ];
  const chain = 'start > approve > judge > end';
  await client.deploy('torn', model('torn', parts, chain));
  const first = spawnWorker('taskCompleted');
  const died = once(first.child, 'exit');
  await first.hears('ready');
  const start = { processId: 'torn', requestId: 't1', actor: null, variables: {} };
  const { instanceId } = await client.engine.start(start);
  const state = (await client.engine.view(instanceId)).state;
  const taskId = Object.keys(state?.tasks ?? {})[0] ?? '';
  const command = { instanceId, taskId, requestId: 't2', actor: 'ann', action: 'approve' };
  const completing = client.engine.completeTask({ ...command, variables: { approved: true } });
  expect((await died)[1]).toBe('SIGKILL');
  // The store tells of an end that never was.
  expect((await store.processInstances.get(instanceId))?.state).toBe('COMPLETED');
  const told = (await client.journal(instanceId)).length;
  const second = spawnWorker();
  await second.hears('ready');
  expect(await completing).toMatchObject({ ok: true, status: 'active' });
  const view = await client.until(
    instanceId,
    ({ state: now }) => Object.keys(now?.incidents ?? {}).length === 1,
  );
  expect(await store.processInstances.get(instanceId)).toMatchObject({
    state: 'ACTIVE',
    hasIncident: true,
    endedAt: null,
  });
  expect(await store.userTasks.get(instanceId, taskId)).toMatchObject({ state: 'COMPLETED' });
  const [incidentId = ''] = Object.keys(view.state?.incidents ?? {});
  const mend = { instanceId, incidentId, requestId: 't3', actor: 'olga', variables: {} };
  expect(await client.engine.resolveIncident({ ...mend, how: 'complete' })).toMatchObject({
    ok: true,
  });
  expect(await client.ended(instanceId)).toBe('COMPLETED');
  const recorded = await recordedJournal(client.client, `p.system.${instanceId}`);
  expect(recorded.length).toBeGreaterThan(told);
  expect(await client.journal(instanceId)).toEqual(recorded);
  expect(recorded.map(({ sequence }) => sequence)).toEqual(recorded.map((_, index) => index + 1));
  const { items } = await store.audit.query({ filter: { object: `instance:${instanceId}` } });
  expect(items).toMatchObject([{ action: 'journal.replaced' }]);
});
