import { describe, test } from 'vitest';
import { hasEnded } from '../../engine/step/index.js';
import { compileFixture, Driver } from '../support/index.js';
import { modificationOf } from '../support/modifications.js';
import {
  EVENTS_BY_KIND,
  models,
  type Pick,
  randomOf,
  variablesOf,
  WHO,
} from '../support/random-events.js';

const RUNS = 3;
const EVENTS = 20;

/** Sends random events to one instance until it ends; the driver checks each step. Of so many one modifies; 0: none. */
const run = (instance: Driver, random: () => number, modifiesOneOf = 0): void => {
  const pick: Pick = (items) => items[Math.floor(random() * items.length)] as (typeof items)[0];
  const { starts } = instance.process;
  const elementId = starts.length === 0 ? null : pick(starts).elementId;
  instance.send({ kind: 'start', elementId, variables: variablesOf(pick), ...WHO });
  for (let count = 0; count < EVENTS && !hasEnded(instance.state); count += 1) {
    instance.wait(Math.floor(random() * 90));
    if (modifiesOneOf > 0 && random() < 1 / modifiesOneOf) {
      const modification = modificationOf(pick, instance.state, instance.process);
      instance.send({ kind: 'modify', ...modification, ...WHO });
    } else instance.send(pick(EVENTS_BY_KIND)(pick, instance.state));
    if (instance.state.suspendedAt !== null && random() < 0.5) instance.resume();
  }
  if (random() < 0.5) instance.send({ kind: 'cancel', ...WHO });
};

const runs: readonly (readonly [what: string, modifiesOneOf: number])[] = [
  ['whatever comes', 0],
  ['whatever comes, and however it is modified', 3],
];

describe.each(runs)('4.1 %s, everything that must hold does', (_what, modifiesOneOf) => {
  test.each(models)('%s', async (model) => {
    const { process } = await compileFixture(model);
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const caller = seed % 2 === 0 ? { instanceId: 'outer', childId: 'call:1' } : null;
      const instance = new Driver(process, caller);
      try {
        run(instance, randomOf(seed * 7919), modifiesOneOf);
      } catch (error) {
        throw new Error(`seed ${seed}, after ${instance.sent.join('\n')}`, { cause: error });
      }
    }
  });
});
