/** A receiver that does not answer holds up neither who publishes after, nor the next run of its correlator. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WORKFLOWS } from '../../contracts/names.js';
import { instanceWorkflowId } from '../../contracts/workflow-ids.js';
import { createCorrelators } from '../../worker/correlators.js';
import { createKeyedHash } from '../../worker/encryption/index.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import {
  endEvent,
  messageBoundary,
  model,
  startEvent,
  userTask,
} from '../support/durable-model.js';

/** Events of a run of a correlator: few, so that a handful of messages makes several runs. */
const EVENTS = 60;
const KEY = 'k';

let host: TestEngine;
let deaf = '';
beforeEach(async () => {
  host = await startTestEngine({}, { correlatorEvents: EVENTS });
  // An instance on a queue that nobody serves.
  deaf = instanceWorkflowId(randomUUID(), null);
  await host.client.workflow.start(WORKFLOWS.instance, {
    workflowId: deaf,
    taskQueue: `nobody-${randomUUID()}`,
    args: [{}],
  });
});
afterEach(async () => {
  await host.close();
});

const listener = model(
  'listener',
  [
    startEvent('start'),
    userTask('work'),
    messageBoundary('news', 'work', 'news', `"${KEY}"`),
    endEvent('end'),
    endEvent('heard'),
  ],
  'start > work > end, news > heard',
);

/** The deaf instance takes every message of the name and key, as it says. */
async function subscribeDeaf(): Promise<void> {
  const { keyProvider, taskQueue = '' } = host.options;
  const correlators = createCorrelators({
    client: host.client,
    taskQueue,
    keyedHash: createKeyedHash({ keyProvider }),
    startsBy: async () => [],
    events: EVENTS,
  });
  await correlators.open({
    ...{ workflowId: deaf, processId: 'deaf', subscriptionId: 'news:1' },
    ...{ of: 'message', name: 'news', key: KEY, depth: 0, isInterrupting: false },
  });
}

/** Lists tell of a run a moment after it was begun. */
async function runOfCorrelator(): Promise<string> {
  await expect.poll(findRun, { timeout: 60_000 }).not.toBeNull();
  return (await findRun()) ?? runOfCorrelator();
}

async function findRun(): Promise<string | null> {
  const query = `WorkflowType = '${WORKFLOWS.messages}' and TaskQueue = '${host.options.taskQueue}' and ExecutionStatus = 'Running'`;
  for await (const { runId } of host.client.workflow.list({ query })) return runId;
  return null;
}

/** Publishes a message by its number, also again. @returns its outcome, or the code of why there is none */
const publish = async (number: number): Promise<string> => {
  const message = { name: 'news', key: KEY, timeToLive: 'PT1H', variables: {} };
  return host.engine
    .publish({ ...message, messageId: `m-${number}` })
    .then(({ outcome }) => outcome)
    .catch((error: unknown) => (error as { code?: string }).code ?? String(error));
};

test('publishers are let go, runs follow each other, and each message arrives once', async () => {
  await host.deploy('listener', listener);
  const started = await host.engine.start({ processId: 'listener', requestId: null, actor: null });
  const { instanceId } = started;
  await subscribeDeaf();
  const first = await runOfCorrelator();

  const waiting: Promise<string>[] = [];
  const until = performance.now() + 60_000;
  let run = first;
  while (run === first || waiting.length < 30) {
    if (performance.now() > until)
      throw new Error(`${waiting.length} messages, and still the first run`);
    waiting.push(publish(waiting.length + 1));
    await new Promise((done) => setTimeout(done, 200));
    run = await runOfCorrelator();
  }
  const outcomes = await Promise.all(waiting);
  // Nobody hears that it was received: the deaf one has not said so. On a busy machine some hear nothing in their time.
  const told = outcomes.filter((outcome) => outcome !== 'WORKER_UNAVAILABLE');
  expect(new Set(told)).toEqual(new Set(['underway']));

  await host.client.workflow.getHandle(deaf).terminate('it will never answer');
  // Whoever heard nothing asks again, under the same id.
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome !== 'WORKER_UNAVAILABLE') continue;
    await expect.poll(() => publish(index + 1), { timeout: 60_000 }).not.toBe(outcome);
  }
  const heard = async (): Promise<number> =>
    (await host.journal(instanceId)).filter(
      ({ kind, elementId }) => kind === 'elementCompleted' && elementId === 'heard',
    ).length;
  await expect.poll(heard, { timeout: 60_000, interval: 500 }).toBe(waiting.length);
  // The one who is gone holds nobody up any more.
  const last = waiting.length + 1;
  await expect.poll(() => publish(last), { timeout: 60_000, interval: 1000 }).toBe('received');
  await expect.poll(heard, { timeout: 20_000 }).toBe(last);
}, 240_000);
