import { describe, expect, test } from 'vitest';
import { createAlarms } from '../../engine/play/alarms.js';
import { cpuMs } from '../support/cpu-time.js';

const ringAll = (alarms: ReturnType<typeof createAlarms>): void => {
  while (alarms.nextMs() !== null) alarms.take()();
};

describe('alarms', () => {
  test('go off by instant, then in the order in which they were set', () => {
    const alarms = createAlarms();
    const rung: string[] = [];
    const dues: [string, number][] = [
      ['a', 5],
      ['b', 1],
      ['c', 5],
      ['d', 3],
      ['e', 1],
    ];
    for (const [key, dueMs] of dues) alarms.set(key, dueMs, () => rung.push(key));
    ringAll(alarms);
    expect(rung).toEqual(['b', 'e', 'd', 'a', 'c']);
  });

  test('a cancelled one is silent, and one of the same key replaces the one before', () => {
    const alarms = createAlarms();
    const rung: string[] = [];
    alarms.set('a', 1, () => rung.push('a'));
    alarms.set('b', 2, () => rung.push('b at 2'));
    alarms.set('b', 9, () => rung.push('b at 9'));
    alarms.cancel('a');
    expect(alarms.nextMs()).toBe(9);
    ringAll(alarms);
    expect(rung).toEqual(['b at 9']);
  });

  test('agree with sorting, whatever is cancelled on the way', () => {
    const alarms = createAlarms();
    const rung: number[] = [];
    const kept: number[] = [];
    for (let n = 0; n < 3000; n += 1) {
      const dueMs = (n * 7919) % 1009;
      alarms.set(`k${n}`, dueMs, () => rung.push(dueMs));
      if (n % 3 === 0) alarms.cancel(`k${n}`);
      else kept.push(dueMs);
    }
    ringAll(alarms);
    expect(rung).toEqual(kept.sort((one, other) => one - other));
  });

  test('setting and cancelling cost the same however much waits', () => {
    const alarms = createAlarms();
    for (let n = 0; n < 100_000; n += 1) alarms.set(`w${n}`, 1e9 + n, () => {});
    const began = cpuMs();
    for (let n = 0; n < 100_000; n += 1) {
      alarms.set('mine', n, () => {});
      alarms.cancel('mine');
    }
    expect(cpuMs() - began).toBeLessThan(2000);
  });
});
