/** Modification of a running instance: what is cancelled, activated and moved, on one level (S97). */
import { describe, expect, test } from 'vitest';
import type { ModificationTarget } from '../../engine/model/index.js';
import { type Driver, startFixture } from '../support/index.js';

const at = (elementId: string, ancestorId: string | null = null): ModificationTarget => ({
  elementId,
  ancestorId,
  variables: [],
});
const all = (elementId: string) => ({ elementId });
const tokensAtJoin = ({ state }: Driver): number =>
  Object.values(state.waiting[state.rootId ?? ''] ?? {}).reduce((a, b) => a + b, 0);

describe('2.11 S97 cancelling', () => {
  test('takes one token with its task; the others go on', async () => {
    const instance = await startFixture('step/siblings');
    const [taskId = ''] = instance.live('a');
    expect(instance.modify({ cancellations: [all('a')] })).toMatchObject({ ok: true });
    expect(instance.waitingAt()).toEqual(['b']);
    expect(instance.told('taskCancelled')).toEqual(['a']);
    const late = { kind: 'taskCompleted', taskId, action: null, variables: {} } as const;
    const { answer } = instance.send({ ...late, requestId: null, actor: 'bob' });
    expect(answer).toMatchObject({ ok: false, code: 'TASK_UNKNOWN' });
    expect(answer?.message).toContain('was cancelled by cory');
  });

  test('takes the timer of a boundary event along, and not the path that it began', async () => {
    const instance = await startFixture('step/scope-stays-open');
    instance.fire('remind');
    instance.modify({ cancellations: [all('work')] });
    expect(instance.state.timers).toEqual({});
    expect(instance.waitingAt()).toEqual(['aside']);
    instance.complete('aside');
    expect(instance.state.status).toBe('completed');
  });

  test('of the last token ends the instance as cancelled', async () => {
    const instance = await startFixture('step/task-with-timer');
    expect(instance.modify({ cancellations: [all('work')] })).toMatchObject({ ok: true });
    expect(instance.state.status).toBe('cancelled');
    expect(instance.told('instanceCancelled')).toHaveLength(1);
    expect(instance.completed()).not.toContain('work');
  });

  test('takes tokens away that wait at a join', async () => {
    const instance = await startFixture('step/siblings');
    instance.complete('a');
    expect(tokensAtJoin(instance)).toBe(1);
    instance.modify({ cancellations: [all('join')] });
    expect(tokensAtJoin(instance)).toBe(0);
    expect(instance.waitingAt()).toEqual(['b']);
  });

  test('of what a join still waits for frees an inclusive one in the same step', async () => {
    const instance = await startFixture('step/inclusive-join-ends-elsewhere');
    instance.complete('a');
    instance.modify({ cancellations: [all('b')] });
    expect(instance.waitingAt()).toEqual(['after']);
  });

  test('of what a parallel join waits for is told as a deadlock, which an activation of the join ends', async () => {
    const instance = await startFixture('step/siblings');
    instance.complete('a');
    instance.modify({ cancellations: [all('b')] });
    expect(instance.incidents()).toEqual(['DEADLOCK join']);
    instance.modify({ activations: [at('join')] });
    expect(instance.incidents()).toEqual([]);
    expect(instance.state.status).toBe('completed');
  });

  test('of all that waits at a join ends its deadlock', async () => {
    const instance = await startFixture('step/siblings');
    instance.complete('a');
    instance.modify({ cancellations: [all('b')], activations: [at('a')] });
    expect(instance.incidents()).toEqual(['DEADLOCK join']);
    instance.modify({ cancellations: [all('join')] });
    expect(instance.incidents()).toEqual([]);
    expect(instance.waitingAt()).toEqual(['a']);
  });

  test('of what waits at a join frees another that waits for it', async () => {
    const instance = await startFixture('step/inclusive-deadlock-mutual');
    expect(tokensAtJoin(instance)).toBe(2);
    instance.set({ loops: false });
    instance.modify({ cancellations: [all('one')] });
    expect(tokensAtJoin(instance)).toBe(0);
    expect(instance.entered('two')).toBe(1);
    expect(instance.waitingAt()).toEqual(['other']);
  });

  test('closes the incident of what it takes', async () => {
    const instance = await startFixture('step/incident-with-timer');
    instance.job('work', { fail: 'unreachable' });
    instance.modify({ cancellations: [all('work')] });
    expect(instance.told('incidentClosed')).toEqual(['work']);
    expect(instance.state.status).toBe('cancelled');
  });
});

