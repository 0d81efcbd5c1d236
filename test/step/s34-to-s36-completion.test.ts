import { describe, expect, test } from 'vitest';
import { startFixture } from '../support/index.js';

describe('2.4 completion', () => {
  test('S34: a non-interrupting branch still active keeps the scope open at its main end', async () => {
    const instance = await startFixture('step/scope-stays-open');
    instance.fire('remind');
    instance.complete('work');
    expect(instance.completed()).toContain('done');
    expect(instance.state.status).toBe('active');
    instance.complete('aside');
    expect(instance.state.status).toBe('completed');
  });

  test('S35: with only a handler left, its message starts no second one, and the scope waits', async () => {
    const instance = await startFixture('step/completing', { order: 1 });
    instance.message('again');
    const [subscription] = instance.subscriptions('again');
    instance.complete('work');
    expect(instance.subscriptions('again')).toEqual([]);
    const late = { kind: 'messageReceived', messageId: 'm2', variables: {} } as const;
    instance.send({ ...late, subscriptionId: subscription?.id ?? '' });
    expect(instance.waitingAt()).toEqual(['handle']);
    instance.complete('handle');
    expect(instance.completed().slice(-3)).toEqual(['handler', 'inside', 'done']);
  });

  test('S36: of three parallel inner instances one terminates: the others go on, then the parent', async () => {
    const instance = await startFixture('step/terminate-in-mi', { stop: true });
    instance.complete('work');
    instance.complete('more');
    expect(instance.waitingAt()).toEqual(['work', 'work']);
    const body = Object.values(instance.state.elements).find(({ role }) => role === 'body');
    expect(body?.loop).toEqual({ total: 3, started: 3, completed: 0, terminated: 1 });
    instance.complete('work', { stop: false });
    instance.complete('work', { stop: false });
    expect(instance.waitingAt()).toEqual(['after']);
    expect(instance.value('results')).toEqual([null, 2, 3]);
  });

  test('S36: a sub-process ends by itself alone, maps its outputs and takes its flow', async () => {
    const instance = await startFixture('step/terminate-sub-process');
    instance.complete('a');
    expect(instance.waitingAt()).toEqual(['after', 'beside']);
    expect(instance.value('said')).toBe(1);
    expect(instance.told('taskCancelled')).toEqual(['b']);
  });

  test('S36: in a handler it ends that handler alone', async () => {
    const instance = await startFixture('step/terminate-in-handler', { order: 1 });
    instance.message('go');
    instance.message('go');
    instance.complete('a');
    expect(instance.waitingAt()).toEqual(['a', 'b', 'work']);
  });

  test('S36, S46: the process ends when its called instance has confirmed', async () => {
    const instance = await startFixture('step/terminate-with-call');
    const [child = ''] = instance.children();
    instance.complete('work');
    expect(instance.emitted('cancelChild')).toEqual([{ kind: 'cancelChild', id: child }]);
    expect(instance.state.status).toBe('active');
    instance.childEnded(child, {}, 'cancelled');
    expect(instance.state.status).toBe('completed');
  });
});
