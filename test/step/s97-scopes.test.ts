/** Modification across scopes: sub-processes, multi-instances, event sub-processes, called instances (S97). */
import { describe, expect, test } from 'vitest';
import type { ModificationTarget } from '../../engine/model/index.js';
import { startFixture } from '../support/index.js';

const at = (elementId: string, ancestorId: string | null = null): ModificationTarget => ({
  elementId,
  ancestorId,
  variables: [],
});
const all = (elementId: string) => ({ elementId });
const one = (elementInstanceId: string) => ({ elementInstanceId });

describe('2.11 S97 sub-processes', () => {
  test('an element inside one that lives is activated there', async () => {
    const instance = await startFixture('step/nested-signals');
    instance.modify({ activations: [at('inner-path')] });
    expect(instance.live('inside')).toHaveLength(1);
    expect(instance.waitingAt()).toEqual(['inner-path', 'work']);
  });

  test('one that is not there is entered without its start events, with its boundary events armed', async () => {
    const instance = await startFixture('step/nested-signals');
    instance.modify({ moves: [{ from: all('inside'), to: at('outer-path') }] });
    expect(instance.subscriptions('stop')).toEqual([]);
    instance.modify({ activations: [at('inner-path')] });
    expect(instance.entered('s')).toBe(1);
    expect(instance.entered('inside')).toBe(2);
    expect(instance.subscriptions('stop').map(({ elementId }) => elementId)).toEqual(['outer']);
    instance.complete('inner-path');
    expect(instance.completed()).toContain('inside');
  });

  test('two tokens that enter the same one enter it together', async () => {
    const instance = await startFixture('step/nested-signals');
    instance.modify({ moves: [{ from: all('inside'), to: at('outer-path') }] });
    instance.modify({ activations: [at('work'), at('inner-path')] });
    expect(instance.live('inside')).toHaveLength(1);
    expect(instance.waitingAt()).toEqual(['inner-path', 'outer-path', 'work']);
    instance.complete('work');
    instance.complete('inner-path');
    expect(instance.live('inside')).toEqual([]);
    expect(instance.entered('done')).toBe(1);
  });

  test('several levels are entered one after the other', async () => {
    const instance = await startFixture('step/cancel-twice');
    const [child = ''] = instance.children();
    instance.modify({ moves: [{ from: all('outer'), to: at('outer-after') }] });
    instance.childEnded(child, {}, 'cancelled');
    expect(instance.state.timers).toEqual({});
    instance.modify({ activations: [at('bill')] });
    expect(instance.live('outer')).toHaveLength(1);
    expect(instance.live('inner')).toHaveLength(1);
    expect(instance.entered('i')).toBe(1);
    expect(Object.values(instance.state.timers).map(({ elementId }) => elementId)).toEqual([
      'outer-late',
      'inner-late',
    ]);
  });

  test('tokens that share some of the levels on their way share those', async () => {
    const instance = await startFixture('step/cancel-twice');
    const [child = ''] = instance.children();
    instance.modify({ moves: [{ from: all('outer'), to: at('outer-after') }] });
    instance.childEnded(child, {}, 'cancelled');
    instance.modify({ activations: [at('bill'), at('inner-after'), at('bill')] });
    expect(instance.live('outer')).toHaveLength(1);
    expect(instance.live('inner')).toHaveLength(1);
    expect(instance.live('bill')).toHaveLength(2);
    const [outer = ''] = instance.live('outer');
    expect(instance.state.elements[outer]).not.toHaveProperty('begins');
  });

  test('named from further out, a scope between is entered anew beside the one that lives', async () => {
    const instance = await startFixture('step/nested-signals');
    instance.modify({ activations: [at('work', instance.state.rootId)] });
    expect(instance.live('inside')).toHaveLength(2);
    const answer = instance.modify({ activations: [at('work')] });
    expect(answer).toMatchObject({ ok: false, code: 'MODIFICATION_SCOPE_AMBIGUOUS' });
    for (const id of instance.live('inside')) expect(answer.message).toContain(id);
    const [, second = ''] = instance.live('inside');
    expect(instance.modify({ activations: [at('work', second)] })).toMatchObject({ ok: true });
    const parents = instance.live('work').map((id) => instance.state.elements[id]?.parentId);
    expect(parents.filter((id) => id === second)).toHaveLength(2);
  });

  test('a move stays in the scope instance that it comes from, however many there are', async () => {
    const instance = await startFixture('step/nested-signals');
    instance.modify({ activations: [at('work', instance.state.rootId)] });
    const [first = '', second = ''] = instance.live('inside');
    instance.modify({ moves: [{ from: all('work'), to: at('inner-path') }] });
    const parents = instance.live('inner-path').map((id) => instance.state.elements[id]?.parentId);
    expect(parents).toEqual([first, second]);
  });

  test('whose last token is cancelled ends as cancelled, and so do those around it', async () => {
    const instance = await startFixture('step/nested-signals');
    instance.modify({ activations: [at('outer-path')] });
    instance.modify({ cancellations: [all('work')] });
    expect(instance.live('inside')).toEqual([]);
    expect(instance.completed()).not.toContain('inside');
    expect(instance.told('elementCancelled')).toEqual(['work', 'inside']);
    expect(instance.subscriptions('stop')).toEqual([]);
    expect(instance.waitingAt()).toEqual(['outer-path']);
    instance.modify({ cancellations: [all('outer-path')] });
    expect(instance.state.status).toBe('cancelled');
  });

  test('whose last token is replaced lives on', async () => {
    const instance = await startFixture('step/nested-signals');
    const [id = ''] = instance.live('inside');
    instance.modify({ cancellations: [all('work')], activations: [at('inner-path')] });
    expect(instance.live('inside')).toEqual([id]);
    expect(instance.waitingAt()).toEqual(['inner-path']);
  });

  test('is named with what is inside it: all of it ends once', async () => {
    const instance = await startFixture('step/nested-signals');
    instance.modify({ activations: [at('outer-path')] });
    instance.modify({ cancellations: [all('inside'), all('work')] });
    expect(instance.told('elementCancelled')).toEqual(['work', 'inside']);
    expect(instance.waitingAt()).toEqual(['outer-path']);
  });

  test('that ends while a token is moved out of it is entered anew for that', async () => {
    const instance = await startFixture('step/nested-signals');
    const [id = ''] = instance.live('inside');
    instance.modify({
      cancellations: [all('inside')],
      moves: [{ from: all('work'), to: at('inner-path') }],
    });
    expect(instance.live('inside')).toHaveLength(1);
    expect(instance.live('inside')).not.toEqual([id]);
    expect(instance.waitingAt()).toEqual(['inner-path']);
  });

  test('moved into itself begins anew where it is wanted', async () => {
    const instance = await startFixture('step/nested-signals');
    const [id = ''] = instance.live('inside');
    instance.modify({ moves: [{ from: all('inside'), to: at('inner-path') }] });
    expect(instance.live('inside')).toHaveLength(1);
    expect(instance.live('inside')).not.toEqual([id]);
    expect(instance.waitingAt()).toEqual(['inner-path']);
  });

  test('a trouble on the way in is an incident of the scope; its token waits until that is resolved', async () => {
    const instance = await startFixture('step/retry-sub-process', { n: 1, key: 'k' });
    instance.set({ key: [] });
    instance.modify({ moves: [{ from: all('inside'), to: at('e') }], cancellations: [] });
    expect(instance.incidents()).toEqual(['CORRELATION_KEY inside']);
    expect(instance.entered('e')).toBe(0);
    instance.resolve({ key: 'k', y: 7 });
    expect(instance.entered('s')).toBe(1);
    expect(instance.value('result')).toBe(7);
    expect(instance.state.status).toBe('completed');
  });

  test('locals of a scope that is entered are there before its inputs are mapped', async () => {
    const instance = await startFixture('step/retry-sub-process', { n: 1, key: 'k' });
    const variables = [{ scopeId: 'inside', variables: { n: 5, y: 2 } }];
    const to = { ...at('work'), variables };
    instance.modify({ moves: [{ from: all('inside'), to }] });
    const [inside = ''] = instance.live('inside');
    expect(instance.state.variables[inside]).toEqual({ n: 5, y: 2, x: 5 });
  });
});