describe('2.11 S97 activating', () => {
  test('puts one more token before an element, which then runs as ever', async () => {
    const instance = await startFixture('step/siblings');
    instance.modify({ activations: [at('a')] });
    expect(instance.waitingAt()).toEqual(['a', 'a', 'b']);
    instance.complete('a');
    instance.complete('a');
    expect(tokensAtJoin(instance)).toBe(2);
  });

  test('tells why the element is there', async () => {
    const instance = await startFixture('step/siblings');
    instance.modify({ activations: [at('a')] });
    const modified = instance.entries.findLast(({ kind }) => kind === 'instanceModified');
    const entered = instance.entries.findLast(({ kind }) => kind === 'elementEntered');
    expect(modified).toMatchObject({ actor: 'cory', data: { activated: ['a'] }, rule: 'S97' });
    expect(entered).toMatchObject({
      elementId: 'a',
      cause: modified?.sequence,
      actor: 'cory',
      rule: 'S97',
    });
  });

  test('a join fires it with what waits there', async () => {
    const instance = await startFixture('step/parallel-join-counts-flows');
    instance.complete('one');
    instance.modify({ activations: [at('join')] });
    expect(tokensAtJoin(instance)).toBe(0);
    expect(instance.waitingAt()).toEqual(['after', 'three', 'two']);
  });

  test('an inclusive join fires it without waiting for what could still come', async () => {
    const instance = await startFixture('step/inclusive-join-ends-elsewhere');
    instance.complete('a');
    expect(tokensAtJoin(instance)).toBe(1);
    instance.modify({ activations: [at('join')] });
    expect(tokensAtJoin(instance)).toBe(0);
    expect(instance.waitingAt()).toEqual(['after', 'b']);
  });

  test('a flow into a join credits it', async () => {
    const instance = await startFixture('step/siblings');
    instance.complete('a');
    instance.modify({ activations: [at('b-to-join')] });
    expect(instance.entered('join')).toBe(1);
    expect(instance.waitingAt()).toEqual(['b']);
  });

  test('a flow into a task has the task entered by it', async () => {
    const instance = await startFixture('step/siblings');
    instance.modify({ activations: [at('fork-to-a')] });
    const ids = instance.live('a');
    expect(instance.state.elements[ids[1] ?? '']?.flowId).toBe('fork-to-a');
  });

  test('sets variables of the process and of the element before it is entered', async () => {
    const instance = await startFixture('step/siblings');
    const variables = [
      { scopeId: null, variables: { x: 1 } },
      { scopeId: 'a', variables: { y: 2 } },
    ];
    instance.modify({ activations: [{ ...at('a'), variables }] });
    expect(instance.value('x')).toBe(1);
    const [, id = ''] = instance.live('a');
    expect(instance.state.variables[id]).toEqual({ y: 2 });
  });

  test('writes what is of the process once, however many tokens an instruction moves', async () => {
    const instance = await startFixture('step/parallel-join-counts-flows');
    instance.modify({ activations: [at('one'), at('one')] });
    const written = instance.told('variablesWritten').length;
    const to = { ...at('after'), variables: [{ scopeId: null, variables: { x: 1 } }] };
    instance.modify({ moves: [{ from: all('one'), to }] });
    expect(instance.live('after')).toHaveLength(3);
    expect(instance.told('variablesWritten')).toHaveLength(written + 1);
  });

  test('too many at once parks a token, which keeps what it was given', async () => {
    const instance = await startFixture('step/loop-limit-before-join');
    instance.modify({ cancellations: [all('join')], activations: [at('after')] });
    const variables = [{ scopeId: 'after', variables: { y: 1 } }];
    const to = { ...at('after'), variables };
    instance.modify({ activations: [to, to, to] });
    const [parked = ''] = instance.live('after').filter((id) => {
      return instance.state.elements[id]?.phase === 'parked';
    });
    expect(instance.state.variables[parked]).toBeUndefined();
    instance.resolve({}, 'retry', 'after');
    const last = instance.live('after').at(-1) ?? '';
    expect(instance.state.variables[last]).toEqual({ y: 1 });
    expect(instance.incidents()).toEqual([]);
  });

  test('an element that cannot be entered is an incident at it, as ever', async () => {
    const instance = await startFixture('step/mi-parallel', { items: [1] });
    instance.complete('each', { answer: 1 });
    expect(instance.waitingAt()).toEqual(['after']);
    instance.set({ items: 'no list' });
    expect(instance.modify({ activations: [at('each')] })).toMatchObject({ ok: true });
    expect(instance.incidents()).toEqual(['MI_SIZE each']);
    instance.resolve({ items: [1, 2] });
    expect(instance.waitingAt()).toEqual(['after', 'each', 'each']);
  });
});

