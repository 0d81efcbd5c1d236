import { describe, expect, test } from 'vitest';
import type { InstanceEvent } from '../../engine/model/index.js';
import { createInstance, step } from '../../engine/step/index.js';
import { compileFixture, startFixture } from '../support/index.js';

describe('2.1 core machine', () => {
  test('S01: a recorded event list, folded twice, gives equal states and effects', async () => {
    const { process } = await compileFixture('step/task-with-timer');
    const who = { requestId: 'r1', actor: 'cory' };
    const at = '2026-03-02T09:00:00.000Z';
    const events: readonly InstanceEvent[] = [
      { kind: 'start', at, elementId: null, variables: { n: 1 }, ...who },
      { kind: 'timerFired', at: '2026-03-02T10:00:00.000Z', timerId: 'late:4' },
      { kind: 'jobCompleted', at, jobId: 'constructor', variables: {} },
      { kind: 'taskCompleted', at, taskId: 'escalated:7', action: null, variables: {}, ...who },
    ];
    const fold = (): string => {
      const state = createInstance({ instanceId: 'i', processId: process.id, caller: null });
      const results = events.map((event) => step(process, state, event));
      return JSON.stringify([state, results]);
    };
    expect(fold()).toBe(fold());
    expect(fold()).toContain('"kind":"timerFired"');
  });

  test('S02: a fork to three script tasks follows the order of its outgoing flows', async () => {
    const instance = await startFixture('step/fork-three-scripts', { order: 7 });
    expect(instance.completed().slice(2, 5)).toEqual(['three', 'one', 'two']);
    expect(instance.variables()).toEqual({ order: 7, first: 7, second: 1, third: 2 });
  });

  test('S03, S04: the first of completion and timer is taken to its end, the other is told why not', async () => {
    const instance = await startFixture('step/task-with-timer');
    const [taskId = ''] = Object.keys(instance.state.tasks);
    instance.fire('late');
    const before = { ...instance.state, sequence: 0 };
    const { answer } = instance.send({
      kind: 'taskCompleted',
      taskId,
      action: null,
      variables: {},
      requestId: null,
      actor: 'ana',
    });
    expect(answer).toMatchObject({ ok: false, code: 'TASK_UNKNOWN' });
    expect(answer?.message).toContain("ended by timer 'late', due at 2026-03-02T10:00:00.000Z");
    expect({ ...instance.state, sequence: 0 }).toEqual(before);
    expect(instance.waitingAt()).toEqual(['escalated']);
  });

  test('S03, S04: the timer that comes after the completion changes nothing', async () => {
    const instance = await startFixture('step/task-with-timer');
    const timerId = instance.timer('late').id;
    instance.complete('work');
    const { entries, effects } = instance.send({ kind: 'timerFired', timerId });
    expect(entries).toMatchObject([{ kind: 'eventNotAwaited' }]);
    expect(effects).toEqual([]);
    expect(instance.completed()).toEqual(['begin', 'work', 'done']);
  });

  test('S04: events for things whose names every object has are not awaited either', async () => {
    const instance = await startFixture('step/task-with-timer');
    for (const name of ['constructor', '__proto__', 'toString']) {
      instance.send({ kind: 'jobFailed', jobId: name, code: null, message: '' });
      instance.send({ kind: 'timerFired', timerId: name });
      instance.send({
        kind: 'messageReceived',
        subscriptionId: name,
        messageId: 'm',
        variables: {},
      });
      instance.send({ kind: 'signalReceived', subscriptionIds: [name], variables: {} });
      instance.send({ kind: 'childEnded', childId: name, outcome: 'completed', variables: {} });
      instance.send({ kind: 'throwAnswered', throwId: name, outcome: 'caught' });
    }
    expect(instance.told('eventNotAwaited')).toHaveLength(18);
    expect(instance.waitingAt()).toEqual(['work']);
  });
});

