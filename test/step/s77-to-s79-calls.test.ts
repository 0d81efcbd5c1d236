import { describe, expect, test } from 'vitest';
import type { Effect, Variables } from '../../engine/model/index.js';
import { compileFixture, Driver, startFixture } from '../support/index.js';

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
