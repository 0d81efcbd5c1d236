import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inTurn } from '../../worker/turns.js';

test('a few are asked at once, in their order, and who asks another waits for none of them', async () => {
  const log: string[] = [];
  let running = 0;
  let most = 0;
  const work = (name: string) => async (): Promise<string> => {
    log.push(name);
    running += 1;
    most = Math.max(most, running);
    await sleep(5);
    running -= 1;
    return name;
  };
  const names = Array.from({ length: 12 }, (_, index) => `w${index}`);
  const all = names.map((name) => inTurn('one', 5_000, work(name)));
  expect(await inTurn('other', 5_000, async () => log.length)).toBe(4);
  expect(await Promise.all(all)).toEqual(names);
  expect(log).toEqual(names);
  expect(most).toBe(4);
});

test('whose turn does not come in time is told so, and takes no place; work that fails gives its place back', async () => {
  let letGo = (): void => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const fails = async (): Promise<never> => {
    await held;
    throw new Error('no');
  };
  const four = Array.from({ length: 4 }, () => inTurn('one', 5_000, fails));
  expect(await inTurn('one', 5, async () => 'done')).toBeNull();
  const next = inTurn('one', 5_000, async () => 'done');
  letGo();
  const ends = await Promise.allSettled(four);
  expect(ends.map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
  expect(await next).toBe('done');
});
