import { describe, expect, test } from 'vitest';
import type { Json, Variables } from '../../engine/model/index.js';
import { type Driver, startFixture } from '../support/index.js';

/** Completes the user task of the inner instance with this index. */
const completeInner = (instance: Driver, index: number, variables: Variables = {}): void => {
  const inner = Object.values(instance.state.elements).find((it) => it.index === index);
  instance.send({
    kind: 'taskCompleted',
    taskId: inner?.id ?? '',
    action: null,
    variables,
    requestId: null,
    actor: null,
  });
};

describe('2.8 S70 size', () => {
  test('a list that the first instance changes is run as it was', async () => {
    const instance = await startFixture('step/mi-frozen-list', { items: [1, 2] });
    expect(instance.state.status).toBe('completed');
    expect(instance.value('items')).toEqual([1, 2, 1, 2]);
  });

  test('an empty list completes at once with an empty output', async () => {
    const instance = await startFixture('step/mi-parallel', { items: [] });
    expect(instance.waitingAt()).toEqual(['after']);
    expect(instance.value('results')).toEqual([]);
    expect(instance.told('timerCancelled')).toEqual(['late']);
  });

  test('a cardinality of 0 completes at once', async () => {
    const instance = await startFixture('step/mi-cardinality', { n: 0 });
    expect(instance.state.status).toBe('completed');
  });

  const wrong: readonly [Json][] = [[null], ['text'], [{ a: 1 }], [7]];
  test.each(wrong)('a collection of %j is an incident that a retry mends', async (items) => {
    const instance = await startFixture('step/mi-sizes', { items });
    expect(instance.incidents()).toEqual(['MI_SIZE each']);
    instance.resolve({ items: ['a'] });
    expect(instance.waitingAt()).toEqual(['each']);
  });

  test.each([[-1], [1.5], ['3'], [10_001]])('a cardinality of %j is an incident', async (n) => {
    const instance = await startFixture('step/mi-cardinality', { n });
    expect(instance.incidents()).toEqual(['MI_SIZE each']);
  });
});

describe('2.8 S71 attributes', () => {
  test('of 4 parallel instances with 1 done the counters read 4, 3, 1, 0', async () => {
    const instance = await startFixture('step/mi-counters-condition');
    completeInner(instance, 3);
    expect(instance.state.status).toBe('completed');
  });

  test('loopCounter starts at 1, and parallel instances are all there at once', async () => {
    const instance = await startFixture('step/mi-counters');
    const jobs = instance.emitted('startJob').map(({ variables }) => variables);
    expect(jobs.map(({ counter, total }) => [counter, total])).toEqual([
      [1, 4],
      [2, 4],
      [3, 4],
      [4, 4],
    ]);
  });

  test('all are active while the first runs, also where none has to wait', async () => {
    const instance = await startFixture('step/mi-counters-script', { seen: [] });
    expect(instance.value('seen')).toEqual([
      [1, 3, 3, 0],
      [2, 3, 2, 1],
      [3, 3, 1, 2],
    ]);
  });

  test('workers see the counters, messages carry what is mapped', async () => {
    const jobs = (await startFixture('step/mi-counters')).emitted('startJob');
    expect(jobs.map(({ variables }) => variables.numberOfActiveInstances)).toEqual([4, 4, 4, 4]);
    const offers = await startFixture('step/mi-send', { items: [1, 2] });
    const sent = offers.emitted('publishMessage').map(({ key, variables }) => [key, variables]);
    expect(sent).toEqual([
      ['1', { amount: 10 }],
      ['2', { amount: 20 }],
    ]);
  });

  test('sequential: one active at a time, the rest pending', async () => {
    const instance = await startFixture('step/mi-counters-sequential');
    const seen: (Json | undefined)[] = [];
    for (let round = 0; round < 3; round += 1) {
      seen.push(instance.value('seen'));
      instance.complete('work');
    }
    expect(seen).toEqual([
      [1, 3, 1, 0, 0],
      [2, 3, 1, 1, 0],
      [3, 3, 1, 2, 0],
    ]);
    expect(instance.state.status).toBe('completed');
  });
});

