import { describe, expect, test } from 'vitest';
import type { Effect, InstanceEvent, Variables } from '../../engine/model/index.js';
import { createInstance, step } from '../../engine/step/index.js';
import type { Sent } from '../support/core-driver.js';
import { cpuMs } from '../support/cpu-time.js';
import { compileFixture, Driver, startFixture } from '../support/index.js';

const CALLER = { instanceId: 'outer', childId: 'call:3' };

type Asked = Extract<Effect, { kind: 'askCaller' }>;

/** Starts the instance that the newest call of `parent` asks for. */
const startCalled = async (parent: Driver, path: string, variables: Variables): Promise<Driver> => {
  const { process } = await compileFixture(path);
  const childId = parent.children().at(-1) ?? '';
  return new Driver(process, { instanceId: 'under-test', childId }).start(variables);
};

/** Hands everything that a called instance has asked since to its caller, and the answers back. */
const relay = (parent: Driver, child: Driver): void => {
  const childId = child.state.caller?.childId ?? '';
  const known = new Set(parent.emitted('answerChild').map(({ id, throwId }) => `${id} ${throwId}`));
  const asked: readonly Asked[] = child.emitted('askCaller');
  for (const { id: throwId, thrown } of asked) {
    if (known.has(`${childId} ${throwId}`)) continue;
    if (child.state.throws[throwId] === undefined) continue;
    parent.send({ kind: 'childThrew', childId, throwId, thrown });
  }
  answer(parent, child);
};

/** Hands the answers of a caller to the instance it called, and that one's end back. */
const answer = (parent: Driver, child: Driver): void => {
  const childId = child.state.caller?.childId ?? '';
  for (const { id, throwId, outcome } of parent.emitted('answerChild')) {
    if (id !== childId || child.state.throws[throwId] === undefined) continue;
    child.send({ kind: 'throwAnswered', throwId, outcome });
  }
  const [end] = child.emitted('endInstance');
  if (end !== undefined && parent.state.calls[childId] !== undefined) {
    parent.childEnded(childId, end.variables, end.status);
  }
};

describe('2.8 S77, S78 binding and variables', () => {
  test('S77: nothing of that name is an incident; a retry calls again', async () => {
    const instance = await startFixture('step/call-without-handlers');
    const [childId = ''] = instance.children();
    const fault = { code: 'CALL_TARGET', message: 'no such process' };
    instance.send({ kind: 'childNotStarted', childId, ...fault });
    expect(instance.incidents()).toEqual(['CALL_TARGET bill']);
    const ends = instance.entries.filter(({ kind }) => kind === 'childEnded');
    expect(ends).toMatchObject([{ data: { childId, outcome: 'notStarted' } }]);
    instance.resolve();
    expect(instance.emitted('startChild')).toHaveLength(2);
    instance.childEnded(instance.children()[0] ?? '');
    expect(instance.state.status).toBe('completed');
  });

  test('S78: without propagation and with one mapping the child has exactly one variable', async () => {
    const parent = await startFixture('step/call-one-variable', { total: 9, secret: 1 });
    const [start] = parent.emitted('startChild');
    expect(start?.variables).toEqual({ amount: 9 });
  });

  test('S78: a call that passes on all it sees says what of it is mapped', async () => {
    const [mapping] = (await startFixture('step/call-one-variable', { total: 9 })).emitted(
      'startChild',
    );
    expect(mapping?.mapped).toBeUndefined();
    const [passing] = (
      await startFixture('elements/call-activity/valid-all', { total: 9 })
    ).emitted('startChild');
    expect(passing).toMatchObject({ variables: { total: 9 }, mapped: [] });
  });

  test('S78: nor do inner instances pass on their items and counters', async () => {
    const parent = await startFixture('step/mi-call-one-variable', { items: [1, 2] });
    const variables = parent.emitted('startChild').map((start) => start.variables);
    expect(variables).toEqual([{ amount: 10 }, { amount: 20 }]);
  });
});

