/** The step `modify`: what a scenario names by elements, as the instance has it. Class: pure. */
import type { Modification, ModificationSource, ModificationTarget } from '../../model/index.js';
import type { InstanceView } from './host.js';
import type { Aim, Place, ScenarioStep } from './schema.js';

/** The command of a step. What is not live is named as it was written, so that the instance refuses it. */
export function modificationOf(
  { cancel, activate, move }: NonNullable<ScenarioStep['modify']>,
  view: InstanceView,
): Modification {
  return {
    cancellations: cancel.map((place) => sourceOf(place, view)),
    activations: activate.map((aim) => targetOf(aim, view)),
    moves: move.map(({ from, to }) => ({ from: sourceOf(from, view), to: targetOf(to, view) })),
  };
}

function sourceOf(place: Place, view: InstanceView): ModificationSource {
  if (typeof place === 'string') return { elementId: place };
  const { element: elementId, item } = place;
  return item === undefined
    ? { elementId }
    : { elementInstanceId: instanceIdOf(view, elementId, item) };
}

function targetOf(aim: Aim, view: InstanceView): ModificationTarget {
  if (typeof aim === 'string') return { elementId: aim, ancestorId: null, variables: [] };
  const { element: elementId, in: scope, local, variables } = aim;
  const named = typeof scope === 'string' ? { element: scope } : scope;
  const ancestorId = named ? instanceIdOf(view, named.element, named.item ?? null) : null;
  const given = [
    { scopeId: elementId, variables: local },
    { scopeId: null, variables },
  ];
  const isGiven = (one: (typeof given)[number]): boolean => Object.keys(one.variables).length > 0;
  return { elementId, ancestorId, variables: given.filter(isGiven) };
}

/** The oldest live instance of an element; of a multi-instance activity the inner instance of that number. */
function instanceIdOf({ state }: InstanceView, elementId: string, item: number | null): string {
  const found = Object.values(state.elements).find(
    (one) =>
      one.elementId === elementId && one.role !== 'body' && (item === null || item === one.index),
  );
  return found?.id ?? `${elementId}${item === null ? '' : ` number ${item}`}`;
}
