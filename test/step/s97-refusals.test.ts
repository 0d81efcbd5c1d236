/** What a modification refuses: each with a code, the instruction that does not fit, and nothing changed (S97). */
import { describe, expect, test } from 'vitest';
import type { Modification, ModificationTarget, Variables } from '../../engine/model/index.js';
import { type Driver, startFixture } from '../support/index.js';

const at = (elementId: string, ancestorId: string | null = null): ModificationTarget => ({
  elementId,
  ancestorId,
  variables: [],
});
const withVariables = (scopeId: string | null, variables: Variables): ModificationTarget => ({
  ...at('a'),
  variables: [{ scopeId, variables }],
});
const all = (elementId: string) => ({ elementId });

type Given = Partial<Modification> | ((instance: Driver) => Partial<Modification>);
type Row = readonly [what: string, code: string, told: string, model: string, Given];

const siblings = 'step/siblings';
const nested = 'step/nested-signals';
const handlers = 'step/two-interrupting-handlers';

const rows: readonly Row[] = [
  ['nothing at all', 'MODIFICATION_EMPTY', 'at least one', siblings, {}],
  [
    'an element that is none',
    'MODIFICATION_ELEMENT_UNKNOWN',
    'activation 1',
    siblings,
    { activations: [at('gone')] },
  ],
  [
    'a name that objects have',
    'MODIFICATION_ELEMENT_UNKNOWN',
    'activation 1',
    siblings,
    { activations: [at('constructor')] },
  ],
  [
    'a boundary event',
    'MODIFICATION_ELEMENT_CLOSED',
    "boundary event of 'inside'",
    nested,
    { activations: [at('outer')] },
  ],
  [
    'an event sub-process',
    'MODIFICATION_ELEMENT_CLOSED',
    'an event sub-process',
    handlers,
    { activations: [at('first')] },
  ],
  [
    'the start event of an event sub-process',
    'MODIFICATION_ELEMENT_CLOSED',
    'waits for a message',
    handlers,
    { activations: [at('on-one')] },
  ],
  [
    'an element inside an event sub-process that does not run',
    'MODIFICATION_SCOPE_MISSING',
    'let the event happen',
    handlers,
    { activations: [at('handle-one')] },
  ],
  [
    'the process as an element',
    'MODIFICATION_ELEMENT_UNKNOWN',
    'activation 1',
    siblings,
    ({ process }) => ({ activations: [at(process.id)] }),
  ],
  [
    'to cancel the process',
    'MODIFICATION_OF_ALL',
    'cancellation 1',
    siblings,
    ({ process }) => ({ cancellations: [all(process.id)] }),
  ],
  [
    'to move the process',
    'MODIFICATION_OF_ALL',
    'move 1',
    siblings,
    ({ state }) => ({
      moves: [{ from: { elementInstanceId: state.rootId ?? '' }, to: at('a') }],
    }),
  ],
  [
    'to cancel an element without a token',
    'MODIFICATION_SOURCE_UNKNOWN',
    "'done' holds no token",
    siblings,
    { cancellations: [all('a'), all('done')] },
  ],
  [
    'to cancel an instance that is none',
    'MODIFICATION_SOURCE_UNKNOWN',
    "'a:99' is not live",
    siblings,
    { cancellations: [{ elementInstanceId: 'a:99' }] },
  ],
  [
    'to move what somebody has completed',
    'MODIFICATION_SOURCE_UNKNOWN',
    'was completed by cory',
    siblings,
    (instance) => {
      const [elementInstanceId = ''] = instance.live('a');
      instance.complete('a');
      return { moves: [{ from: { elementInstanceId }, to: at('b') }] };
    },
  ],
  [
    'one token twice',
    'MODIFICATION_SOURCE_TWICE',
    'move 1 and cancellation 1',
    siblings,
    (instance) => {
      const [elementInstanceId = ''] = instance.live('a');
      return {
        cancellations: [{ elementInstanceId }],
        moves: [{ from: all('a'), to: at('b') }],
      };
    },
  ],
  [
    'a scope that does not live',
    'MODIFICATION_SCOPE_UNKNOWN',
    "'inside:99'",
    nested,
    { activations: [at('work', 'inside:99')] },
  ],
  [
    'a scope that is not around the element',
    'MODIFICATION_SCOPE_UNKNOWN',
    'activation 1',
    nested,
    (instance) => ({ activations: [at('outer-path', instance.live('inside')[0])] }),
  ],
  [
    'a task as the scope',
    'MODIFICATION_SCOPE_UNKNOWN',
    'activation 1',
    nested,
    (instance) => ({ activations: [at('work', instance.live('work')[0])] }),
  ],
  [
    'a scope that it ends itself',
    'MODIFICATION_SCOPE_CANCELLED',
    'activation 1',
    nested,
    (instance) => {
      const [inside = ''] = instance.live('inside');
      return {
        cancellations: [{ elementInstanceId: inside }],
        activations: [at('work', inside)],
      };
    },
  ],
  [
    'variables for an element elsewhere',
    'MODIFICATION_VARIABLES_SCOPE',
    "'b'",
    siblings,
    { activations: [withVariables('b', { x: 1 })] },
  ],
  [
    'variables of a flow that is credited',
    'MODIFICATION_VARIABLES_SCOPE',
    'activation 1',
    siblings,
    { activations: [{ ...withVariables('a-to-join', { x: 1 }), elementId: 'a-to-join' }] },
  ],
  [
    'a variable of a reserved name',
    'VARIABLE_NAME',
    'move 1: ',
    siblings,
    { moves: [{ from: all('b'), to: withVariables(null, { constructor: 1 } as never) }] },
  ],
  [
    'more variables than an instance may have, over all its tokens',
    'VARIABLES_SIZE',
    'at most 262144 bytes',
    siblings,
    {
      activations: Array.from({ length: 8 }, () => withVariables('a', { x: 'x'.repeat(40_000) })),
    },
  ],
  [
    'more tokens than one entry of the journal may tell of',
    'MODIFICATION_TOO_LARGE',
    '1001',
    siblings,
    { activations: Array.from({ length: 1001 }, () => at('a')) },
  ],
];

