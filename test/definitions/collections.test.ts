/**
 * The promise of collections: it stops on payment at whatever moment. A payment is delivered at every point at which the
 * model waits, and between; afterwards no demand goes out.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { type ExecutableProcess, own, type Variables } from '../../engine/model/index.js';
import { createPlay, type Play } from '../../engine/play/index.js';
import { compilePackage } from '../../registry/index.js';
import { readPackage } from '../support/package.js';
import { createDebtor, type Debtor } from './support/debtor.js';

/** Each moment is reached by climbing the ladder anew. */
const LONG = { timeout: 300_000 };
let processes: readonly ExecutableProcess[];

beforeAll(async () => {
  const compiled = await compilePackage(readPackage('collections'));
  expect(compiled.findings).toEqual([]);
  processes = compiled.processes;
});

/** What people do with a task that is open. */
const ANSWERS: Readonly<Record<string, Variables>> = {
  call: { decision: 'talked', callNote: 'They will see.' },
  'formal-notice': { decision: 'go' },
  'propose-suspension': { decision: 'go' },
  'approve-suspension': { decision: 'go' },
  'final-demand': { decision: 'go' },
  'decide-debt': { decision: 'write-off', closingReason: 'Nobody is there.' },
  'approve-debt': { decision: 'go' },
};

interface World {
  readonly play: Play;
  readonly debtor: Debtor;
  readonly id: string;
}

function begin(afterMs: number): World {
  const debtor = createDebtor(afterMs);
  const now = '2026-02-27T12:00:00.000Z';
  const play = createPlay({ processes, now, answer: debtor.answer });
  const { instance } = play.start({
    ...{ processId: 'collections', elementId: 'begin-collection' },
    variables: { customerId: 'C-1', currency: 'BRL' },
  });
  return { play, debtor, id: instance?.id ?? '' };
}

const openTask = ({ play, id }: World) =>
  Object.values(play.instances.get(id)?.state.tasks ?? {})[0] ?? null;

const isOver = ({ play, id }: World): boolean => play.instances.get(id)?.finalVariables !== null;

let actors = 0;

/** Does what is to be done next: a task, else whatever time brings. @returns false when there is nothing */
function goOn(world: World): boolean {
  if (isOver(world)) return false;
  const task = openTask(world);
  if (task) {
    actors += 1;
    const answer = world.play.send(world.id, {
      ...{ kind: 'taskCompleted', taskId: task.id, action: null, requestId: null },
      ...{ variables: own(ANSWERS, task.elementId) ?? {}, actor: `person-${actors}` },
    });
    expect([task.elementId, answer]).toMatchObject([task.elementId, { ok: true }]);
    return true;
  }
  const { nextAt } = world.play;
  if (nextAt === null) return false;
  world.play.advanceTo(nextAt);
  return true;
}

/** A world in which so many things have happened. */
function worldAfter(steps: number, afterMs: number): World {
  const world = begin(afterMs);
  for (let step = 0; step < steps; step += 1) goOn(world);
  return world;
}

function tellPayment({ play }: World): void {
  play.publish({
    ...{ name: 'payment.posted', key: 'C-1:BRL', messageId: null, timeToLive: 'P7D' },
    variables: { reason: 'received' },
  });
}

/** Things that happen until the whole ladder was climbed. */
function ladderLength(afterMs: number): number {
  const world = begin(afterMs);
  let steps = 0;
  while (goOn(world)) steps += 1;
  expect(isOver(world)).toBe(true);
  return steps;
}

describe('a debt that nobody pays', () => {
  test('climbs the ladder to its end, in milliseconds, and no two demands are closer than two days', () => {
    const world = begin(0);
    while (goOn(world));
    const { finalVariables } = world.play.instances.get(world.id) ?? {};
    expect(finalVariables).toMatchObject({
      outcome: 'written_off',
      writtenOff: { minor: 149_000 },
    });
    expect(world.debtor.demands.map(({ mail }) => mail)).toEqual([
      ...['courtesy', 'friendly', 'friendly', 'firm', 'formal-notice'],
      ...['suspension-notice', 'final-demand'],
    ]);
    expect(world.debtor.isSuspended()).toBe(true);
    const at = world.debtor.demands.map((one) => Date.parse(one.at));
    const gaps = at.slice(1).map((later, index) => (later - (at[index] ?? 0)) / 86_400_000);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2);
    expect(world.play.now > '2026-06-01').toBe(true);
  });
});

describe.each([
  ['jobs that answer at once', 0],
  ['jobs that take a minute', 60_000],
])('a payment with %s', (_name, afterMs) => {
  test('at whatever moment ends it without a further demand, and access comes back', LONG, () => {
    const moments = ladderLength(afterMs);
    expect(moments).toBeGreaterThan(40);
    for (let moment = 0; moment < moments; moment += 1) {
      const world = worldAfter(moment, afterMs);
      if (isOver(world)) continue;
      const isGivenUp = world.debtor.jobs.includes('writeoff.post');
      world.debtor.pay();
      const before = world.debtor.demands.length;
      tellPayment(world);
      for (let step = 0; step < 100 && goOn(world); step += 1);
      const { finalVariables } = world.play.instances.get(world.id) ?? {};
      expect([moment, world.debtor.demands.length - before]).toEqual([moment, 0]);
      // what was given up before is paid against the write-off
      const outcome = isGivenUp ? 'written_off' : 'paid';
      expect([moment, finalVariables?.outcome]).toEqual([moment, outcome]);
      expect([moment, world.debtor.isSuspended()]).toEqual([moment, isGivenUp]);
    }
  });

  test(
    'of which nobody tells sends no further demand either, for each act reads the ledger again',
    LONG,
    () => {
      const moments = ladderLength(afterMs);
      for (let moment = 0; moment < moments; moment += 1) {
        const world = worldAfter(moment, afterMs);
        if (isOver(world)) continue;
        world.debtor.pay();
        const before = world.debtor.demands.length;
        for (let step = 0; step < 100 && goOn(world); step += 1);
        expect([moment, world.debtor.demands.length - before]).toEqual([moment, 0]);
        expect([moment, isOver(world)]).toEqual([moment, true]);
      }
    },
  );

  test('that is taken back goes on where it stood', LONG, () => {
    const moments = ladderLength(afterMs);
    for (let moment = 5; moment < moments; moment += 7) {
      const world = worldAfter(moment, afterMs);
      const stage = (): unknown =>
        world.play.instances.get(world.id)?.state.variables[
          world.play.instances.get(world.id)?.state.rootId ?? ''
        ]?.stage;
      if (isOver(world)) continue;
      const before = Number(stage());
      world.debtor.pay();
      tellPayment(world);
      const settle = 10 * afterMs;
      if (settle > 0) {
        world.play.advanceTo(new Date(Date.parse(world.play.now) + settle).toISOString());
      }
      world.debtor.takeBack();
      tellPayment(world);
      if (settle > 0) {
        world.play.advanceTo(new Date(Date.parse(world.play.now) + settle).toISOString());
      }
      expect([moment, Number(stage()) >= before]).toEqual([moment, true]);
      for (let step = 0; step < 400 && goOn(world); step += 1);
      const { finalVariables } = world.play.instances.get(world.id) ?? {};
      expect([moment, finalVariables?.outcome]).toEqual([moment, 'written_off']);
    }
  });
});
