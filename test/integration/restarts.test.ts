/** An engine that is stopped in order and started again between any two things that happen: nobody notices. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JournalEntry } from '../../engine/model/index.js';
import { openStore, type Store } from '../../store/index.js';
import type { RunningEngine } from '../../worker/index.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import {
  after,
  endEvent,
  messageCatch,
  model,
  parallelGateway,
  serviceTask,
  startEvent,
  timerBoundary,
  userTask,
} from '../support/durable-model.js';
import { fixedSealing } from '../support/fixed-keys.js';
import { fetchHistory, isAtRest, replay } from '../support/histories.js';

const XML = model(
  'restarted',
  [
    startEvent('start'),
    ...['find', 'judge', 'send', 'make', 'charge', 'tell'].map((id) => serviceTask(id, 'noop')),
    ...['check', 'review', 'confirm'].map((id) => userTask(id)),
    timerBoundary('late', 'review', after('PT5H'), false),
    messageCatch('signed', 'signed', '=key'),
    parallelGateway('both'),
    parallelGateway('done-both'),
    endEvent('reminded'),
    endEvent('end'),
  ],
  `start > find > judge > check > send > signed > both > make > done-both > review > tell > confirm > end
   both > charge > done-both
   late > reminded`,
);

/** An activity that Temporal hands to a worker just as that one stops waits out its half minute. */
const WITHIN_MS = 60_000;

let store: Store;
let first: TestEngine;
let running: Pick<RunningEngine, 'engine' | 'client' | 'close'>;

beforeAll(async () => {
  store = await openStore({ databaseUrl: null, folder: null }, fixedSealing());
  first = await startTestEngine({ noop: async () => ({}) }, { store });
  running = first;
  await first.deploy('restarted', XML);
});
afterAll(async () => {
  await running?.close();
  await store?.close();
});

async function restart(): Promise<void> {
  await running.close();
  running = await first.again();
}

/** Waits until the instance waits at an element, as the store tells it. @returns its journal then */
async function waitingAt(instanceId: string, elementId: string): Promise<readonly JournalEntry[]> {
  const isThere = async (): Promise<boolean> =>
    (await first.journal(instanceId)).some(
      (entry) =>
        entry.elementId === elementId &&
        (entry.kind === 'taskOpened' || entry.kind === 'subscriptionOpened'),
    );
  await expect.poll(isThere, { timeout: WITHIN_MS }).toBe(true);
  return first.journal(instanceId);
}

/** As the command line does: who gets no answer in time asks again, by the same id, until there is one. */
async function persistently<T extends object | undefined>(ask: () => Promise<T>): Promise<T> {
  const until = Date.now() + WITHIN_MS;
  for (;;) {
    const answer = await ask().catch((error: { readonly code?: string }) => error);
    const { code } = { code: null, ...answer };
    if (code !== 'WORKER_UNAVAILABLE' || Date.now() > until) {
      if (answer instanceof Error) throw answer;
      return answer as T;
    }
  }
}

const complete = async (instanceId: string, elementId: string): Promise<void> => {
  const journal = await waitingAt(instanceId, elementId);
  const opened = journal.filter((entry) => entry.kind === 'taskOpened').at(-1);
  const command = { instanceId, requestId: `done ${elementId}`, actor: 'ada', action: null };
  const taskId = opened?.elementInstanceId ?? '';
  const answer = await persistently(() =>
    running.engine.completeTask({ ...command, taskId, variables: {} }),
  );
  expect(answer).toMatchObject({ ok: true });
};

const publish = async (key: string): Promise<void> => {
  const message = { name: 'signed', key, messageId: `m ${key}`, timeToLive: 'PT1H', variables: {} };
  await persistently(() => running.engine.publish(message));
};

/** What is done to an instance, and where it waits before. */
const STEPS: readonly (readonly [
  waitsAt: string,
  act: (id: string, key: string) => Promise<void>,
])[] = [
  ['check', (id) => complete(id, 'check')],
  ['signed', (_id, key) => publish(key)],
  ['review', (id) => complete(id, 'review')],
  ['confirm', (id) => complete(id, 'confirm')],
];

const kinds = (journal: readonly JournalEntry[]): readonly string[] =>
  journal.map(({ kind, elementId }) => `${kind} ${elementId}`).sort();

/** Runs an instance, and does something between any two steps. @returns its journal */
async function run(key: string, between: () => Promise<void>): Promise<readonly JournalEntry[]> {
  const start = { processId: 'restarted', requestId: null, actor: null, variables: { key } };
  const { instanceId } = await running.engine.start(start);
  const workflowId = `p.system.${instanceId}`;
  for (const [waitsAt, act] of STEPS) {
    const before = await waitingAt(instanceId, waitsAt);
    // The store may tell of a decision a moment before Temporal has recorded it.
    await expect
      .poll(() => isAtRest(running.client, workflowId), { timeout: WITHIN_MS })
      .toBe(true);
    await between();
    await act(instanceId, key);
    // What was there before the restart is there after it.
    expect((await first.journal(instanceId)).slice(0, before.length)).toEqual(before);
  }
  await expect
    .poll(async () => (await store.processInstances.get(instanceId))?.state, { timeout: WITHIN_MS })
    .toBe('COMPLETED');
  const history = await fetchHistory(running.client, workflowId);
  const folder = join(tmpdir(), 'jornada-test-bundles', 'bundles');
  expect(await replay([{ name: key, workflowId, history }], folder)).toEqual([]);
  return first.journal(instanceId);
}

test('stopped and started between all steps, an instance is as one that nobody stopped', {
  timeout: 300_000,
}, async () => {
  const undisturbed = kinds(await run('never', async () => {}));
  expect(kinds(await run('always', restart))).toEqual(undisturbed);
});
