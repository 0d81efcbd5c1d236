import { getEventListeners } from 'node:events';
import type { Client } from '@temporalio/client';
import { expect, test } from 'vitest';
import { untilStopped } from '../../worker/until-stopped.js';

/** As the client library: each request leaves a listener on the signal under which it is sent. */
function clientThatListens() {
  const signals: AbortSignal[] = [];
  const withAbortSignal = <T>(signal: AbortSignal, run: () => Promise<T>): Promise<T> => {
    signals.push(signal);
    signal.addEventListener('abort', () => {});
    return run();
  };
  return { signals, client: { withAbortSignal } as unknown as Client };
}

test('a call leaves nothing behind on what lives as long as the process', async () => {
  const { client } = clientThatListens();
  const stopping = new AbortController();
  const calls = {
    answer: async (given: number) => given,
    fail: () => Promise.reject(new Error('refused')),
  };
  const { answer, fail } = untilStopped(client, stopping.signal, calls);
  expect(await answer(7)).toBe(7);
  await expect(fail()).rejects.toThrow('refused');
  expect(getEventListeners(stopping.signal, 'abort')).toEqual([]);
});

test('what is under way is given up when all stops', async () => {
  const { client, signals } = clientThatListens();
  const stopping = new AbortController();
  const { wait } = untilStopped(client, stopping.signal, {
    wait: () =>
      new Promise<void>((resolve) => signals[0]?.addEventListener('abort', () => resolve())),
  });
  const waiting = wait();
  stopping.abort();
  await waiting;
  expect(signals[0]?.aborted).toBe(true);
});
