/** Unstructured levels, move by move against a token game that enumerates paths: joins never early, never stuck. */
import { mkdirSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JournalEntry } from '../../engine/model/index.js';
import { drawGraph } from './graph-drawing.js';
import { type Graph, graph } from './graphs.js';
import { load } from './load.js';
import { createRandom, pick } from './random.js';
import { SEED, TIMEOUT_MS } from './report.js';
import { Endless, TokenGame } from './token-game.js';
import { serve, waitsOf } from './waits.js';
import { type Running, World } from './world.js';

const RUNS = Number(process.env.JORNADA_RANDOM_RUNS ?? '320') / 4;
const MOST_SERVED = 40;

const MARKS: { readonly [K in JournalEntry['kind']]?: string } = {
  elementEntered: '+',
  elementCompleted: '-',
};

/** What an instance has entered and completed since `told`, in order. */
const traceOf = ({ entries, process }: Running, told: number): readonly string[] =>
  entries.slice(told).flatMap(({ kind, elementId }) => {
    const mark = MARKS[kind];
    return mark === undefined || elementId === process.id ? [] : [`${mark}${elementId}`];
  });

/** Which activation of its node an element instance is, counted from 1; the process is the first. */
const nthOf = ({ entries, state }: Running, id: string): number => {
  if (id === state.rootId) return 1;
  const entered = entries.filter(({ kind }) => kind === 'elementEntered');
  const at = entered.findIndex(({ elementInstanceId }) => elementInstanceId === id);
  const elementId = entered[at]?.elementId;
  return entered.slice(0, at + 1).filter((entry) => entry.elementId === elementId).length;
};

const incidentsOf = ({ state }: Running, code: string): readonly string[] =>
  Object.values(state.incidents)
    .filter((incident) => incident.code === code)
    .map(({ elementId }) => elementId)
    .sort();

/** What shows at rest. */
const compare = (running: Running, game: TokenGame, told: number): void => {
  const { state } = running;
  expect(traceOf(running, told), 'entered and completed').toEqual(game.trace);
  game.trace = [];
  const held = Object.values(state.waiting).flatMap((row) =>
    Object.entries(row).map(([flow, tokens]) => `${flow} ${tokens}`),
  );
  expect(held.sort(), 'tokens at joins').toEqual(game.held());
  const dead = incidentsOf(running, 'DEADLOCK');
  expect(incidentsOf(running, 'UNCAUGHT_ERROR'), 'errors').toEqual(game.uncaught());
  if (!game.isExplained && !game.isOver) {
    expect(game.blocked(), 'joins that wait for each other').toContain(dead[0]);
    game.giveUp(dead[0] ?? '');
  }
  expect(dead, 'dead joins').toEqual(game.dead());
  expect(state.status === 'completed', 'the end').toBe(game.isOver);
};

/** Runs the game until nothing moves; false for a loop without a wait, which the engine must have seen too. */
const settle = (running: Running, game: TokenGame): boolean => {
  let isEndless = false;
  try {
    game.run();
  } catch (error) {
    if (!(error instanceof Endless)) throw error;
    isEndless = true;
  }
  expect(incidentsOf(running, 'LOOP_LIMIT').length > 0, 'a loop without a wait').toBe(isEndless);
  return !isEndless;
};

/** Plays both to the end, or to a loop without a wait; the number of joins that fired. */
const play = async (model: Graph, script: number): Promise<number> => {
  const world = new World(await load(drawGraph(model)));
  const running = world.create('random', 'root', null) as Running;
  const game = new TokenGame(model, running.process.id);
  const random = createRandom(script);
  let told = 0;
  world.send(running, {
    kind: 'start',
    elementId: null,
    variables: {},
    requestId: null,
    actor: null,
  });
  for (let served = 0; served < MOST_SERVED; served += 1) {
    if (!settle(running, game)) break;
    compare(running, game, told);
    told = running.entries.length;
    const waits = waitsOf(world);
    if (waits.length === 0) break;
    const wait = pick(random, waits);
    const owner = running.state.elements[wait.ownerId]?.elementId ?? '';
    const nth = nthOf(running, wait.ownerId);
    world.send(running, serve(world, wait, {}));
    if (wait.kind === 'job') game.finish(owner, nth);
    else if (running.process.nodes[wait.elementId]?.kind === 'startEvent') {
      game.start(wait.elementId, owner, nth);
    } else game.fire(wait.elementId, owner, nth);
  }
  return game.firings;
};

test(
  'unstructured levels move as the token game says',
  async () => {
    let firings = 0;
    const property = fc.asyncProperty(graph(), fc.nat(1_000_000), async (model, script) => {
      try {
        firings += await play(model, script);
      } catch (error) {
        mkdirSync('out/random', { recursive: true });
        writeFileSync('out/random/joins.bpmn', drawGraph(model));
        throw error;
      }
    });
    const limit = { interruptAfterTimeLimit: TIMEOUT_MS - 5_000 };
    await fc.assert(property, { numRuns: Math.ceil(RUNS), seed: SEED, ...limit });
    expect(firings).toBeGreaterThan(RUNS / 2);
  },
  TIMEOUT_MS,
);