describe('S05 deadlock', () => {
  test('an exclusive split into a parallel join names the join and its empty flow', async () => {
    const instance = await startFixture('step/exclusive-into-parallel', { left: true });
    expect(instance.incidents()).toEqual([]);
    instance.complete('a');
    expect(instance.incidents()).toEqual(['DEADLOCK join']);
    expect(Object.values(instance.state.incidents)[0]?.message).toContain('b-to-join');
  });

  test('a retry finds it again, and nothing can say that the join is done', async () => {
    const instance = await startFixture('step/exclusive-into-parallel', { left: true });
    instance.complete('a');
    expect(instance.resolve()).toMatchObject({ ok: true });
    expect(instance.incidents()).toEqual(['DEADLOCK join']);
    expect(instance.resolve({}, 'complete')).toMatchObject({ code: 'INCIDENT_WITHOUT_JOB' });
    expect(instance.incidents()).toEqual(['DEADLOCK join']);
  });

  test('parallel joins that wait for each other', async () => {
    const instance = await startFixture('step/parallel-deadlock-mutual', { ends: false });
    expect(instance.incidents()).toEqual(['DEADLOCK one']);
  });

  test('inclusive joins that wait for each other, once nothing else can happen', async () => {
    const instance = await startFixture('step/inclusive-deadlock-mutual', { loops: true });
    expect(instance.incidents()).toEqual([]);
    instance.complete('other');
    expect(instance.incidents()).toEqual(['DEADLOCK one']);
  });

  test('is found in a scope that came to rest long before the step did', async () => {
    const instance = await startFixture('step/deadlock-then-others');
    expect(instance.incidents()).toEqual(['DEADLOCK join']);
    expect(instance.waitingAt()).toEqual(['work']);
  });

  test('a handler that ends all else ends the deadlock too', async () => {
    const instance = await startFixture('step/deadlock-and-handler', { left: true, order: 1 });
    instance.complete('a');
    expect(instance.incidents()).toEqual(['DEADLOCK join']);
    instance.message('stop');
    expect(instance.incidents()).toEqual([]);
    expect(instance.waitingAt()).toEqual(['halt']);
  });

  test('also inside a sub-process when the last other thing ends outside of it', async () => {
    const instance = await startFixture('step/inclusive-deadlock-in-sub-process');
    instance.complete('other');
    expect(instance.incidents()).toEqual(['DEADLOCK one']);
  });
});

describe('S06 loop guard', () => {
  test('a cycle of none events becomes one incident, and each retry a fresh budget', async () => {
    const instance = await startFixture('step/endless-loop', { stop: false });
    expect(instance.incidents()).toHaveLength(1);
    const rounds = instance.entered('again');
    instance.resolve();
    expect(instance.incidents()).toHaveLength(1);
    expect(instance.entered('again')).toBeGreaterThan(rounds + 10);
    instance.resolve({ stop: true });
    expect(instance.state.status).toBe('completed');
  });

  test('a token held before a join is still on its flow, and joins when it goes on', async () => {
    const instance = await startFixture('step/loop-limit-before-join');
    expect(instance.incidents()).toEqual(['LOOP_LIMIT join', 'LOOP_LIMIT join']);
    instance.resolve();
    expect(instance.incidents()).toEqual(['LOOP_LIMIT join']);
    instance.resolve();
    expect(instance.waitingAt()).toEqual(['after']);
  });

  test('inner instances have a budget of their own: one collection in another ends in incidents', async () => {
    const instance = await startFixture('step/mi-in-mi', { n: 4, m: 8 });
    expect(instance.incidents()).toEqual(['LOOP_LIMIT inner', 'LOOP_LIMIT inner']);
    expect(Object.keys(instance.state.tasks)).toHaveLength(16);
    instance.resolve();
    expect(instance.incidents()).toEqual(['LOOP_LIMIT inner']);
    expect(Object.keys(instance.state.tasks)).toHaveLength(24);
    instance.resolve();
    expect(instance.incidents()).toEqual([]);
  });

  test('one collection may be larger than that budget, and starts counted before it are not its own', async () => {
    const instance = await startFixture('step/mi-in-mi', { n: 1, m: 50 });
    expect(instance.incidents()).toEqual([]);
    expect(Object.keys(instance.state.tasks)).toHaveLength(50);
  });

  test('600 times 600 inner instances of one event stop near the budget', async () => {
    const { process } = await compileFixture('step/mi-in-mi');
    const state = createInstance({ instanceId: 'i', processId: process.id, caller: null });
    const limits = { ...process.limits, movesAStep: 10_000 };
    const at = '2026-03-02T09:00:00.000Z';
    const start = { kind: 'start', at, elementId: null, requestId: null, actor: null } as const;
    const variables = { n: 600, m: 600 };
    step({ ...process, limits }, state, { ...start, variables });
    expect(Object.keys(state.tasks).length).toBeLessThan(11_000);
    expect(Object.keys(state.incidents).length).toBeLessThan(600);
    expect(state.innerStarts).toBeUndefined();
  });

  test('a host that takes it in pieces comes to the same incident', async () => {
    const { process } = await compileFixture('step/endless-loop');
    const state = createInstance({ instanceId: 'i', processId: process.id, caller: null });
    const at = '2026-03-02T09:00:00.000Z';
    const start = { kind: 'start', at, elementId: null, requestId: null, actor: null } as const;
    let piece = step(process, state, { ...start, variables: { stop: false } }, { pauseAfter: 7 });
    let pieces = 1;
    for (; piece.hasMore && pieces < 100; pieces += 1) {
      piece = step(process, state, { kind: 'continue', at }, { pauseAfter: 7 });
    }
    expect(pieces).toBeLessThan(20);
    expect(Object.values(state.incidents)).toMatchObject([{ code: 'LOOP_LIMIT' }]);
  });
});