describe('2.11 S97 moving', () => {
  test('a token to an element further on, past what lies between', async () => {
    const instance = await startFixture('step/siblings');
    instance.modify({ moves: [{ from: all('a'), to: at('a-to-join') }] });
    expect(instance.completed()).not.toContain('a');
    expect(tokensAtJoin(instance)).toBe(1);
    instance.complete('b');
    expect(instance.state.status).toBe('completed');
  });

  test('the last token of an instance keeps it alive', async () => {
    const instance = await startFixture('step/task-with-timer');
    const answer = instance.modify({ moves: [{ from: all('work'), to: at('escalated') }] });
    expect(answer).toMatchObject({ ok: true, waitingAt: ['escalated'] });
    expect(instance.state.timers).toEqual({});
    instance.complete('escalated');
    expect(instance.state.status).toBe('completed');
  });

  test('an element to itself begins it anew, with its boundary events', async () => {
    const instance = await startFixture('step/task-with-timer');
    const before = instance.timer('late').id;
    instance.modify({ moves: [{ from: all('work'), to: at('work') }] });
    expect(instance.waitingAt()).toEqual(['work']);
    expect(instance.timer('late').id).not.toBe(before);
  });

  test('all tokens of an element, as many as there are', async () => {
    const instance = await startFixture('step/parallel-join-counts-flows');
    instance.modify({ activations: [at('one')] });
    instance.modify({ moves: [{ from: all('one'), to: at('after') }] });
    expect(instance.waitingAt()).toEqual(['after', 'after', 'three', 'two']);
  });

  test('tokens that wait at a join', async () => {
    const instance = await startFixture('step/parallel-join-counts-flows');
    instance.complete('one');
    instance.complete('two');
    instance.modify({ moves: [{ from: all('join'), to: at('after') }] });
    expect(tokensAtJoin(instance)).toBe(0);
    expect(instance.waitingAt()).toEqual(['after', 'after', 'three']);
  });

  test('a token that an incident has parked before an element', async () => {
    const instance = await startFixture('step/loop-limit-before-join');
    const before = instance.incidents();
    expect(before[0]).toBe('LOOP_LIMIT join');
    const parked = Object.values(instance.state.elements).find(({ phase }) => phase === 'parked');
    const from = { elementInstanceId: parked?.id ?? '' };
    instance.modify({ moves: [{ from, to: at('after') }] });
    expect(instance.incidents()).toEqual(before.slice(1));
    expect(instance.waitingAt()).toContain('after');
  });

  test('a token that an incident stopped goes on elsewhere', async () => {
    const instance = await startFixture('step/incident-with-timer');
    instance.job('work', { fail: 'unreachable' });
    instance.modify({ moves: [{ from: all('work'), to: at('done') }] });
    expect(instance.told('incidentClosed')).toEqual(['work']);
    expect(instance.state.status).toBe('completed');
  });

  test('out of an event-based gateway closes what waited there', async () => {
    const instance = await startFixture('step/event-gateway', { order: 'o1' });
    instance.modify({ moves: [{ from: all('wait'), to: at('paid-in') }] });
    expect(instance.state.timers).toEqual({});
    expect(instance.waitingAt()).toEqual(['paid-in']);
    instance.message('paid');
    expect(instance.waitingAt()).toEqual(['ship']);
  });
});

describe('2.11 S97 one command', () => {
  test('does all of its instructions', async () => {
    const instance = await startFixture('step/parallel-join-counts-flows');
    const answer = instance.modify({
      cancellations: [all('two')],
      activations: [at('after')],
      moves: [{ from: all('one'), to: at('three') }],
    });
    expect(answer).toMatchObject({ ok: true, waitingAt: ['after', 'three'] });
    expect(instance.waitingAt()).toEqual(['after', 'three', 'three']);
  });

  test('or none, and the refusal names the one that does not fit', async () => {
    const instance = await startFixture('step/siblings');
    const before = JSON.stringify({ ...instance.state, sequence: 0 });
    const answer = instance.modify({
      cancellations: [all('a')],
      activations: [at('b'), { ...at('gone') }],
    });
    expect(answer).toMatchObject({ ok: false, code: 'MODIFICATION_ELEMENT_UNKNOWN' });
    expect(answer.message).toContain('activation 2');
    expect(answer.message).toContain("'gone'");
    expect(JSON.stringify({ ...instance.state, sequence: 0 })).toBe(before);
    expect(instance.told('requestRefused')).toHaveLength(1);
  });

  test('is done once, however often it is asked for', async () => {
    const instance = await startFixture('step/siblings');
    const event = {
      kind: 'modify',
      cancellations: [],
      activations: [at('a')],
      moves: [],
      requestId: 'm1',
      actor: 'ana',
    } as const;
    const first = instance.send(event).answer;
    const second = instance.send(event);
    expect(second).toMatchObject({ answer: first, entries: [], effects: [] });
    expect(instance.waitingAt()).toEqual(['a', 'a', 'b']);
  });

  test('on a suspended instance ends at once; what it places moves when that is over', async () => {
    const instance = await startFixture('step/task-with-timer');
    instance.suspend();
    instance.modify({ moves: [{ from: all('work'), to: at('escalated') }] });
    expect(instance.waitingAt()).toEqual([]);
    expect(instance.told('taskCancelled')).toEqual(['work']);
    expect(instance.entered('escalated')).toBe(0);
    instance.resume();
    expect(instance.waitingAt()).toEqual(['escalated']);
  });

  test('ends a suspended instance in which it leaves nothing', async () => {
    const instance = await startFixture('step/task-with-timer');
    instance.suspend();
    instance.modify({ cancellations: [all('work')] });
    expect(instance.state.status).toBe('cancelled');
  });
});
