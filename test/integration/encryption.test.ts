/**
 * A real server stores nothing in plain: a canary goes through every path by which data reaches Temporal, and then the
 * database file is searched by code that knows nothing of the codec.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { activityInfo, CompleteAsyncError, heartbeat } from '@temporalio/activity';
import {
  Client,
  Connection,
  WithStartWorkflowOperation,
  type WorkflowHandle,
} from '@temporalio/client';
import { ApplicationFailure, type DataConverter } from '@temporalio/common';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import {
  createDataConverter,
  type KeyProvider,
  openLocalKeyring,
} from '../../worker/encryption/index.js';
import type { Refusal } from '../../worker/encryption/payload-codec.js';
import { prepareRuntime } from '../../worker/runtime.js';
import { findCanaries } from '../support/canary.js';
import {
  ask,
  buggy,
  type EncryptionActivities,
  echoes,
  everyPath,
  look,
  tell,
  waits,
} from '../support/encryption-workflow.js';

const suffix = randomBytes(8).toString('hex');
const taskQueue = `encryption-${suffix}`;
const folder = mkdtempSync(join(tmpdir(), 'jornada-encryption-'));
const refusals: Refusal[] = [];
const released: (() => void)[] = [];

let keyProvider: KeyProvider;
let dataConverter: DataConverter;
let connection: Connection;
let client: Client;
let worker: Worker;
let running: Promise<void>;
let workflowBundle: Awaited<ReturnType<typeof bundleWorkflowCode>>;
let ada: string;

function say(path: string): string {
  return `canary-${path}-${suffix}`;
}

const activities: EncryptionActivities = {
  echo: async (text, result) => `${text} ${result}`,
  heartbeats: async (details, message) => {
    const before: unknown = activityInfo().heartbeatDetails;
    if (before !== undefined) return `again with ${String(before)}`;
    heartbeat(details);
    throw ApplicationFailure.create({ message });
  },
  fails: async (message, details, text) => {
    const cause = new Error(text);
    throw ApplicationFailure.create({ message, cause, details: [details], nonRetryable: true });
  },
  completedElsewhere: async () => {
    const { workflowExecution, activityId } = activityInfo();
    const workflowId = workflowExecution?.workflowId ?? '';
    setTimeout(() => {
      void client.activity.complete({ workflowId, activityId }, say('elsewhere-result'));
    }, 100);
    throw new CompleteAsyncError();
  },
  waitsForRelease: async (text) => {
    await new Promise<void>((resolve) => {
      released.push(resolve);
    });
    if (text.includes('late-failure')) {
      throw ApplicationFailure.create({ message: text, details: [text], nonRetryable: true });
    }
    return text;
  },
};

beforeAll(async () => {
  prepareRuntime();
  keyProvider = await openLocalKeyring({ folder, masterKey: null });
  ada = await keyProvider.create();
  dataConverter = createDataConverter({
    keyProvider,
    onRefused: (refusal) => refusals.push(refusal),
  });
  connection = await Connection.connect({ address: inject('temporalAddress') });
  client = new Client({ connection, dataConverter });
  const { failureConverterPath } = dataConverter;
  workflowBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../support/encryption-workflow.ts', import.meta.url)),
    ...(failureConverterPath && { failureConverterPath }),
  });
  worker = await Worker.create({
    connection: await NativeConnection.connect({ address: inject('temporalAddress') }),
    taskQueue,
    workflowBundle,
    dataConverter,
    activities,
    identity: `worker-${suffix}`,
    maxCachedWorkflows: 0, // each task replays: all contexts are met on both ways
  });
  running = worker.run();
});

afterAll(async () => {
  worker.shutdown();
  await running;
  await connection.close();
  rmSync(folder, { recursive: true, force: true });
});

function idOf(keyId: string): string {
  return `p.${keyId}.${randomUUID()}`;
}

/** All messages of a failure and its causes. */
function messagesOf(error: unknown): string {
  const parts: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause) parts.push(at.message);
  return parts.join(' < ');
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => new Error('Expected a failure'),
    (error: unknown) => error,
  );
}

