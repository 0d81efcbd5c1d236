/** What joins cost does not grow with the scopes that their moves do not touch (S28). */
import { describe, expect, test } from 'vitest';
import { createInstance, step } from '../../engine/step/index.js';
import { cpuMs } from '../support/cpu-time.js';
import { compileFixture } from '../support/index.js';

const START = {
  kind: 'start',
  at: '2026-03-02T09:00:00.000Z',
  elementId: null,
  requestId: null,
  actor: null,
} as const;

/** CPU milliseconds of starting so many sub-processes, each with a fork and a join. */
const startMs = async (model: string, n: number): Promise<number> => {
  const { process } = await compileFixture(model);
  const limits = { ...process.limits, movesAStep: Number.MAX_SAFE_INTEGER };
  const state = createInstance({ instanceId: 'i', processId: process.id, caller: null });
  const began = cpuMs();
  step({ ...process, limits }, state, { ...START, variables: { n } });
  const took = cpuMs() - began;
  expect(Object.keys(state.tasks)).toHaveLength(n);
  return took;
};

describe('S28: starting many sub-processes with a fork and a join costs as much for each', () => {
  test.each(['parallel', 'inclusive'])('%s', async (kind) => {
    const model = `step/mi-${kind}-join`;
    await startMs(model, 200);
    // Looked at after every move of every other, 4,000 took a minute and a half.
    expect(await startMs(model, 4000)).toBeLessThan(4000);
  });
});
