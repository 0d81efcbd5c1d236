/** A delta says what steps changed, whatever they wrote, dropped and wrote again in one decision. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  applyDelta,
  type ExecutableProcess,
  type InstanceState,
} from '../../engine/model/index.js';
import { createInstance, createTouched, deltaOf } from '../../engine/step/index.js';
import { Run } from '../../engine/step/run.js';

const word = fc.constantFrom('a', 'b', 'c');
const act = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), outer: word, inner: word, value: fc.nat() }),
  fc.record({ kind: fc.constant('drop' as const), outer: word, inner: word }),
  fc.record({ kind: fc.constant('dropAll' as const), outer: word }),
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

const perform = (run: Run, one: Act): void => {
  if (one.kind === 'put') run.putIn('variables', one.outer, one.inner, one.value);
  else if (one.kind === 'drop') run.dropIn('variables', one.outer, one.inner);
  else run.dropAll('variables', one.outer);
};

const at = '2026-03-02T12:00:00.000Z';
const process = { nodes: {}, scopes: {} } as unknown as ExecutableProcess;
const newState = (): InstanceState =>
  createInstance({ instanceId: 'i', processId: 'p', caller: null });

test('a scope that goes and comes back with other variables keeps none of the old ones', () => {
  const state = newState();
  state.variables.s = { old: 1, both: 1 };
  const recorded = structuredClone(state);
  const touched = createTouched();
  const run = new Run(process, state, at, touched);
  run.dropAll('variables', 's');
  run.putIn('variables', 's', 'both', 2);
  applyDelta(recorded, JSON.parse(JSON.stringify(deltaOf(state, touched))));
  expect(recorded.variables).toEqual({ s: { both: 2 } });
});

test('the delta of any acts leads from the state before to the state after', () => {
  fc.assert(
    fc.property(fc.array(act), fc.array(act), (before, acts) => {
      const state = newState();
      for (const one of before) perform(new Run(process, state, at, null), one);
      const recorded = structuredClone(state);
      const touched = createTouched();
      for (const one of acts) perform(new Run(process, state, at, touched), one);
      applyDelta(recorded, JSON.parse(JSON.stringify(deltaOf(state, touched))));
      expect(recorded).toEqual(state);
    }),
  );
});