describe('2.8 S72, S73 output and completion', () => {
  test('S72: completed in the order 3, 1, 2, the outputs are in the order 1, 2, 3', async () => {
    const instance = await startFixture('step/mi-parallel', { items: ['a', 'b', 'c'] });
    for (const index of [3, 1, 2]) {
      expect(instance.value('results')).toBeUndefined();
      completeInner(instance, index, { answer: index * 10 });
    }
    expect(instance.value('results')).toEqual([10, 20, 30]);
    expect(instance.value('answer')).toBeUndefined();
  });

  test('S73: of 5 with completed >= 2, two finish, three are cancelled, one token leaves', async () => {
    const instance = await startFixture('step/mi-condition');
    completeInner(instance, 4);
    completeInner(instance, 2);
    expect(instance.told('taskCancelled')).toHaveLength(3);
    expect(instance.waitingAt()).toEqual(['after']);
    expect(instance.value('results')).toEqual([null, 2, null, 4, null]);
  });

  test('S73: what was not yet begun does not begin behind an incident of the body', async () => {
    const instance = await startFixture('step/mi-condition-then-no-flow', { way: 'c' });
    expect(instance.incidents()).toEqual(['NO_FLOW_SELECTED each']);
    expect(instance.value('last')).toBe(1);
    instance.resolve({ way: 'a' });
    expect(instance.waitingAt()).toEqual(['a']);
  });

  test('S73, S46: called instances of the rest confirm first', async () => {
    const instance = await startFixture('step/mi-condition-with-calls');
    for (let index = 1; index <= 3; index += 1) instance.complete('decide');
    const [first = '', second = '', third = ''] = instance.children();
    instance.childEnded(first);
    expect(instance.emitted('cancelChild').map(({ id }) => id)).toEqual([second, third]);
    instance.childEnded(third, {}, 'cancelled');
    expect(instance.waitingAt()).toEqual([]);
    instance.childEnded(second, {}, 'cancelled');
    expect(instance.waitingAt()).toEqual(['after']);
  });
});

describe('2.8 S75 boundary', () => {
  test('10 inner instances have one boundary timer, which cancels all, without output', async () => {
    const instance = await startFixture('step/mi-ten-with-timer');
    expect(instance.told('timerArmed')).toEqual(['late', 'nudge']);
    completeInner(instance, 1);
    instance.fire('nudge');
    instance.fire('nudge');
    instance.fire('late');
    expect(instance.told('taskCancelled')).toHaveLength(9);
    expect(instance.entered('nudged')).toBe(2);
    expect(instance.variables()).toEqual({});
    expect(instance.state.status).toBe('completed');
  });

  test('an error in one inner instance cancels its siblings first', async () => {
    const instance = await startFixture('step/mi-sub-process-error', { items: [1, 2, 3] });
    instance.job('charge', { error: 'X1' });
    expect(instance.told('jobCancelled')).toHaveLength(2);
    expect(instance.variables()).toMatchObject({ why: 'X1' });
    const told = instance.entries.map(({ kind, elementId }) => `${kind} ${elementId}`);
    expect(told.lastIndexOf('jobCancelled charge')).toBeLessThan(
      told.indexOf('elementEntered failed'),
    );
  });

  test('calls: each gets its item, outputs are in order, an interruption waits for all', async () => {
    const instance = await startFixture('step/mi-of-calls', { items: ['a', 'b'] });
    const ids = instance.emitted('startChild').map(({ variables }) => variables.id);
    expect(ids).toEqual(['a', 'b']);
    const [first = '', second = ''] = instance.children();
    instance.childEnded(second, { receipt: 'r2' });
    instance.childEnded(first, { receipt: 'r1' });
    expect(instance.value('results')).toEqual(['r1', 'r2']);
    expect(instance.waitingAt()).toEqual(['after']);
  });

  test('calls: interrupted, the token leaves when all have confirmed', async () => {
    const instance = await startFixture('step/mi-of-calls', { items: ['a', 'b'] });
    const [first = '', second = ''] = instance.children();
    instance.fire('late');
    instance.childEnded(first, {}, 'cancelled');
    expect(instance.state.status).toBe('active');
    instance.childEnded(second, {}, 'cancelled');
    expect(instance.state.status).toBe('completed');
  });
});
