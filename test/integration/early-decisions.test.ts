/** Decisions that a job's worker takes early: taken over where they fit, void where the instance has gone on. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { JournalEntry } from '../../engine/model/index.js';
import { openStore, type Store } from '../../store/index.js';
import { type KeptLog, keepLog } from '../support/audit-log.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import {
  after,
  callActivity,
  endEvent,
  model,
  parallelGateway,
  serviceTask,
  startEvent,
  timerBoundary,
  userTask,
} from '../support/durable-model.js';
import { fixedSealing } from '../support/fixed-keys.js';
import { eventTypes, fetchHistory, isAtRest } from '../support/histories.js';
import { recordedJournal } from '../support/recorded-journal.js';

const STEPS = ['one', 'two', 'three'];
const XML = model(
  'early',
  [startEvent('start'), ...STEPS.map((id) => serviceTask(id, id)), endEvent('end')],
  'start > one > two > three > end',
);
type Running = Pick<TestEngine, 'engine' | 'client'>;

let store: Store;
let host: TestEngine;
let log: KeptLog;
/** What the store does beside writing; each test has its own. */
let whenAppended: (entries: readonly JournalEntry[], instanceId: string) => Promise<void>;
let isDown: boolean;

beforeAll(async () => {
  store = await openStore({ databaseUrl: null, folder: null }, fixedSealing());
  log = keepLog(store, 50);
  const append: Store['journal']['append'] = async (instance, entries, basis) => {
    if (isDown) throw new Error('connection refused');
    const stored = await store.journal.append(instance, entries, basis);
    await whenAppended(entries, instance.instanceId);
    return stored;
  };
  const watched: Store = { ...store, journal: { ...store.journal, append } };
  host = await startTestEngine(
    {
      one: async ({ variables }) => {
        isDown = variables.losesStore === true;
        return { one: 1 };
      },
      two: async () => ({ two: 2 }),
      slow: async () => {
        await new Promise((resolve) => setTimeout(resolve, 3000));
      },
      three: async () => {
        isDown = false;
        return { three: 3 };
      },
    },
    { store: watched },
  );
  await host.deploy('early', XML);
});
beforeEach(() => {
  isDown = false;
  whenAppended = async () => {};
});
afterAll(async () => {
  await log.keeper.close();
  log.discard();
  await host.close();
  await store.close();
});

/** Runs one instance to its end. @returns its journal as stored and as recorded, and its markers */
async function run(variables = {}, { engine, client }: Running = host) {
  const { instanceId } = await engine.start({
    processId: 'early',
    requestId: null,
    actor: null,
    variables,
  });
  expect(await host.ended(instanceId)).toBe('COMPLETED');
  const workflowId = `p.system.${instanceId}`;
  const result = await client.workflow.getHandle(workflowId).result();
  const types = eventTypes(await fetchHistory(client, workflowId));
  return {
    instanceId,
    result,
    markers: types.filter((type) => type === 'MARKER_RECORDED').length,
    stored: await host.journal(instanceId),
    recorded: await recordedJournal(client, workflowId),
  };
}

const kinds = (journal: readonly JournalEntry[]) => journal.map(({ kind }) => kind);
const COMPLETED = { status: 'completed', variables: { one: 1, two: 2, three: 3 } };

/** What happens in an instance that nothing disturbs. */
let undisturbed: readonly string[];

test('jobs in a row leave two markers', async () => {
  const { result, markers, stored, recorded } = await run();
  expect(result).toMatchObject(COMPLETED);
  expect(markers).toBe(2);
  expect(stored).toEqual(recorded);
  undisturbed = kinds(stored);
});

test('a change that comes between makes an early decision void: it is decided anew, on all that happened', async () => {
  let isChanged = false;
  whenAppended = async (entries, instanceId) => {
    const isEarly = entries.some(
      ({ kind, elementId }) => kind === 'jobCompleted' && elementId === 'two',
    );
    if (isChanged || !isEarly) return;
    isChanged = true;
    const change = { scopeId: null, variables: { between: true }, requestId: 'v1', actor: 'olga' };
    expect(await host.engine.setVariables({ instanceId, ...change })).toMatchObject({ ok: true });
  };
  const { instanceId, result, stored, recorded } = await run();
  expect(isChanged).toBe(true);
  expect(result).toMatchObject({ variables: { ...COMPLETED.variables, between: true } });
  expect(stored).toEqual(recorded);
  expect(stored.filter(({ kind }) => kind === 'jobCompleted')).toHaveLength(STEPS.length);
  const audit = await store.audit.query({ filter: { object: `instance:${instanceId}` } });
  expect(audit.items.map(({ action }) => action)).toContain('journal.replaced');
});

