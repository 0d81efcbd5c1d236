import { describe, expect, test } from 'vitest';
import { startFixture } from '../support/index.js';

describe('2.5 event sub-processes', () => {
  test('S49: a timer of PT1H counts from scope entry, whatever runs inside by then', async () => {
    const instance = await startFixture('step/handler-timer-from-entry');
    instance.wait(30).complete('first');
    expect(instance.timer('due').series.dueAt).toBe('2026-03-02T10:00:00.000Z');
    instance.fire('due');
    expect(instance.waitingAt()).toEqual(['chase', 'second']);
  });

  test('S49: it reads and writes the variables of its scope', async () => {
    const instance = await startFixture('step/handler-reads-writes-scope', { order: 1 });
    instance.message('add');
    instance.message('add');
    instance.complete('work');
    expect(instance.value('total')).toBe(3);
  });

  test('S49: it stays armed while a join waits', async () => {
    const instance = await startFixture('step/handler-while-join-waits', { order: 1 });
    instance.complete('a');
    instance.message('check');
    expect(instance.waitingAt()).toEqual(['b', 'look']);
    instance.complete('b');
    expect(instance.waitingAt()).toEqual(['look']);
  });

  test('S49: one that cannot be armed stops its scope behind an incident until that is resolved', async () => {
    const instance = await startFixture('step/handler-cannot-be-armed', {}, 'begin');
    expect(instance.incidents()).toEqual(['CORRELATION_KEY handler-cannot-be-armed-process']);
    instance.complete('work');
    expect(instance.state.status).toBe('active');
    instance.resolve({ order: 7 });
    expect(instance.state.status).toBe('completed');
  });

  test('S49, S36: a terminate end does not wait for it', async () => {
    const instance = await startFixture('step/handler-unarmed-terminate', {}, 'begin');
    expect(instance.incidents()).toHaveLength(1);
    instance.complete('work');
    expect(instance.state.status).toBe('completed');
  });

  test('S49: resolved in time, it is armed', async () => {
    const instance = await startFixture('step/handler-cannot-be-armed', {}, 'begin');
    instance.resolve({ order: 7 });
    instance.message('ask');
    expect(instance.waitingAt()).toEqual(['handle', 'work']);
  });

  test('S49: one inside another that cannot be armed leaves the tokens there as they are', async () => {
    const instance = await startFixture('step/handler-in-handler-unarmed', { order: 1 });
    instance.message('ask');
    expect(instance.incidents()).toEqual(['CORRELATION_KEY handler']);
    instance.resolve({ key: 'k' });
    expect(instance.waitingAt()).toEqual(['handle', 'work']);
    instance.message('word');
    expect(instance.entered('heard')).toBe(1);
    instance.complete('handle');
    instance.complete('work');
    expect(instance.state.status).toBe('completed');
  });

  test('S50: of two interrupting ones only the first runs, then the scope leaves normally', async () => {
    const instance = await startFixture('step/two-interrupting-handlers', { order: 1 });
    const [second] = instance.subscriptions('two');
    instance.fire('on-three');
    instance.message('one');
    instance.send({
      kind: 'messageReceived',
      subscriptionId: second?.id ?? '',
      messageId: 'm',
      variables: {},
    });
    expect(instance.waitingAt()).toEqual(['handle-one']);
    instance.complete('handle-one');
    expect(instance.waitingAt()).toEqual(['after']);
  });

  test('S51: three messages start three instances, each with a scope of its own', async () => {
    const instance = await startFixture('elements/event-sub-process/valid-message', { order: 1 });
    for (const what of ['a', 'b', 'c']) instance.message('change', { what });
    expect(instance.waitingAt()).toEqual(['handle', 'handle', 'handle', 'work']);
    const scopes = Object.values(instance.state.elements).filter(
      (it) => it.elementId === 'on-change',
    );
    expect(scopes).toHaveLength(3);
  });
});
