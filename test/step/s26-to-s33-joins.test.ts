import { describe, expect, test } from 'vitest';
import { startFixture } from '../support/index.js';

describe('2.3 parallel join', () => {
  test('S26: tokens a, a and then b: one firing, one token left on a', async () => {
    const instance = await startFixture('step/parallel-join-counts-flows');
    instance.complete('one');
    instance.complete('two');
    expect(instance.entered('join')).toBe(0);
    instance.complete('three');
    expect(instance.entered('join')).toBe(1);
    expect(Object.values(instance.state.waiting)).toEqual([{ 'merge-to-join': 1 }]);
    // What is left can never be joined: the task behind does not lead back.
    expect(instance.incidents()).toEqual(['DEADLOCK join']);
  });
});

describe('2.3 inclusive join', () => {
  test('S27: while b can arrive it waits; when b ends elsewhere it fires', async () => {
    const instance = await startFixture('step/inclusive-join-ends-elsewhere', { arrives: false });
    instance.complete('a');
    expect(instance.waitingAt()).toEqual(['b']);
    instance.complete('b');
    expect(instance.waitingAt()).toEqual(['after']);
  });

  test('S27: when b arrives it fires once', async () => {
    const instance = await startFixture('step/inclusive-join-ends-elsewhere', { arrives: true });
    instance.complete('b');
    expect(instance.waitingAt()).toEqual(['a']);
    instance.complete('a');
    expect(instance.waitingAt()).toEqual(['after']);
  });

  test('S27: a boundary event of the node that holds the token is a path', async () => {
    const instance = await startFixture('step/inclusive-join-boundary');
    instance.complete('a');
    expect(instance.waitingAt()).toEqual(['b']);
    instance.fire('lost');
    expect(instance.waitingAt()).toEqual(['after', 'b']);
  });

  test('S27: so is one of a node further on', async () => {
    const instance = await startFixture('step/inclusive-join-upstream-boundary');
    instance.complete('a');
    expect(instance.waitingAt()).toEqual(['c']);
    instance.complete('c');
    instance.fire('late');
    expect(instance.waitingAt()).toEqual(['after']);
    expect(instance.entered('join')).toBe(1);
  });

  test('S27: one further on does not lead a token past the join that waits for it', async () => {
    const instance = await startFixture('step/inclusive-join-far-boundary');
    instance.complete('other');
    expect(instance.waitingAt()).toEqual(['first']);
    // In `second` it may come by the flow that holds a token: by the letter of S27 it is not waited for.
    instance.complete('first');
    expect(instance.waitingAt()).toEqual(['after', 'second']);
  });

  test('S27: paths follow a link', async () => {
    const instance = await startFixture('step/inclusive-join-link');
    instance.complete('a');
    expect(instance.waitingAt()).toEqual(['b']);
    instance.complete('b');
    expect(instance.waitingAt()).toEqual(['after']);
    expect(instance.entered('join')).toBe(1);
  });

  test('S27: a path through the gateway itself does not count: it fires in a loop, round by round', async () => {
    const instance = await startFixture('step/inclusive-join-loop', { again: true });
    instance.complete('a');
    instance.complete('b');
    expect(instance.waitingAt()).toEqual(['a', 'b']);
    instance.complete('b', { again: false });
    instance.complete('a');
    expect(instance.state.status).toBe('completed');
    expect(instance.entered('join')).toBe(2);
  });

  test('S28: the outer of two joins waits for the inner', async () => {
    const instance = await startFixture('step/inclusive-join-nested');
    instance.complete('c');
    instance.complete('a');
    expect(instance.entered('second')).toBe(0);
    instance.complete('b');
    expect(instance.waitingAt()).toEqual(['after']);
    expect([instance.entered('first'), instance.entered('second')]).toEqual([1, 1]);
  });

  test('S28: the last upstream token leaves by an interrupting boundary event to an end: same step', async () => {
    const instance = await startFixture('step/inclusive-hang-19460');
    instance.complete('a');
    expect(instance.waitingAt()).toEqual(['b']);
    instance.fire('gone');
    expect(instance.waitingAt()).toEqual(['after']);
  });

  test('S28: the sub-process before it is interrupted: same step', async () => {
    const instance = await startFixture('step/inclusive-join-after-sub-process');
    instance.complete('a');
    instance.fire('stopped');
    expect(instance.waitingAt()).toEqual(['after']);
  });

  test('S28: an interrupting boundary event that leads past it frees it', async () => {
    const instance = await startFixture('step/inclusive-join-boundary');
    instance.complete('a');
    instance.fire('late');
    expect(instance.waitingAt()).toEqual(['after']);
  });

  test('S29: two tokens on a and none expected on b: it fires twice, the instance completes', async () => {
    const instance = await startFixture('step/inclusive-join-two-tokens');
    instance.complete('one');
    instance.complete('two');
    expect(instance.entered('join')).toBe(0);
    instance.complete('three');
    expect(instance.entered('after')).toBe(2);
    expect(instance.state.status).toBe('completed');
  });
});

describe('2.3 events between flows', () => {
  test('S32: message and timer due in one activation: exactly one branch runs', async () => {
    const instance = await startFixture('step/event-gateway', { order: 'o1' });
    const timerId = instance.timer('late').id;
    instance.message('paid');
    const { entries } = instance.send({ kind: 'timerFired', timerId });
    expect(entries).toMatchObject([{ kind: 'eventNotAwaited' }]);
    expect(instance.waitingAt()).toEqual(['ship']);
  });

  test('S33: two throws and one catch: two tokens leave the catch', async () => {
    const instance = await startFixture('step/link-two-throws');
    expect(instance.waitingAt()).toEqual(['work', 'work']);
  });
});