describe('2.8 S79 outcomes', () => {
  test('a child that an operator cancelled is an incident of the call', async () => {
    const parent = await startFixture('step/call-without-handlers');
    const child = await startCalled(parent, 'step/called-billing', { ok: true });
    child.cancel();
    answer(parent, child);
    expect(parent.incidents()).toEqual(['CALL_CANCELLED bill']);
    expect(parent.state.status).toBe('active');
    expect(parent.resolve({ paid: true }, 'complete')).toMatchObject({ ok: true });
    expect(parent.state.status).toBe('completed');
  });

  test('cancelling the caller cancels the child, and waits for it', async () => {
    const parent = await startFixture('step/call-without-handlers');
    const child = await startCalled(parent, 'step/called-billing', { ok: true });
    parent.cancel();
    expect(parent.emitted('cancelChild')).toHaveLength(1);
    child.cancel();
    answer(parent, child);
    expect([parent.state.status, child.state.status]).toEqual(['cancelled', 'cancelled']);
  });

  test('an error crosses into the caller: the child ends first, then its boundary flow', async () => {
    const parent = await startFixture('step/call-with-handlers');
    const child = await startCalled(parent, 'step/called-billing', { ok: false, word: 'limit' });
    relay(parent, child);
    relay(parent, child);
    child.complete('pay');
    expect(child.waitingAt()).toEqual(['fail']);
    relay(parent, child);
    expect(child.state.status).toBe('failed');
    expect(child.completed()).toContain('fail');
    expect(parent.state.status).toBe('completed');
    expect(parent.completed()).toContain('failed-end');
    expect(parent.variables()).toMatchObject({ why: 'limit', code: 'DECLINED' });
  });

  test('a cancellation by the caller that comes after the end is no news, one by a person is refused', async () => {
    const parent = await startFixture('step/call-with-handlers');
    const child = await startCalled(parent, 'step/called-billing', { ok: true });
    child.cancel();
    const { length } = child.entries;
    child.send({ kind: 'cancel', requestId: null, actor: null });
    expect(child.entries).toHaveLength(length);
    expect(child.cancel()).toMatchObject({ ok: false, code: 'INSTANCE_ENDED' });
    expect(child.told('requestRefused')).toHaveLength(1);
  });

  test('an error that the caller does not catch stays an incident in the child', async () => {
    const parent = await startFixture('step/call-without-handlers');
    const child = await startCalled(parent, 'step/called-billing', { ok: false, word: 'limit' });
    relay(parent, child);
    relay(parent, child);
    child.complete('pay');
    relay(parent, child);
    expect(child.incidents()).toEqual(['UNCAUGHT_ERROR fail']);
    expect(parent.waitingAt()).toEqual(['bill']);
    expect(parent.incidents()).toEqual([]);
  });

  test('S43: thrown twice to a non-interrupting boundary: two tokens there, the child completes', async () => {
    const parent = await startFixture('step/call-with-handlers');
    const child = await startCalled(parent, 'step/called-billing', { ok: true, word: '' });
    expect(child.waitingAt()).toEqual(['first']);
    relay(parent, child);
    expect(child.waitingAt()).toEqual(['second']);
    relay(parent, child);
    expect(child.waitingAt()).toEqual(['pay']);
    child.complete('pay');
    answer(parent, child);
    expect(parent.entered('told')).toBe(2);
    expect(parent.value('note')).toBe(2);
    expect(parent.waitingAt()).toEqual(['after']);
  });

  test('S43: an escalation that nobody catches lets the child go on', async () => {
    const parent = await startFixture('step/call-without-handlers');
    const child = await startCalled(parent, 'step/called-billing', { ok: true, word: '' });
    relay(parent, child);
    relay(parent, child);
    expect(child.waitingAt()).toEqual(['pay']);
    expect(parent.told('escalationThrown')).toEqual(['bill', 'bill']);
  });

  test('both cross an instance between that does not catch them', async () => {
    const outer = await startFixture('step/call-with-handlers');
    const middle = await startCalled(outer, 'step/called-middle', { ok: false, word: 'limit' });
    const inner = await startCalled(middle, 'step/called-billing', { ok: false, word: 'limit' });
    const turn = (): void => {
      relay(middle, inner);
      relay(outer, middle);
      answer(middle, inner);
    };
    turn();
    turn();
    expect(outer.entered('told')).toBe(2);
    inner.complete('pay');
    relay(middle, inner);
    relay(outer, middle);
    expect(middle.state.status).toBe('ending');
    answer(middle, inner);
    expect(inner.state.status).toBe('failed');
    answer(outer, middle);
    expect(middle.state.status).toBe('failed');
    expect(outer.completed()).toContain('failed-end');
  });

  test('a child whose call is being cancelled is told to end when it throws', async () => {
    const parent = await startFixture('step/call-after-timer');
    const child = await startCalled(parent, 'step/called-billing', { ok: true, word: '' });
    parent.fire('late');
    relay(parent, child);
    expect(child.state.status).toBe('failed');
    expect(parent.waitingAt()).toEqual(['after']);
  });

  const ESCALATION = { kind: 'escalation', code: 'LATE', message: '', variables: {} } as const;

  // The called process forks: one token escalates, the other terminates it before the caller's caller has answered.
  test.each(['uncaught', 'caught', 'interrupted'] as const)(
    'a called instance that ends while its throw is asked about leaves nothing to answer (%s)',
    async (outcome) => {
      const { process } = await compileFixture('step/mi-of-calls');
      const middle = new Driver(process, CALLER);
      middle.start({ items: [1] });
      const [childId = ''] = middle.children();
      middle.send({ kind: 'childThrew', childId, throwId: 'throw:7', thrown: ESCALATION });
      const [asked] = middle.emitted('askCaller');
      middle.childEnded(childId, { receipt: 'r' });
      expect(middle.waitingAt()).toEqual(['after']);
      expect(middle.state.throws).toEqual({});
      middle.send({ kind: 'throwAnswered', throwId: asked?.id ?? '', outcome });
      expect(middle.told('eventNotAwaited')).toHaveLength(1);
      expect(middle.waitingAt()).toEqual(['after']);
    },
  );

  test('a throw that a state of before kept longer than its element is not awaited', async () => {
    const { process } = await compileFixture('step/mi-of-calls');
    const middle = new Driver(process, CALLER);
    middle.start({ items: [1] });
    middle.childEnded(middle.children()[0] ?? '', { receipt: 'r' });
    const state = structuredClone(middle.state);
    const { kind, code, message } = ESCALATION;
    const gone = { kind, code, message, elementInstanceId: 'each:99', child: null };
    state.throws['throw:98'] = { id: 'throw:98', ...gone };
    const late = { kind: 'throwAnswered', throwId: 'throw:98', outcome: 'uncaught' } as const;
    const { entries } = step(process, state, { ...late, at: middle.now });
    expect(entries.map((entry) => entry.kind)).toEqual(['eventNotAwaited']);
    expect(state.throws).toEqual({});
  });

  test('ending a thousand calls costs the same whether or not each has asked something', async () => {
    const { process } = await compileFixture('step/mi-of-calls');
    const costOf = (isAsking: boolean): number => {
      const state = createInstance({ instanceId: 'm', processId: process.id, caller: CALLER });
      const send = (event: Sent): void => {
        step(process, state, { ...event, at: '2026-03-02T12:00:00.000Z' } as InstanceEvent);
      };
      const items = Array.from({ length: 1000 }, (_, i) => i);
      const nobody = { requestId: null, actor: null };
      send({ kind: 'start', elementId: null, variables: { items }, ...nobody });
      const calls = Object.keys(state.calls);
      for (const childId of isAsking ? calls : []) {
        for (const throwId of ['throw:1', 'throw:2', 'throw:3']) {
          send({ kind: 'childThrew', childId, throwId, thrown: ESCALATION });
        }
      }
      const before = cpuMs();
      send({ kind: 'cancel', ...nobody });
      expect(state.throws).toEqual({});
      return cpuMs() - before;
    };
    costOf(true);
    expect(costOf(true)).toBeLessThan(10 * costOf(false) + 50);
  });

  test('an answer to a throw whose element was interrupted meanwhile is not awaited', async () => {
    const parent = await startFixture('step/call-without-handlers');
    const child = await startCalled(parent, 'step/called-billing', { ok: true, word: '' });
    const [asked] = child.emitted('askCaller');
    child.cancel();
    child.send({ kind: 'throwAnswered', throwId: asked?.id ?? '', outcome: 'interrupted' });
    expect(child.state.status).toBe('cancelled');
    expect(child.told('eventNotAwaited')).toHaveLength(1);
  });
});