describe('2.11 S97 refuses', () => {
  test.each(rows)('%s: %s', async (_what, code, told, model, given) => {
    const instance = await startFixture(model, { order: 1 });
    const modification = typeof given === 'function' ? given(instance) : given;
    const before = JSON.stringify({ ...instance.state, sequence: 0 });
    const answer = instance.modify(modification);
    expect(answer).toMatchObject({ ok: false, code });
    expect(answer.message).toContain(told);
    expect(JSON.stringify({ ...instance.state, sequence: 0 })).toBe(before);
  });

  test('a scope that an incident keeps from beginning', async () => {
    const instance = await startFixture('step/retry-sub-process', { n: 1 });
    expect(instance.incidents()).toEqual(['CORRELATION_KEY inside']);
    const answer = instance.modify({ activations: [at('e')] });
    expect(answer).toMatchObject({ ok: false, code: 'MODIFICATION_SCOPE_NOT_OPEN' });
    expect(answer.message).toContain('an incident stopped it');
  });

  test('a scope that a terminate end event has ended, until called instances confirm', async () => {
    const instance = await startFixture('step/terminate-with-call');
    const [child = ''] = instance.children();
    instance.complete('work');
    const answer = instance.modify({ activations: [at('work')] });
    expect(answer).toMatchObject({ ok: false, code: 'MODIFICATION_SCOPE_NOT_OPEN' });
    expect(answer.message).toContain('is ending');
    instance.childEnded(child, {}, 'cancelled');
    expect(instance.state.status).toBe('completed');
  });

  test('a process whose event sub-processes could not be armed', async () => {
    const instance = await startFixture('step/handler-cannot-be-armed', {}, 'begin');
    const answer = instance.modify({ activations: [at('work')] });
    expect(answer).toMatchObject({ ok: false, code: 'MODIFICATION_SCOPE_NOT_OPEN' });
    instance.resolve({ order: 7 });
    expect(instance.modify({ activations: [at('work')] })).toMatchObject({ ok: true });
  });

  test('an instance that is ending, and one that has ended', async () => {
    const instance = await startFixture('step/cancel-before-continue');
    const [child = ''] = instance.children();
    instance.cancel();
    const ending = instance.modify({ activations: [at('after')] });
    expect(ending).toMatchObject({ ok: false, code: 'INSTANCE_ENDED' });
    instance.childEnded(child, {}, 'cancelled');
    const ended = instance.modify({ activations: [at('after')] });
    expect(ended).toMatchObject({ ok: false, code: 'INSTANCE_ENDED' });
  });
});
