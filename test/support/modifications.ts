/** Modifications by chance: most fit, some name what is gone, ambiguous or closed to tokens. */
import type {
  ExecutableProcess,
  InstanceState,
  Modification,
  ModificationSource,
  ModificationTarget,
} from '../../engine/model/index.js';

type Pick = <T>(items: readonly T[]) => T;

/** One to four instructions for an instance as it is. */
export function modificationOf(
  pick: Pick,
  { elements, rootId }: InstanceState,
  { nodes }: ExecutableProcess,
): Modification {
  const live = Object.values(elements).filter(({ id }) => id !== rootId);
  const lives = [...live, ...live, { id: 'gone:99', elementId: 'gone' }];
  const flows = Object.values(nodes).flatMap(({ outgoing }) => outgoing.map(({ id }) => id));
  const places = [...Object.keys(nodes), ...Object.keys(nodes), ...flows, 'gone'];
  const source = (): ModificationSource => {
    const { id, elementId } = pick(lives);
    return pick([true, true, false])
      ? { elementInstanceId: id }
      : { elementId: pick([elementId, pick(places)]) };
  };
  const target = (): ModificationTarget => {
    const elementId = pick(places);
    const variables = [{ scopeId: pick([null, elementId, pick(places)]), variables: { w: 1 } }];
    return {
      elementId,
      ancestorId: pick([null, null, null, rootId, pick(lives).id]),
      variables: pick([[], [], variables]),
    };
  };
  const move = () => ({ from: source(), to: target() });
  return pick([
    { cancellations: [source()], activations: [], moves: [] },
    { cancellations: [], activations: [target()], moves: [] },
    { cancellations: [], activations: [target(), target()], moves: [] },
    { cancellations: [], activations: [], moves: [move()] },
    { cancellations: [], activations: [], moves: [move(), move()] },
    { cancellations: [source()], activations: [target()], moves: pick([[], [move()]]) },
  ]);
}
