/** Runs a property over random models and keeps the smallest that fails, as a file that a modeler opens. */
import { mkdirSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import type { ExecutableProcess } from '../../engine/model/index.js';
import { draw } from './draw.js';
import { load } from './load.js';
import type { Model } from './model.js';

/** Runs of the long form, over all properties; null in the ordinary one. */
const LONG = Number(process.env.JORNADA_RANDOM_RUNS ?? '') || null;
export const SEED = Number(process.env.JORNADA_RANDOM_SEED ?? '1');

/** Time for one test of the long form. */
export const TIMEOUT_MS = LONG === null ? 60_000 : 7_200_000;

/** What a property looks at: a model, its processes, and the seed of a script. */
export type Look = (
  model: Model,
  processes: ReadonlyMap<string, ExecutableProcess>,
  script: number,
) => void | Promise<void>;

/**
 * Checks a property of models and scripts.
 *
 * @param runs - pairs in the ordinary form
 * @param share - part of the runs of the long form
 * @throws what fast-check found, shrunk; the model is in `out/random/<name>.bpmn`, all else in `<name>.json`
 */
export async function check(
  name: string,
  models: fc.Arbitrary<Model>,
  runs: number,
  share: number,
  look: Look,
): Promise<void> {
  const property = fc.asyncProperty(models, fc.nat(1_000_000), async (model, script) => {
    const xml = draw(model);
    try {
      await look(model, await load(xml), script);
    } catch (error) {
      keep(name, xml, { model, script, error: error instanceof Error ? error.stack : error });
      throw error;
    }
  });
  const numRuns = LONG === null ? runs : Math.ceil(LONG * share);
  await fc.assert(property, { numRuns, seed: SEED, interruptAfterTimeLimit: TIMEOUT_MS - 5_000 });
}

const keep = (name: string, xml: string, facts: object): void => {
  mkdirSync('out/random', { recursive: true });
  writeFileSync(`out/random/${name}.bpmn`, xml);
  writeFileSync(`out/random/${name}.json`, JSON.stringify({ seed: SEED, ...facts }, null, 1));
};
