import { describe, expect, test } from 'vitest';
import { startFixture } from '../support/index.js';

describe('2.5 interruption', () => {
  test('S44: completion before timer takes the normal flow alone', async () => {
    const instance = await startFixture('step/task-with-timer');
    const timerId = instance.timer('late').id;
    instance.complete('work');
    instance.send({ kind: 'timerFired', timerId });
    expect(instance.completed()).toEqual(['begin', 'work', 'done']);
  });

  test('S44: timer before completion takes the boundary flow alone', async () => {
    const instance = await startFixture('step/task-with-timer');
    instance.fire('late');
    expect(() => instance.complete('work')).toThrow();
    instance.complete('escalated');
    expect(instance.completed()).toEqual(['begin', 'late', 'escalated', 'end-late']);
  });

  test('S45: a signal that both task and sub-process wait for is handled outermost first', async () => {
    const instance = await startFixture('step/nested-signals');
    instance.signal('stop');
    expect(instance.waitingAt()).toEqual(['outer-path']);
    expect(instance.entered('inner')).toBe(0);
  });

  test('S48: of an inner handler and a boundary event for one signal the handler takes it', async () => {
    const instance = await startFixture('step/signal-handler-and-boundary', { order: 1 });
    instance.signal('stop');
    expect(instance.waitingAt()).toEqual(['handle']);
    instance.complete('handle');
    expect(instance.completed().slice(-3)).toEqual(['handler', 'inside', 'done']);
  });

  test('S48: a message goes to the deepest open scope, the handler', async () => {
    const instance = await startFixture('step/signal-handler-and-boundary', { order: 1 });
    instance.message('word');
    expect(instance.waitingAt()).toEqual(['listen', 'work']);
  });

  test('S48: both for one error: the handler, and then the normal flow', async () => {
    const instance = await startFixture('step/error-handler-and-boundary');
    instance.job('charge', { error: 'DECLINED' });
    expect(instance.waitingAt()).toEqual(['handle']);
    instance.complete('handle');
    expect(instance.completed().slice(-3)).toEqual(['handler', 'inside', 'done']);
  });
});

describe('2.5 S46 cancel before continue', () => {
  test('the boundary successor starts only after the called instance has confirmed', async () => {
    const instance = await startFixture('step/cancel-before-continue');
    const [child = ''] = instance.children();
    const { effects } = instance.fire('late');
    const kinds = effects.map(({ kind }) => kind);
    expect(kinds).toEqual(['cancelChild', 'cancelJob', 'cancelTimer']);
    expect(instance.waitingAt()).toEqual([]);
    expect(instance.entered('late')).toBe(0);
    instance.childEnded(child, {}, 'cancelled');
    expect(instance.waitingAt()).toEqual(['after']);
  });

  test('a called instance that ended by itself in the meantime confirms as well', async () => {
    const instance = await startFixture('step/cancel-before-continue');
    const [child = ''] = instance.children();
    instance.fire('late');
    instance.childEnded(child, { x: 1 }, 'completed');
    expect(instance.waitingAt()).toEqual(['after']);
    expect(instance.value('x')).toBeUndefined();
  });

  test('an outer interruption takes over what an inner one waits for', async () => {
    const instance = await startFixture('step/cancel-twice');
    const [child = ''] = instance.children();
    instance.fire('inner-late');
    instance.fire('outer-late');
    expect(instance.emitted('cancelChild')).toHaveLength(1);
    expect(instance.entered('outer-late')).toBe(0);
    instance.childEnded(child, {}, 'cancelled');
    expect(instance.waitingAt()).toEqual(['outer-after']);
    expect(instance.entered('inner-late')).toBe(0);
  });

  test('while it waits, a join sees the token that will leave by the boundary event', async () => {
    const instance = await startFixture('step/join-behind-cancelled-call');
    const [child = ''] = instance.children();
    instance.complete('a');
    instance.fire('late');
    expect(instance.waitingAt()).toEqual([]);
    instance.childEnded(child, {}, 'cancelled');
    expect(instance.waitingAt()).toEqual(['after']);
    expect(instance.entered('join')).toBe(1);
  });

  test('an instance that is ending starts no handler any more', async () => {
    const instance = await startFixture('step/cancel-with-handler', { order: 1 });
    const [row] = instance.subscriptions('stop');
    const [child = ''] = instance.children();
    instance.cancel();
    expect(instance.subscriptions('stop')).toEqual([]);
    const stop = { kind: 'messageReceived', messageId: 'm', variables: {} } as const;
    instance.send({ ...stop, subscriptionId: row?.id ?? '' });
    expect(instance.waitingAt()).toEqual([]);
    instance.childEnded(child, {}, 'cancelled');
    expect(instance.state.status).toBe('cancelled');
  });

  test('cancelling the instance waits for the called one, and is done once', async () => {
    const instance = await startFixture('step/cancel-before-continue');
    const [child = ''] = instance.children();
    expect(instance.cancel()).toMatchObject({ ok: true });
    expect(instance.state.status).toBe('ending');
    expect(instance.cancel()).toMatchObject({ ok: true });
    expect(instance.emitted('cancelChild')).toHaveLength(1);
    instance.childEnded(child, {}, 'cancelled');
    expect(instance.state.status).toBe('cancelled');
    expect(instance.cancel()).toMatchObject({ ok: false, code: 'INSTANCE_ENDED' });
  });
});

describe('2.5 non-interrupting boundary', () => {
  test('S47: after one firing and the completion of its host the reminder path runs to its end', async () => {
    const instance = await startFixture('step/reminder-outlives');
    instance.fire('remind');
    instance.complete('work');
    expect(instance.waitingAt()).toEqual(['nag']);
    instance.complete('nag');
    expect(instance.completed()).toContain('nagged');
    expect(instance.state.status).toBe('completed');
  });

  test('S47: it stops when its host ends', async () => {
    const instance = await startFixture('step/scope-stays-open');
    instance.fire('remind');
    instance.complete('work');
    expect(Object.values(instance.state.timers)).toEqual([]);
  });
});