/** Waits until a workflow task of that instance has failed: event type WORKFLOW_TASK_FAILED. */
async function taskFailure(handle: WorkflowHandle): Promise<void> {
  const types = async (): Promise<unknown> =>
    (await handle.fetchHistory()).events?.map(({ eventType }) => eventType);
  await expect.poll(types, { timeout: 20_000 }).toContain(9);
}

const PATHS = [
  'memo static-summary static-details argument update update-result fail update-failure signal',
  'activity-argument activity-result heartbeat elsewhere-argument elsewhere-result activity-failure activity-details',
  'activity-cause retried-failure local-argument local-result local-failure local-details local-cause timer-summary',
  'upserted-memo child-argument child-memo child-summary from-child child-result child-failure carried-over next-memo',
  'last-failure last-cause query query-result refuse refusal bug schedule schedule-memo start-signal start-update',
  'terminated late-failure',
]
  .join(' ')
  .split(' ');

test('every path works under the codec, and both runs see what was sent', async () => {
  const handle = await client.workflow.start(everyPath, {
    taskQueue,
    workflowId: idOf(ada),
    args: [{ suffix, round: 1, carried: say('argument'), seen: [] }],
    memo: { note: say('memo') },
    staticSummary: say('static-summary'),
    staticDetails: say('static-details'),
    searchAttributes: { customerKeyId: [ada] },
  });
  expect((await handle.describe()).memo).toEqual({ note: say('memo') });
  expect(await handle.query(look, say('query'))).toBe(`${say('query')} ${say('query-result')}`);
  await handle.signal(tell, say('signal'));
  expect(await handle.executeUpdate(ask, { args: [say('update')] })).toBe(say('update-result'));
  const refused = await failureOf(handle.executeUpdate(ask, { args: [say('refuse')] }));
  expect(messagesOf(refused)).toContain(say('refusal'));
  const failed = await failureOf(handle.executeUpdate(ask, { args: [say('fail')] }));
  expect(messagesOf(failed)).toContain(say('update-failure'));

  const ended = await failureOf(handle.result());
  expect(messagesOf(ended)).toContain(`${say('last-failure')} < ${say('last-cause')}`);
  const last = (ended as Error).cause as ApplicationFailure;
  expect(last.stack).toContain('encryption-workflow.ts');
  const seen = JSON.stringify(last.details);
  for (const path of [
    ...[
      'argument',
      'carried-over',
      'signal',
      'update',
      'fail',
      'activity-argument',
      'activity-result',
    ],
    ...['heartbeat', 'elsewhere-result', 'activity-failure', 'activity-cause', 'local-argument'],
    ...[
      'local-result',
      'local-failure',
      'local-cause',
      'child-result',
      'child-failure',
      'from-child',
    ],
  ]) {
    expect(seen).toContain(say(path));
  }
  expect((await handle.describe()).memo).toMatchObject({ kept: say('next-memo') });
});

test('a run whose history was fetched replays', async () => {
  const handle = await client.workflow.start(echoes, {
    taskQueue,
    workflowId: `c.${ada}.replayed`,
    args: [say('argument')],
  });
  await handle.signal(tell, say('signal'));
  await handle.result();
  const history = await handle.fetchHistory();
  const { workflowId } = handle;
  await Worker.runReplayHistory({ workflowBundle, dataConverter }, history, workflowId);
});

