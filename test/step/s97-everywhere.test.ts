/**
 * Whatever is cancelled, activated or moved in whatever model: what must hold does, what is refused changes nothing, and a
 * preview foretells it. The driver looks at all invariants after each step.
 */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ExecutableProcess, Modification } from '../../engine/model/index.js';
import { hasEnded, previewModification } from '../../engine/step/index.js';
import { compileFixture, Driver } from '../support/index.js';

const FIXTURES = 'test/fixtures';

const models = ['elements', 'step'].flatMap((folder) =>
  readdirSync(`${FIXTURES}/${folder}`, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.bpmn'))
    .map((file) => `${folder}/${file.replace(/\.bpmn$/, '')}`)
    .sort(),
);

const NOTHING: Modification = { cancellations: [], activations: [], moves: [] };
const VARIABLES = { order: 'o1', key: 'k', items: [1, 2], n: 2, m: 2, x: 1 };

/** A new instance at its first rest, or after one more of what it waits for has happened. */
const begun = (process: ExecutableProcess, further: boolean): Driver => {
  const instance = new Driver(process, null);
  const [start] = process.starts;
  const elementId = start?.elementId ?? null;
  instance.send({ kind: 'start', elementId, variables: VARIABLES, requestId: null, actor: null });
  const [task] = Object.values(instance.state.tasks);
  const [timer] = Object.values(instance.state.timers);
  if (further && task !== undefined) instance.complete(task.elementId);
  else if (further && timer !== undefined) instance.fire(timer.elementId);
  return instance;
};

/** At most so many moves an instance, spread over all that there are. */
const MOST_MOVES = 12;
const some = <T>(all: readonly T[]): readonly T[] => {
  const stride = Math.ceil(all.length / MOST_MOVES);
  return all.filter((_, index) => index % stride === 0);
};

/** All modifications of one instruction (of moves a part), and one of several. */
const modificationsOf = ({ process, state }: Driver): readonly Modification[] => {
  const live = Object.values(state.elements).filter(({ parentId }) => parentId !== null);
  const targets = Object.values(process.nodes).flatMap(({ id, outgoing }) => [
    id,
    ...outgoing.map((flow) => flow.id),
  ]);
  const aims = targets.map((elementId) => ({ elementId, ancestorId: null, variables: [] }));
  const sources = [
    ...live.map(({ id: elementInstanceId }) => ({ elementInstanceId })),
    ...Object.keys(process.nodes).map((elementId) => ({ elementId })),
  ];
  return [
    ...sources.map((source) => ({ ...NOTHING, cancellations: [source] })),
    ...aims.map((aim) => ({ ...NOTHING, activations: [aim] })),
    ...some(
      live.flatMap(({ id: elementInstanceId }) =>
        aims.map((to) => ({ ...NOTHING, moves: [{ from: { elementInstanceId }, to }] })),
      ),
    ),
    { ...NOTHING, cancellations: sources.slice(0, live.length), activations: aims.slice(0, 2) },
  ];
};

const told = (instance: Driver, kind: string): readonly (string | null)[] =>
  instance.entries.filter((entry) => entry.kind === kind).map((entry) => entry.elementInstanceId);

describe('2.11 S97 in every model', () => {
  test.each(models)('%s', async (model) => {
    const { process } = await compileFixture(model);
    for (const further of [false, true]) {
      const untouched = begun(process, further);
      if (hasEnded(untouched.state) || untouched.state.rootId === null) continue;
      const before = JSON.stringify({ ...untouched.state, sequence: 0 });
      for (const modification of modificationsOf(untouched)) {
        const foreseen = previewModification(process, untouched.state, {
          ...modification,
          at: untouched.now,
          actor: 'cory',
        });
        const what = JSON.stringify(modification);
        if ('code' in foreseen) {
          expect(untouched.modify(modification), what).toMatchObject({ ok: false, ...foreseen });
          expect(JSON.stringify({ ...untouched.state, sequence: 0 }), what).toBe(before);
          continue;
        }
        const instance = begun(process, further);
        instance.entries.length = 0;
        const answer = instance.modify(modification);
        expect(answer.ok, what).toBe(true);
        expect(foreseen.status, what).toBe(instance.state.status);
        expect(foreseen.waitingAt, what).toEqual(answer.waitingAt);
        const ended = foreseen.cancelled.map(({ elementInstanceId }) => elementInstanceId);
        expect(ended, what).toEqual(told(instance, 'elementCancelled'));
        goOn(instance);
      }
    }
  });
});

/** What is left can be ended: nothing hangs on something that is gone. */
const goOn = (instance: Driver): void => {
  if (hasEnded(instance.state)) return;
  instance.send({ kind: 'cancel', requestId: null, actor: 'cory' });
  for (const childId of instance.children()) instance.childEnded(childId, {}, 'cancelled');
  expect(hasEnded(instance.state)).toBe(true);
};
