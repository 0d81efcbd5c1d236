/**
 * A hundred instances with ten effects each, while workers and Temporal server are killed at random moments: all
 * complete, and each effect happened once by the books of a receiver that knows nothing of us.
 * `JORNADA_CRASH_SEED` draws other moments. Source: security design, A3 and A4.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { JournalEntry } from '../../engine/model/index.js';
import { keepLog } from '../support/audit-log.js';
import { type Attempt, readBooks } from '../support/crash/books.js';
import { planKills } from '../support/crash/plan.js';
import { type Scene, setScene } from '../support/crash/scene.js';
import { endEvent, model, serviceTask, startEvent } from '../support/durable-model.js';

const INSTANCES = 100;
const EFFECTS = 10;
/** Starts under way at a time. */
const STARTERS = 20;
const KILLS = { worker: 5, 'both workers': 1, server: 2 };
const SEED = Number(process.env.JORNADA_CRASH_SEED ?? 1);
/** After the last kill something must go on in every such time: a slow machine is given hours, a stuck one is not. */
const STUCK_AFTER_MS = 60_000;

/** An attempt is quickly given up, and many are made: what is tested is that none of them does harm. */
const HEADERS = {
  'jornada:timeout': 'PT5S',
  'jornada:backoff': 'PT0.3S',
  'jornada:backoffCoefficient': '1',
};

const PROCESS = 'crash';
const effectIds = Array.from({ length: EFFECTS }, (_, i) => `effect-${i + 1}`);

let scene: Scene;

beforeAll(async () => {
  scene = await setScene(inject('databaseUrl'));
  const tasks = effectIds.map((id) => serviceTask(id, 'call-once', HEADERS, 1000));
  const parts = [startEvent('start'), ...tasks, endEvent('end')];
  const flow = ['start', ...effectIds, 'end'].join(' > ');
  await scene.client.deploy(PROCESS, model(PROCESS, parts, flow));
});
afterAll(async () => {
  await scene?.close();
});

/** Starts an instance, however often it takes: the request id makes it one. */
async function startSurely(number: number): Promise<string> {
  const command = { processId: PROCESS, actor: null, variables: { number } };
  for (;;) {
    const answer = await scene.client.engine
      .start({ ...command, requestId: `crash ${number}` })
      .catch(() => null);
    if (answer?.ok) return answer.instanceId;
    await pause(200);
  }
}

/** Starts all, some at a time. */
async function startAll(): Promise<readonly string[]> {
  const ids: string[] = [];
  let next = 0;
  const starter = async (): Promise<void> => {
    while (next < INSTANCES) {
      const number = next;
      next += 1;
      ids[number] = await startSurely(number);
    }
  };
  await Promise.all(Array.from({ length: STARTERS }, starter));
  return ids;
}

async function killByPlan(): Promise<readonly number[]> {
  const moments: number[] = [];
  for (const { what, afterEffects, thenMs } of planKills(SEED, INSTANCES * EFFECTS, KILLS)) {
    while ((await scene.accepted()) < afterEffects) await pause(20);
    await pause(thenMs);
    moments.push(await scene.accepted());
    await scene.kill(what);
  }
  return moments;
}

async function allCompleted(): Promise<void> {
  let before = '';
  let deadline = 0;
  for (;;) {
    const filter = { processId: PROCESS, state: 'COMPLETED' } as const;
    const { items } = await scene.store.processInstances.search({ filter, limit: INSTANCES });
    if (items.length === INSTANCES) return;
    const now = `${items.length} instances, ${await scene.accepted()} effects`;
    if (now !== before) deadline = Date.now() + STUCK_AFTER_MS;
    if (Date.now() > deadline) throw new Error(`stuck after ${now}`);
    before = now;
    await pause(200);
  }
}

test('killed again and again, every instance completes and every effect happens once', async () => {
  scene.startWorkers();
  const log = keepLog(scene.store, 100);
  const [ids, moments] = await Promise.all([startAll(), killByPlan()]);
  expect(moments).toHaveLength(Object.values(KILLS).reduce((sum, count) => sum + count));
  expect(moments.at(-1)).toBeLessThan(INSTANCES * EFFECTS);
  expect(new Set(ids).size).toBe(INSTANCES);
  await allCompleted();

  const attempts = readBooks(scene.booksFile);
  expectEachOnce(attempts, ids);
  const journals = await Promise.all(ids.map((id) => scene.client.journal(id)));
  for (const journal of journals) expectWhole(journal, journals[0] ?? []);
  await expectNothingOpen(attempts);
  // Tails of journals were replaced on the way, before and after they were anchored: that is no tampering.
  await log.keeper.close();
  const { findings, checked } = await log.verify();
  expect(findings).toEqual([]);
  expect(checked.journals).toEqual({ instances: INSTANCES, entries: journals.flat().length });
  log.discard();
}, 900_000);

/** By the books alone: the effects that must have happened, one key each, no key twice, nothing else. */
function expectEachOnce(attempts: readonly Attempt[], ids: readonly string[]): void {
  const accepted = attempts.filter(({ verdict }) => verdict === 'accepted');
  expect(attempts.filter(({ verdict }) => verdict === 'conflict')).toEqual([]);
  const expected = ids.flatMap((instanceId, number) =>
    effectIds.map((elementId) => JSON.stringify({ instanceId, elementId, number })),
  );
  expect(accepted.map(({ payload }) => payload).sort()).toEqual(expected.sort());
  expect(new Set(accepted.map(({ key }) => key)).size).toBe(INSTANCES * EFFECTS);
  // Without attempts that were repeated, nothing would have been tested.
  expect(attempts.length).toBeGreaterThan(accepted.length);
}

/** The same life as every other: no gap, nothing twice, nothing missing. */
function expectWhole(journal: readonly JournalEntry[], other: readonly JournalEntry[]): void {
  expect(journal.map(({ sequence }) => sequence)).toEqual(journal.map((_, index) => index + 1));
  const lifeOf = (entries: readonly JournalEntry[]): readonly string[] =>
    entries.map(({ kind, elementId }) => `${kind} ${elementId}`);
  expect(lifeOf(journal)).toEqual(lifeOf(other));
  const completed = journal.filter(({ kind }) => kind === 'jobCompleted');
  expect(completed.map(({ elementId }) => elementId)).toEqual(effectIds);
  expect(journal.at(-1)?.kind).toBe('instanceCompleted');
}

async function expectNothingOpen(attempts: readonly Attempt[]): Promise<void> {
  for (const key of new Set(attempts.map((attempt) => attempt.key))) {
    expect(await scene.store.effects.get(key)).toMatchObject({ state: 'confirmed' });
  }
  const incidents = await scene.store.incidents.search({ filter: {} });
  expect(incidents.items).toEqual([]);
  const elements = await scene.store.elementInstances.search({ filter: { state: 'ACTIVE' } });
  expect(elements.items).toEqual([]);
  await expect
    .poll(
      async () => (await scene.client.client.workflow.count("ExecutionStatus='Running'")).count,
      {
        // What the last kills held up is tried again when its time is over.
        timeout: 60_000,
      },
    )
    .toBe(0);
}
