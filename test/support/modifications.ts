/** Modifications by chance: most fit, some name what is gone, ambiguous or closed to tokens. */
import type {
  ExecutableProcess,
  InstanceState,
  Modification,
  ModificationSource,
  ModificationTarget,
} from '../../engine/model/index.js';

type Pick = <T>(items: readonly T[]) => T;

/** One to three instructions for an instance as it is. */
export function modificationOf(
  pick: Pick,
  { elements }: InstanceState,
  { nodes }: ExecutableProcess,
): Modification {
  const live = [...Object.keys(elements), 'gone:99'];
  const flows = Object.values(nodes).flatMap(({ outgoing }) => outgoing.map(({ id }) => id));
  const places = [...Object.keys(nodes), ...Object.keys(nodes), ...flows, 'gone'];
  const source = (): ModificationSource =>
    pick([true, false, false]) ? { elementId: pick(places) } : { elementInstanceId: pick(live) };
  const target = (): ModificationTarget => ({
    elementId: pick(places),
    ancestorId: pick([null, null, pick(live)]),
    variables: pick([[], [{ scopeId: pick([null, pick(places)]), variables: { w: 1 } }]]),
  });
  const several = <T>(make: () => T): readonly T[] => pick([[], [make()], [make(), make()]]);
  return pick([
    { cancellations: several(source), activations: [], moves: [] },
    { cancellations: [], activations: several(target), moves: [] },
    { cancellations: [], activations: [], moves: [{ from: source(), to: target() }] },
    {
      cancellations: several(source),
      activations: several(target),
      moves: several(() => ({ from: source(), to: target() })),
    },
  ]);
}