test('starting by signal, by update and by schedule', async () => {
  const bySignal = await client.workflow.signalWithStart(echoes, {
    taskQueue,
    workflowId: `c.${ada}.${suffix}`,
    args: [say('start-signal')],
    signal: tell,
    signalArgs: [say('signal')],
  });
  expect(await bySignal.result()).toBe(`${say('start-signal')} ${say('signal')}`);

  const startWorkflowOperation = new WithStartWorkflowOperation(echoes, {
    taskQueue,
    workflowId: `s.${ada}.${suffix}`,
    args: [say('start-update')],
    workflowIdConflictPolicy: 'FAIL',
  });
  const options = { startWorkflowOperation, args: [say('update')] as [string] };
  expect(await client.workflow.executeUpdateWithStart(ask, options)).toBe(say('start-update'));

  const schedule = await client.schedule.create({
    scheduleId: `schedule-${suffix}`,
    spec: { intervals: [{ every: '1h' }] },
    action: {
      type: 'startWorkflow',
      workflowType: echoes,
      workflowId: `t.system.${suffix}`,
      taskQueue,
      args: [say('schedule')],
      memo: { note: say('schedule-memo') },
    },
    state: { triggerImmediately: true },
  });
  await expect.poll(async () => (await schedule.describe()).info.recentActions.length).toBe(1);
  const [recent] = (await schedule.describe()).info.recentActions;
  const workflowId = recent?.action.workflow.workflowId ?? '';
  expect(workflowId).toMatch(new RegExp(`^t\\.system\\.${suffix}-\\d{4}-`));
  const started = client.workflow.getHandle(workflowId);
  expect(await started.result()).toContain(say('schedule'));
  expect((await started.describe()).memo).toEqual({ note: say('schedule-memo') });
  await schedule.delete();
});

test('a bug fails the workflow task without telling, and termination details are encrypted', async () => {
  const args: [string] = [say('bug')];
  const handle = await client.workflow.start(buggy, { taskQueue, workflowId: idOf(ada), args });
  await taskFailure(handle);
  await client.connection.workflowService.terminateWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId: handle.workflowId },
    reason: 'TEST_ENDED',
  });
  const waiting = await client.workflow.start(echoes, {
    taskQueue,
    workflowId: idOf(ada),
    args: [say('terminated')],
  });
  await waiting.terminate('TEST_ENDED');
  await expect(waiting.result()).rejects.toThrow();
});

test('the worker refuses what a client without the codec sends, and goes on', async () => {
  const plain = new Client({ connection });
  const workflowId = idOf(ada);
  const handle = await plain.workflow.start(echoes, {
    taskQueue,
    workflowId,
    args: [say('plain')],
  });
  await expect
    .poll(() => refusals, { timeout: 20_000 })
    .toContainEqual(expect.objectContaining({ code: 'PAYLOAD_NOT_ENCRYPTED', workflowId }));
  await handle.terminate('TEST_ENDED');
});

test('destroying one customer’s key stops nothing of another, and the worker lives', async () => {
  const bob = await keyProvider.create();
  const begin = (keyId: string, path: string): Promise<WorkflowHandle<typeof waits>> =>
    client.workflow.start(waits, { taskQueue, workflowId: idOf(keyId), args: [say(path)] });
  const [ofBob, failing, ofAda] = await Promise.all([
    begin(bob, 'argument'),
    begin(bob, 'late-failure'), // its text cannot be encrypted any more
    begin(ada, 'argument'),
  ]);
  await expect.poll(() => released.length, { timeout: 20_000 }).toBe(3);
  await keyProvider.destroy(bob);
  for (const release of released) release();
  expect(await ofAda.result()).toBe(say('argument'));
  for (const handle of [ofBob, failing]) await taskFailure(handle);
  expect(worker.getState()).toBe('RUNNING');
  await expect(begin(bob, 'argument')).rejects.toMatchObject({ code: 'KEY_SHREDDED' });
  await expect(begin(ada, 'argument').then((handle) => handle.terminate())).resolves.toBeDefined();
  for (const handle of [ofBob, failing]) await handle.terminate('KEY_SHREDDED');
});

test('no canary is in the database file, but the one that was written without the codec', async () => {
  const file = inject('temporalDatabaseFile');
  expect(findCanaries(file, [say('plain')])).not.toEqual([]);
  expect(findCanaries(file, PATHS.map(say))).toEqual([]);
});
