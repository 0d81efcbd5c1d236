/** How a part of a batch is worked on: how fast, and when it stops. */
import { describe, expect, test } from 'vitest';
import { type BatchWork, workPart } from '../../activities/batch.js';
import type { BatchState } from '../../contracts/batches.js';

const part = (count: number, state: BatchState = 'ACTIVE') => ({
  ...{ state, plan: { type: 'CANCEL_PROCESS_INSTANCE' as const }, actor: 'ann', reason: null },
  items: Array.from({ length: count }, (_, index) => ({
    ...{ itemId: `i${index}`, instanceId: `i${index}`, attempts: 0 },
  })),
});

function workOn(
  taken: ReturnType<typeof part> | null,
  carryOut: (itemId: string, done: readonly string[]) => Promise<BatchState | null>,
) {
  const done: string[] = [];
  const finished: string[] = [];
  const work: BatchWork = {
    take: async () => taken,
    carryOut: async ({ item }) => {
      done.push(item.itemId);
      return carryOut(item.itemId, done);
    },
    finish: async (batchId) => void finished.push(batchId),
  };
  return { done, finished, work };
}

const going = new AbortController().signal;
const active = async (): Promise<BatchState> => 'ACTIVE';

describe('a part of a batch', () => {
  test('is not worked on faster than 50 a second', async () => {
    const { done, work } = workOn(part(20), active);
    const began = performance.now();
    expect(await workPart(work, 'b', going)).toBe('going');
    expect(performance.now() - began).toBeGreaterThanOrEqual(19 * 20 - 5);
    expect(done).toHaveLength(20);
  });

  test('that is empty ends the batch', async () => {
    const { finished, work } = workOn(part(0), active);
    expect(await workPart(work, 'b', going)).toBe('ended');
    expect(finished).toEqual(['b']);
  });

  test.each([
    [part(3, 'SUSPENDED'), 'suspended'],
    [part(3, 'CANCELED'), 'ended'],
    [null, 'ended'],
  ] as const)('of a batch that does not go on is left alone', async (taken, standing) => {
    const { done, work } = workOn(taken, active);
    expect(await workPart(work, 'b', going)).toBe(standing);
    expect(done).toEqual([]);
  });

  test('stops where somebody suspends the batch meanwhile', async () => {
    const { done, work } = workOn(part(50), async (_, { length }) =>
      length >= 5 ? 'SUSPENDED' : 'ACTIVE',
    );
    await workPart(work, 'b', going);
    expect(done.length).toBeLessThan(15);
  });

  test('tells a fault of ours once those under way have ended', async () => {
    const ended: string[] = [];
    const { work } = workOn(part(50), async (itemId) => {
      await new Promise((resolve) => setTimeout(resolve, 60));
      ended.push(itemId);
      if (itemId === 'i0') throw new Error('out of reach');
      return 'ACTIVE';
    });
    await expect(workPart(work, 'b', going)).rejects.toThrow('out of reach');
    const count = ended.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(ended.length).toBe(count);
  });
});
