/** A new run at every quiet moment changes nothing; a large collection goes through a window. */
import { expect, test } from 'vitest';
import type { JournalEntry } from '../../engine/model/index.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import {
  after,
  endEvent,
  forEach,
  model,
  parallelGateway,
  serviceTask,
  startEvent,
  timerBoundary,
  timerCatch,
  userTask,
} from '../support/durable-model.js';
import { openTestStore } from '../support/store.js';

const parts = [
  startEvent('start'),
  serviceTask('a', 'count'),
  parallelGateway('fork'),
  // Longer than a busy machine takes from a decision to its effects: a timer that is due already makes no pause.
  timerCatch('pause', 'PT2S'),
  userTask('work'),
  timerBoundary('slow', 'work', after('PT1H'), false),
  parallelGateway('join'),
  serviceTask('each', 'square', {}, 1, forEach('[1,2,3]', 'x', 'squares', 'y')),
  endEvent('end'),
  endEvent('end-slow'),
];
const chains = 'start > a > fork > pause > join, fork > work > join > each > end, slow > end-slow';

const services = {
  count: async () => ({ n: 1 }),
  square: async ({ variables }: { variables: Record<string, unknown> }) => ({
    y: Number(variables.x) ** 2,
  }),
};

/** Runs the model once and returns what the journal says, without instants and the ids of runs. */
async function journalOfRun(
  host: TestEngine,
  runs: number,
): Promise<readonly Partial<JournalEntry>[]> {
  await host.deploy('mixed', model('mixed', parts, chains));
  const { instanceId } = await host.engine.start({
    processId: 'mixed',
    requestId: null,
    actor: null,
  });
  const view = await host.until(
    instanceId,
    ({ state }) => Object.keys(state?.tasks ?? {}).length === 1,
  );
  // The timer joins first in both runs, so that there is one order.
  await host.until(instanceId, ({ state }) => Object.keys(state?.waiting ?? {}).length > 0);
  const [taskId] = Object.keys(view.state?.tasks ?? {});
  const complete = { instanceId, taskId: taskId ?? '', requestId: 'c', actor: 'ann', action: null };
  expect(await host.engine.completeTask({ ...complete, variables: { done: true } })).toMatchObject({
    ok: true,
  });
  expect(await host.ended(instanceId)).toBe('COMPLETED');
  expect((await host.engine.view(instanceId)).runs).toBeGreaterThanOrEqual(runs);
  // A repetition finds the answer also in a later run, or the end.
  const again = await host.engine.completeTask({ ...complete, variables: { done: true } });
  expect(again.ok || again.code === 'INSTANCE_CLOSED').toBe(true);
  return (await host.journal(instanceId)).map(({ at: _at, data, ...entry }) => ({
    ...entry,
    data: JSON.parse(JSON.stringify(data).replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '')),
  }));
}

test('the journal is the same with one run, a run a decision, and no state kept', async () => {
  const store = await openTestStore();
  try {
    const hosts: TestEngine[] = [];
    const ways = [{}, { limits: { events: 1 } }, { keptStates: 0, maxCachedWorkflows: 0 }];
    for (const more of ways) hosts.push(await startTestEngine(services, { store, ...more }));
    // Each has a queue of its own, and they wait for the server more than they work.
    const runs = hosts.map(async (host, index) =>
      sorted(await journalOfRun(host, index === 1 ? 2 : 0).finally(host.close)),
    );
    const [expected, many, forgetful] = await Promise.all(runs);
    expect(many).toEqual(expected);
    expect(forgetful).toEqual(expected);
  } finally {
    await store.close();
  }
});

/** The three jobs may end in any order: entries are compared by what they say. */
const sorted = (entries: readonly Partial<JournalEntry>[]): readonly string[] =>
  entries
    .map(({ kind, elementId, rule }) => `${kind} ${elementId} ${rule}`)
    .sort((a, b) => (a < b ? -1 : 1));

test('a request that was refused before a new run began holds up nobody', async () => {
  const host = await startTestEngine({}, { limits: { events: 1 } });
  try {
    const nodes = [startEvent('start'), userTask('check'), endEvent('end')];
    await host.deploy('brief', model('brief', nodes, 'start > check > end'));
    const start = { processId: 'brief', requestId: null, actor: null };
    const { instanceId } = await host.engine.start(start);
    // Temporal lets the run after one so short wait; to look at it is to be refused.
    const view = await host.until(instanceId, ({ runs }) => runs > 0);
    const [taskId = ''] = Object.keys(view.state?.tasks ?? {});
    const asked = Date.now();
    const complete = { instanceId, taskId, requestId: 'c', actor: 'ann', action: null };
    const answer = await host.engine.completeTask({ ...complete, variables: {} });
    expect(answer).toMatchObject({ ok: true });
    expect(Date.now() - asked).toBeLessThan(3000);
  } finally {
    await host.close();
  }
});

test('sixty jobs go through a window of ten', async () => {
  let running = 0;
  let most = 0;
  const host = await startTestEngine(
    {
      busy: async ({ variables }) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 20));
        running -= 1;
        return { y: Number(variables.x) + 1 };
      },
    },
    { limits: { window: 10 } },
  );
  try {
    const many = serviceTask('each', 'busy', {}, 1, forEach('list', 'x', 'results', 'y'));
    const nodes = [startEvent('start'), many, userTask('check'), endEvent('end')];
    await host.deploy('many', model('many', nodes, 'start > each > check > end'));
    const list = Array.from({ length: 60 }, (_, i) => i);
    const start = { processId: 'many', requestId: null, actor: null, variables: { list } };
    const { instanceId } = await host.engine.start(start);
    const view = await host.until(
      instanceId,
      ({ state }) => Object.keys(state?.tasks ?? {}).length === 1,
      60_000,
    );
    const results = view.state?.variables[view.state.rootId ?? '']?.results;
    expect(results).toEqual(list.map((x) => x + 1));
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(10);
  } finally {
    await host.close();
  }
});
