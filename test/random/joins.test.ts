/** Joins of unstructured levels: never early, never stuck, by a reference that enumerates paths. */

import { mkdirSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawGraph, type Graph, graph } from './graphs.js';
import { load } from './load.js';
import { Marking } from './marking.js';
import { createRandom, pick } from './random.js';
import { SEED, TIMEOUT_MS } from './report.js';
import { serve, waitsOf } from './waits.js';
import { type Running, World } from './world.js';

const RUNS = Number(process.env.JORNADA_RANDOM_RUNS ?? '320') / 4;
const MOST_SERVED = 40;

/** What must hold at rest. */
const checkRest = ({ state }: Running, marking: Marking): void => {
  const due = marking.joins().filter((join) => marking.isDue(join));
  expect(due, 'joins that must have fired').toEqual([]);
  const opened = Object.values(state.incidents).filter(({ code }) => code === 'DEADLOCK');
  const parallel = opened.map(({ elementId }) => elementId);
  for (const join of marking.blocked()) expect(parallel, 'blocked joins').toContain(join);
  const isOpen = Object.keys(state.jobs).length > 0;
  const blocked = marking.blocked();
  if (isOpen) {
    const early = parallel.filter((join) => !blocked.includes(join));
    expect(early, 'joins that are not blocked').toEqual([]);
  }
};

/** Follows a run to its end, or to a loop without a wait; the number of joins that fired. */
const follow = async (model: Graph, script: number): Promise<number> => {
  const world = new World(await load(drawGraph(model)));
  const root = world.create('random', 'root', null) as Running;
  const marking = new Marking(model);
  const random = createRandom(script);
  let told = 0;
  world.send(root, { kind: 'start', elementId: null, variables: {}, requestId: null, actor: null });
  for (let served = 0; served < MOST_SERVED; served += 1) {
    const incidents = Object.values(root.state.incidents);
    if (incidents.some(({ code }) => code === 'LOOP_LIMIT')) break;
    for (const entry of root.entries.slice(told)) marking.follow(entry);
    told = root.entries.length;
    if (world.open.length === 0) break;
    checkRest(root, marking);
    const waits = waitsOf(world);
    if (waits.length === 0) break;
    const wait = pick(random, waits);
    world.send(root, serve(world, wait, {}));
  }
  return marking.firings;
};

test(
  'the joins of random graphs fire when the paths of the standard say so',
  async () => {
    let firings = 0;
    const property = fc.asyncProperty(graph(), fc.nat(1_000_000), async (model, script) => {
      try {
        firings += await follow(model, script);
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