test('a job that is cancelled takes no call with it that began before', async () => {
  const child = [startEvent('start'), userTask('approve'), endEvent('end')];
  await host.deploy('called', model('called', child, 'start > approve > end'));
  const slow = ['slow-a', 'slow-b'];
  const parts = [
    startEvent('start'),
    parallelGateway('fork'),
    callActivity('call', 'called'),
    serviceTask('one', 'one'),
    parallelGateway('both'),
    ...slow.map((id) => serviceTask(id, 'slow')),
    ...slow.map((id) => timerBoundary(`late-${id}`, id, after('PT1S'))),
    ...['end', 'end-a', 'end-b', 'late-end-a', 'late-end-b'].map(endEvent),
  ];
  const chains = `start > fork > call > end, fork > one > both,
    both > slow-a > end-a, both > slow-b > end-b, late-slow-a > late-end-a, late-slow-b > late-end-b`;
  await host.deploy('calling', model('calling', parts, chains));
  const start = { processId: 'calling', requestId: null, actor: null, variables: {} };
  const { instanceId } = await host.engine.start(start);
  await host.until(
    instanceId,
    ({ state }) => Object.keys(state?.jobs ?? {}).length === 0 && state?.status === 'active',
  );
  const calls = await host.store.processInstances.search({
    filter: { callerInstanceId: instanceId },
  });
  const childId = calls.items[0]?.instanceId ?? '';
  const view = await host.until(childId, ({ state }) => Object.keys(state?.tasks ?? {}).length > 0);
  const [taskId = ''] = Object.keys(view.state?.tasks ?? {});
  const completion = { taskId, requestId: 'c', actor: null, action: null, variables: {} };
  expect(await host.engine.completeTask({ instanceId: childId, ...completion })).toMatchObject({
    ok: true,
  });
  expect(await host.ended(instanceId)).toBe('COMPLETED');
});

test('whoever completes a task that was opened early waits for its instance, though their request has replaced it', async () => {
  const parts = [
    startEvent('start'),
    serviceTask('one', 'one'),
    userTask('check'),
    endEvent('end'),
  ];
  await host.deploy('asked', model('asked', parts, 'start > one > check > end'));
  let answer: ReturnType<TestEngine['engine']['completeTask']> | null = null;
  const refused: (readonly string[])[] = [];
  const tasksLeft: number[] = [];
  whenAppended = async (entries, instanceId) => {
    if (entries.some(({ kind }) => kind === 'requestRefused')) {
      refused.push(kinds(entries));
      const filter = { instanceId };
      tasksLeft.push((await store.userTasks.search({ filter })).items.length);
    }
    const taskId = entries.find(({ kind }) => kind === 'taskOpened')?.elementInstanceId;
    if (answer !== null || taskId === undefined || taskId === null) return;
    // The job's worker has written what it decided; Temporal hears of it when this is over.
    answer = host.engine.completeTask({
      ...{ instanceId, taskId, actor: 'ada', requestId: 'c', variables: {}, action: null },
    });
    await expect.poll(() => refused.length, { timeout: 10_000 }).toBeGreaterThan(0);
  };
  const start = { processId: 'asked', requestId: null, actor: null, variables: {} };
  const { instanceId } = await host.engine.start(start);
  expect(await host.ended(instanceId)).toBe('COMPLETED');
  expect(tasksLeft[0]).toBe(0);
  expect(await answer).toMatchObject({ ok: true });
});

// The last on this worker: for two seconds it then gives the store less time than the test before needs.
test('without a store nothing is lost: what was decided early is stored with what comes next', async () => {
  const { result, stored, recorded } = await run({ losesStore: true });
  expect(result).toMatchObject(COMPLETED);
  expect(stored).toEqual(recorded);
});

test('a worker that keeps no state is asked each time, and the journal is the same', async () => {
  await host.close();
  const forgetful = await host.again({ keptStates: 0 });
  const { markers, stored, recorded } = await run({}, forgetful).finally(forgetful.close);
  // Each time twice: by the name of the state, and with the whole.
  expect(markers).toBe(1 + 2 * STEPS.length);
  expect(stored).toEqual(recorded);
  expect(kinds(stored)).toEqual(undisturbed);
});

test('what leaves no other trace is recorded: a worker that comes later knows the task that a job has opened', async () => {
  const first = await startTestEngine({ one: async () => ({ one: 1 }) }, { store });
  const parts = [
    startEvent('start'),
    serviceTask('one', 'one'),
    userTask('check'),
    endEvent('end'),
  ];
  await first.deploy('opened', model('opened', parts, 'start > one > check > end'));
  const { instanceId } = await first.engine.start({
    processId: 'opened',
    requestId: null,
    actor: null,
    variables: {},
  });
  const openedIn = (journal: readonly JournalEntry[]) =>
    journal.find(({ kind }) => kind === 'taskOpened');
  await expect.poll(async () => openedIn(await first.journal(instanceId))).toBeDefined();
  await expect.poll(() => isAtRest(first.client, `p.system.${instanceId}`)).toBe(true);
  // Nothing else happens in the instance before its worker goes.
  const before = await first.journal(instanceId);
  await first.close();
  const second = await first.again();
  try {
    const taskId = openedIn(before)?.elementInstanceId ?? '';
    const command = {
      instanceId,
      taskId,
      actor: 'ada',
      requestId: null,
      variables: {},
      action: null,
    };
    expect(await second.engine.completeTask(command)).toMatchObject({ ok: true });
    await expect
      .poll(async () => (await store.processInstances.get(instanceId))?.endedAt)
      .toBeTruthy();
    const after = await host.journal(instanceId);
    expect(after.slice(0, before.length)).toEqual(before);
  } finally {
    await second.close();
  }
});

test('what was replaced is no tampering: the audit log finds every journal as it anchored it', async () => {
  await log.keeper.checkpoint();
  const { findings, checked } = await log.verify();
  expect(findings).toEqual([]);
  expect(checked.journals?.instances).toBeGreaterThan(4);
});
