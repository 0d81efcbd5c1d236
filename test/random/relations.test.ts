/** Two models that mean the same do the same: the same tasks, the same variables. */
import { expect, test } from 'vitest';
import { draw } from './draw.js';
import { model } from './generate.js';
import { load } from './load.js';
import type { Model } from './model.js';
import { predict, Racing } from './oracle.js';
import { RELATIONS } from './relations.js';
import { check, TIMEOUT_MS } from './report.js';
import { type Outcome, runCalmly } from './run.js';

const isRacing = (one: Model): boolean => {
  try {
    predict(one);
    return false;
  } catch (error) {
    if (error instanceof Racing) return true;
    throw error;
  }
};

const TASK = /^(?!x_)(task|\w+Task|arm)_\d+$/;

/** Tasks that were done, and what they left; names of single inner instances aside. */
const told = ({ completed, variables }: Outcome) => ({
  tasks: completed.filter((id) => TASK.test(id)),
  variables: Object.fromEntries(
    Object.entries(variables ?? {})
      .filter(([name]) => !name.startsWith('item_') && name !== 'loopCounter')
      .sort(),
  ),
});

test.each(Object.entries(RELATIONS))(
  '%s changes nothing',
  async (name, { isFor, left, right }) => {
    let compared = 0;
    const id = `relation-${Object.keys(RELATIONS).indexOf(name)}`;
    const models = model().filter((one) => isFor(one) && !isRacing(left(one)));
    await check(id, models, 10, 0.02, async (one, _processes, script) => {
      const run = async (side: Model): Promise<Outcome> =>
        runCalmly(side, await load(draw(side)), script);
      expect(told(await run(right(one)))).toEqual(told(await run(left(one))));
      compared += 1;
    });
    expect(compared).toBeGreaterThan(9);
  },
  TIMEOUT_MS,
);