describe('2.11 S97 multi-instances', () => {
  test('given two inner instances, activating inside without naming one is refused', async () => {
    const instance = await startFixture('step/mi-parallel-join', { n: 2 });
    const answer = instance.modify({ activations: [at('work')] });
    expect(answer).toMatchObject({ ok: false, code: 'MODIFICATION_SCOPE_AMBIGUOUS' });
    const [, second = ''] = instance.live('each').filter((id) => {
      return instance.state.elements[id]?.role === 'scope';
    });
    expect(instance.modify({ activations: [at('work', second)] })).toMatchObject({ ok: true });
    expect(instance.live('work')).toHaveLength(3);
  });

  test('given no inner instance, activating inside is refused', async () => {
    const instance = await startFixture('step/terminate-in-mi');
    instance.modify({ moves: [{ from: all('each'), to: at('after') }] });
    const answer = instance.modify({ activations: [at('work')] });
    expect(answer).toMatchObject({ ok: false, code: 'MODIFICATION_SCOPE_MISSING' });
    expect(instance.modify({ activations: [at('each')] })).toMatchObject({ ok: true });
    expect(instance.live('work')).toHaveLength(3);
  });

  test('the activity named by its element is the whole of it', async () => {
    const instance = await startFixture('step/mi-parallel', { items: [1, 2, 3] });
    instance.modify({ moves: [{ from: all('each'), to: at('after') }] });
    expect(instance.waitingAt()).toEqual(['after']);
    expect(instance.state.items).toEqual({});
    expect(instance.value('results')).toBeUndefined();
  });

  test('an inner instance that is cancelled counts as terminated, and the others go on', async () => {
    const instance = await startFixture('step/mi-parallel', { items: [1, 2, 3] });
    const [, , second = ''] = instance.live('each');
    expect(instance.state.elements[second]?.index).toBe(2);
    instance.modify({ cancellations: [one(second)] });
    const [body = ''] = instance.live('each');
    expect(instance.state.elements[body]?.loop).toMatchObject({ total: 3, terminated: 1 });
    instance.complete('each', { answer: 'a' });
    instance.complete('each', { answer: 'c' });
    expect(instance.value('results')).toEqual(['a', null, 'c']);
    expect(instance.waitingAt()).toEqual(['after']);
  });

  test('the last inner instance that is left ends the body by its own rules', async () => {
    const instance = await startFixture('step/mi-parallel', { items: [1, 2] });
    instance.complete('each', { answer: 'a' });
    const [, last = ''] = instance.live('each');
    instance.modify({ cancellations: [one(last)] });
    expect(instance.value('results')).toEqual(['a', null]);
    expect(instance.waitingAt()).toEqual(['after']);
  });

  test('of a sequential one the next begins', async () => {
    const instance = await startFixture('step/mi-counters-sequential');
    const inner = (): string => instance.live('each').at(-1) ?? '';
    expect(instance.state.elements[inner()]).toMatchObject({ index: 1 });
    instance.modify({ cancellations: [one(inner())] });
    expect(instance.state.elements[inner()]).toMatchObject({ index: 2 });
    expect(instance.waitingAt()).toEqual(['work']);
  });

  test('an inner sub-process that is emptied counts as terminated', async () => {
    const instance = await startFixture('step/terminate-in-mi');
    const [first = ''] = instance.live('work');
    instance.modify({ cancellations: [one(first)] });
    instance.complete('work', { stop: false });
    instance.complete('work', { stop: false });
    expect(instance.value('results')).toEqual([null, 2, 3]);
    expect(instance.waitingAt()).toEqual(['after']);
  });

  test('a token moved out of one inner instance leaves the others as they are', async () => {
    const instance = await startFixture('step/terminate-in-mi');
    const [first = ''] = instance.live('work');
    instance.modify({ moves: [{ from: one(first), to: at('after') }] });
    expect(instance.waitingAt()).toEqual(['after', 'work', 'work']);
    instance.complete('work', { stop: false });
    instance.complete('work', { stop: false });
    expect(instance.waitingAt()).toEqual(['after', 'after']);
  });
});

