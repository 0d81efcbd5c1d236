/** A delta says what steps changed, whatever they wrote, dropped and wrote again in one decision. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  applyDelta,
  type ExecutableProcess,
  type InstanceEvent,
  type InstanceState,
  type Move,
  type StateDelta,
  sizeOf,
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

const owners = fc.constantFrom('a', 'b', 'c');
const doing = fc.oneof(
  fc.record({ kind: fc.constant('push' as const), owner: owners }),
  fc.record({ kind: fc.constant('next' as const) }),
  fc.record({ kind: fc.constant('purge' as const), owner: owners }),
  fc.record({ kind: fc.constant('unsettle' as const), owner: owners }),
  fc.record({ kind: fc.constant('settle' as const) }),
  fc.record({ kind: fc.constant('keep' as const) }),
  fc.record({ kind: fc.constant('take' as const) }),
);
type Doing = typeof doing extends fc.Arbitrary<infer T> ? T : never;

const close = (scopeId: string): Move => ({ kind: 'close', scopeId, cause: 1, actor: null });
const event: InstanceEvent = { kind: 'timerFired', at, timerId: 'late:1' };

const carryOut = (run: Run, one: Doing): void => {
  if (one.kind === 'push') run.push(close(one.owner));
  else if (one.kind === 'next') run.next();
  else if (one.kind === 'purge') run.purge(one.owner);
  else if (one.kind === 'unsettle') run.unsettled.add(one.owner);
  else if (one.kind === 'settle') run.settle();
  else if (one.kind === 'keep') run.state.deferred.push({ ...event });
  else run.state.deferred.shift();
};

/** What one decision of several steps records. */
const decide = (state: InstanceState, steps: readonly (readonly Doing[])[]): StateDelta => {
  const touched = createTouched();
  for (const step of steps) {
    const run = new Run(process, state, at, touched);
    for (const one of step) carryOut(run, one);
    run.close();
  }
  return JSON.parse(JSON.stringify(deltaOf(state, touched))) as StateDelta;
};

test('the delta of whatever is kept for later steps leads from the state before to the state after', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.array(doing))), (decisions) => {
      const state = newState();
      const recorded = structuredClone(state);
      for (const steps of decisions) {
        applyDelta(recorded, decide(state, steps));
        expect(recorded).toEqual(state);
      }
    }),
  );
});

test('a decision does not grow with what it leaves where it is', () => {
  const sizeAfter = (count: number): number => {
    const state = newState();
    state.agenda = Array.from({ length: count }, (_, i) => close(`p:${i}`));
    state.unsettled = Array.from({ length: count }, (_, i) => `p:${i}`);
    state.deferred = Array.from({ length: count }, () => ({ ...event }));
    return sizeOf(decide(state, [[{ kind: 'next' }, { kind: 'push', owner: 'a' }]]));
  };
  expect(sizeAfter(10_000)).toBeLessThan(sizeAfter(10) + 100);
});

test('a decision of before, which holds the lists whole, still applies', () => {
  const state = newState();
  const agenda = [close('a')];
  const scalars = { agenda, unsettled: ['a'], deferred: [event] };
  applyDelta(state, { scalars, flat: {}, nested: {}, removed: {} });
  expect(state).toMatchObject(scalars);
});
