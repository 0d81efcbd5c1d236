/** Random processes: calm runs against the oracle, wild runs against the invariants. */
import { describe, expect, test } from 'vitest';
import { ELEMENTS, type NodeKind } from '../../engine/elements/index.js';
import { model, modelWith, throwingModel } from './generate.js';
import type { Model } from './model.js';
import { predict, Racing } from './oracle.js';
import { check, TIMEOUT_MS } from './report.js';
import { type Outcome, runCalmly } from './run.js';
import { runModified, runWildly } from './wild.js';

const KINDS = Object.keys(ELEMENTS) as readonly NodeKind[];

/** The number of an inner instance may leave parallel bodies in errors: who was last is a race. */
const compared = (variables: object | null) => ({ ...variables, loopCounter: null });

/** Whether the oracle had a word to say. */
const agrees = (model_: Model, { completed, variables }: Outcome): boolean => {
  try {
    const predicted = predict(model_);
    expect(completed, 'completed elements').toEqual(predicted.completed);
    expect(compared(variables), 'final variables').toEqual(compared(predicted.variables));
    return true;
  } catch (error) {
    if (error instanceof Racing) return false;
    throw error;
  }
};

describe('random processes', () => {
  test(
    'served calmly, complete what the oracle says, with its variables',
    async () => {
      let told = 0;
      let all = 0;
      await check('calm', model(), 80, 0.5, (model_, processes, script) => {
        const outcome = runCalmly(model_, processes, script);
        expect(outcome.root.state.status).toBe('completed');
        all += 1;
        if (agrees(model_, outcome)) told += 1;
      });
      expect(told / all, 'the oracle speaks for most').toBeGreaterThan(0.5);
    },
    TIMEOUT_MS,
  );

  test(
    'that throw errors and escalations, are caught where the oracle says',
    async () => {
      await check('throwing', throwingModel(), 60, 0.2, (model_, processes, script) => {
        agrees(model_, runCalmly(model_, processes, script));
      });
    },
    TIMEOUT_MS,
  );

  test(
    'served wildly, keep every invariant and come to an end',
    async () => {
      await check('wild', model(), 60, 0.3, (model_, processes, script) => {
        const { root } = runWildly(model_, processes, script);
        expect(['completed', 'cancelled']).toContain(root.state.status);
      });
    },
    TIMEOUT_MS,
  );

  test(
    'modified wildly, keep every invariant and can be ended',
    async () => {
      let done = 0;
      let entered = 0;
      await check('modified', model(), 60, 0.3, (model_, processes, script) => {
        const { root, world } = runModified(model_, processes, script);
        expect(['completed', 'cancelled']).toContain(root.state.status);
        for (const { entries } of world.instances.values()) {
          const told = entries.filter(({ rule }) => rule === 'S97').map(({ kind }) => kind);
          done += told.filter((kind) => kind === 'instanceModified').length;
          entered += told.filter((kind) => kind === 'elementEntered').length;
        }
      });
      expect(done, 'many fit').toBeGreaterThan(30);
      expect(entered, 'and put tokens somewhere').toBeGreaterThan(30);
    },
    TIMEOUT_MS,
  );

  test.each(KINDS)(
    'with a %s, calm and wild',
    async (kind) => {
      await check(`kind-${kind}`, modelWith(kind), 3, 0.01, (model_, processes, script) => {
        agrees(model_, runCalmly(model_, processes, script));
        runWildly(model_, processes, script);
      });
    },
    TIMEOUT_MS,
  );
});
