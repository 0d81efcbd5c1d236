/** What a modification changes grows with what it touches, not with the instance (D1), and older states know nothing of it. */
import { describe, expect, test } from 'vitest';
import {
  type ExecutableProcess,
  type InstanceEvent,
  type InstanceState,
  type Modification,
  sizeOf,
} from '../../engine/model/index.js';
import { createInstance, createTouched, deltaOf, step } from '../../engine/step/index.js';
import { compileFixture } from '../support/index.js';

const AT = '2026-03-02T09:00:00.000Z';
const WHO = { at: AT, requestId: null, actor: 'ana' } as const;
const NOTHING: Modification = { cancellations: [], activations: [], moves: [] };
const at = (elementId: string) => ({ elementId, ancestorId: null, variables: [] });

const process = async (): Promise<ExecutableProcess> =>
  (await compileFixture('step/mi-parallel')).process;

/** An instance with so many open tasks, and one token more at another task. */
const begun = (model: ExecutableProcess, count: number): InstanceState => {
  const state = createInstance({ instanceId: 'i', processId: model.id, caller: null });
  const items = Array.from({ length: count }, (_, index) => index);
  const start = { kind: 'start', elementId: null, variables: { items } } as const;
  step(model, state, { ...start, ...WHO });
  step(model, state, { kind: 'modify', ...NOTHING, activations: [at('after')], ...WHO });
  return state;
};

const deltaOfModification = (
  model: ExecutableProcess,
  state: InstanceState,
  modification: Partial<Modification>,
): number => {
  const touched = createTouched();
  const event: InstanceEvent = { kind: 'modify', ...NOTHING, ...modification, ...WHO };
  const { answer } = step(model, state, event, { touched });
  expect(answer).toMatchObject({ ok: true });
  return sizeOf(deltaOf(state, touched) as never);
};

const instanceOf = ({ elements }: InstanceState, elementId: string): string =>
  Object.values(elements).find((row) => row.elementId === elementId)?.id ?? '';

describe('2.11 S97 what is recorded', () => {
  test.each<[what: string, of: (state: InstanceState) => Partial<Modification>]>([
    ['an activation', () => ({ activations: [at('after')] })],
    [
      'a move of one token',
      (state) => ({
        moves: [{ from: { elementInstanceId: instanceOf(state, 'after') }, to: at('after') }],
      }),
    ],
    ['a cancellation by element', () => ({ cancellations: [{ elementId: 'after' }] })],
  ])('%s is as small in a large instance as in a small one', async (_what, of) => {
    const model = await process();
    const [small, large] = [10, 3000].map((count) => {
      const state = begun(model, count);
      return deltaOfModification(model, state, of(state));
    });
    expect(Number(large)).toBeLessThan(Number(small) * 1.2);
  });

  test('named by its id, a token is found without a look at the others', async () => {
    const model = await process();
    const state = begun(model, 50);
    const from = { elementInstanceId: instanceOf(state, 'after') };
    const elements = new Proxy(state.elements, {
      ownKeys: () => {
        throw new Error('all that lives was looked through');
      },
    });
    const guarded = { ...state, elements };
    const move: InstanceEvent = {
      kind: 'modify',
      ...NOTHING,
      moves: [{ from, to: at('after') }],
      ...WHO,
    };
    expect(step(model, guarded, move).answer).toMatchObject({ ok: true, waitingAt: ['after'] });
    const all = { ...move, moves: [{ from: { elementId: 'each' }, to: at('after') }] };
    expect(() => step(model, guarded, all)).toThrow('looked through');
  });
});