describe('2.11 S97 event sub-processes', () => {
  test('of a scope that is entered are armed as ever', async () => {
    const instance = await startFixture('step/two-interrupting-handlers', { order: 1 });
    instance.modify({ moves: [{ from: all('inside'), to: at('after') }] });
    expect(instance.subscriptions('one')).toEqual([]);
    instance.modify({ activations: [at('work')] });
    expect(instance.subscriptions('one')).toHaveLength(1);
    instance.message('one');
    expect(instance.waitingAt()).toEqual(['after', 'handle-one']);
  });

  test('one that runs is cancelled without the scope around it', async () => {
    const instance = await startFixture('step/handler-timer-from-entry');
    instance.fire('due');
    expect(instance.waitingAt()).toEqual(['chase', 'first']);
    instance.modify({ cancellations: [all('chase')] });
    expect(instance.waitingAt()).toEqual(['first']);
    instance.complete('first');
    instance.complete('second');
    expect(instance.state.status).toBe('completed');
  });

  test('that outlived the flow of its scope lets that complete when it is cancelled', async () => {
    const instance = await startFixture('step/completing', { order: 1 });
    instance.message('again');
    instance.complete('work');
    expect(instance.waitingAt()).toEqual(['handle']);
    instance.modify({ cancellations: [all('handle')] });
    expect(instance.completed()).toContain('inside');
    expect(instance.state.status).toBe('completed');
  });

  test('that took the place of the flow leaves nothing when it is cancelled', async () => {
    const instance = await startFixture('step/two-interrupting-handlers', { order: 1 });
    instance.message('one');
    instance.modify({ activations: [at('after')] });
    instance.modify({ cancellations: [all('first')] });
    expect(instance.told('elementCancelled')).toContain('inside');
    expect(instance.waitingAt()).toEqual(['after']);
  });

  test('that ended the flow of its scope keeps tokens out of that', async () => {
    const instance = await startFixture('step/two-interrupting-handlers', { order: 1 });
    instance.message('one');
    const answer = instance.modify({ activations: [at('work')] });
    expect(answer).toMatchObject({ ok: false, code: 'MODIFICATION_SCOPE_NOT_OPEN' });
    expect(instance.modify({ activations: [at('e-one')] })).toMatchObject({ ok: true });
  });
});

