import { describe, expect, test } from 'vitest';
import { createPlay } from '../../engine/play/index.js';
import { compileFixture, startFixture } from '../support/index.js';

describe('2.7 messages and signals', () => {
  test('S59: a key of 1 stays 1 when the variable becomes 2', async () => {
    const instance = await startFixture('step/correlation', { orderId: 1 });
    instance.set({ orderId: 2 });
    expect(instance.subscriptions('word')).toMatchObject([{ key: '1' }]);
    instance.message('word', {}, '1');
    expect(instance.state.status).toBe('completed');
  });

  test.each([[true], [null], [['a']], [{ a: 1 }]])(
    'S59: a key of %j is an incident',
    async (orderId) => {
      const instance = await startFixture('step/correlation', { orderId });
      expect(instance.incidents()).toEqual(['CORRELATION_KEY await']);
      instance.resolve({ orderId: 'o1' });
      expect(instance.subscriptions('word')).toMatchObject([{ key: 'o1' }]);
    },
  );

  test('S61: in an instance the deepest scope receives', async () => {
    const instance = await startFixture('step/two-subscribed');
    const depths = instance.subscriptions('word').map(({ elementId, depth }) => [elementId, depth]);
    expect(depths).toEqual([
      ['deep', 1],
      ['one', 0],
    ]);
    instance.message('word');
    expect(instance.waitingAt()).toEqual(['one']);
  });

  test('S65: a throw followed by a catch of the same signal: the catch waits', async () => {
    const { processes, process } = await compileFixture('step/signal-throw-then-catch');
    const play = createPlay({ processes, now: '2026-03-02T09:00:00.000Z' });
    const { instance } = play.start({ processId: process.id });
    expect(instance?.state.status).toBe('active');
    play.broadcast('stop', {});
    expect(instance?.state.status).toBe('completed');
  });
});
