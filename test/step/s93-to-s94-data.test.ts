import { describe, expect, test } from 'vitest';
import { startFixture } from '../support/index.js';

describe('2.10 data', () => {
  test('S93: x in root and sub-process: an inner task writes the inner one', async () => {
    const instance = await startFixture('step/variables-scopes', { x: 1 });
    expect(instance.waitingAt()).toEqual(['after']);
    expect(instance.variables()).toEqual({ x: 1, seen: 11 });
  });

  test('S93: siblings see writes in the order in which they came', async () => {
    const instance = await startFixture('step/siblings', { x: 0 });
    instance.complete('b', { x: 'b' });
    expect(instance.value('x')).toBe('b');
    instance.complete('a', { x: 'a' });
    expect(instance.value('x')).toBe('a');
  });

  test('S94: inputs run in order, each seeing those before it, and create locals', async () => {
    const instance = await startFixture('step/mappings', { n: 1 });
    expect(instance.emitted('startJob')[0]?.variables).toEqual({
      n: 1,
      first: 1,
      second: 2,
      deep: { one: 1, two: 2 },
    });
    expect(instance.variables()).toEqual({ n: 1 });
  });

  test('S94: only mapped targets leave, in order, a path beside what is there', async () => {
    const instance = await startFixture('step/mappings', { n: 1, deep: { old: 0 } });
    instance.job('work', { complete: { got: 5, noise: 1 } });
    expect(instance.variables()).toEqual({ n: 1, a: 5, b: 6, deep: { old: 0, new: 6 } });
  });

  test('S94: an interrupted task writes no target', async () => {
    const instance = await startFixture('step/mappings', { n: 1 });
    instance.fire('late');
    expect(instance.variables()).toEqual({ n: 1 });
  });
});