describe('2.11 S97 called instances', () => {
  test('below what is cancelled confirm before its scope completes (S46)', async () => {
    const instance = await startFixture('step/cancel-before-continue');
    const [child = ''] = instance.children();
    instance.modify({ cancellations: [all('bill')] });
    expect(instance.emitted('cancelChild')).toEqual([{ kind: 'cancelChild', id: child }]);
    instance.job('mail');
    instance.complete('read');
    expect(instance.live('inside')).toHaveLength(1);
    instance.childEnded(child, {}, 'cancelled');
    expect(instance.live('inside')).toEqual([]);
    expect(instance.state.status).toBe('completed');
  });

  test('are waited for by what interrupts their scope meanwhile', async () => {
    const instance = await startFixture('step/cancel-before-continue');
    const [child = ''] = instance.children();
    instance.modify({ cancellations: [all('bill')] });
    instance.fire('late');
    expect(instance.waitingAt()).toEqual([]);
    instance.childEnded(child, {}, 'completed');
    expect(instance.waitingAt()).toEqual(['after']);
  });

  test('of the last in an instance are waited for before that ends', async () => {
    const instance = await startFixture('step/cancel-twice');
    const [child = ''] = instance.children();
    const answer = instance.modify({ cancellations: [all('bill')] });
    expect(answer).toMatchObject({ ok: true, message: 'done; the instance is ending' });
    instance.childEnded(child, {}, 'cancelled');
    expect(instance.state.status).toBe('cancelled');
  });

  test('of the last in a suspended instance confirm as well', async () => {
    const instance = await startFixture('step/cancel-twice');
    const [child = ''] = instance.children();
    instance.suspend();
    instance.modify({ cancellations: [all('bill')] });
    instance.childEnded(child, {}, 'cancelled');
    expect(instance.state.status).toBe('cancelled');
  });

  test('of an inner instance are waited for before the multi-instance goes on', async () => {
    const instance = await startFixture('step/mi-of-calls', { items: [1, 2] });
    const [first = '', second = ''] = instance.children();
    const [, inner = ''] = instance.live('each');
    instance.modify({ cancellations: [one(inner)] });
    instance.childEnded(second, { receipt: 'b' });
    expect(instance.waitingAt()).toEqual([]);
    instance.childEnded(first, {}, 'cancelled');
    expect(instance.value('results')).toEqual([null, 'b']);
    expect(instance.waitingAt()).toEqual(['after']);
  });
});
