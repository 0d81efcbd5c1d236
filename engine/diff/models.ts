/**
 * Two versions of a model: which elements came, went and changed, with each property before and after. `bpmn-js-differ` says
 * that an extension changed and not what; people who review have to see it. Class: pure.
 */
import { type FlatElement, flatModel } from './elements.js';

/** A property: null where it was not, or is not any more. */
export interface PropertyChange {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** An element that came, went, or has other properties. */
export interface ElementChange {
  readonly elementId: string;
  readonly type: string;
  readonly name: string | null;
  readonly properties: readonly PropertyChange[];
}

/** All of a model. */
export interface ModelChanges {
  readonly added: readonly ElementChange[];
  readonly removed: readonly ElementChange[];
  readonly changed: readonly ElementChange[];
  /** Elements that lie elsewhere on the diagram, and are there in both. */
  readonly moved: readonly string[];
}

/** Compares them; null: one is no model. */
export async function compareModels(before: string, after: string): Promise<ModelChanges | null> {
  const [old, now] = await Promise.all([flatModel(before), flatModel(after)]);
  if (old === null || now === null) return null;
  const of = (all: ReadonlyMap<string, FlatElement>, others: ReadonlyMap<string, FlatElement>) =>
    [...all.values()].filter(({ id }) => !others.has(id));
  return {
    added: of(now.elements, old.elements).map((one) => changeOf(one, null, one)),
    removed: of(old.elements, now.elements).map((one) => changeOf(one, one, null)),
    changed: [...now.elements.values()].flatMap((one) => {
      const former = old.elements.get(one.id);
      if (former === undefined) return [];
      const change = changeOf(one, former, one);
      return change.properties.length > 0 ? [change] : [];
    }),
    moved: [...now.places]
      .filter(([id, place]) => old.places.has(id) && old.places.get(id) !== place)
      .map(([id]) => id),
  };
}

function changeOf(
  { id: elementId, type, name }: FlatElement,
  before: FlatElement | null,
  after: FlatElement | null,
): ElementChange {
  const [old, now] = [propertiesOf(before), propertiesOf(after)];
  const paths = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
  const properties = paths
    .map((path) => ({ path, before: old[path] ?? null, after: now[path] ?? null }))
    .filter((one) => one.before !== one.after);
  return { elementId, type, name, properties };
}

/** An element that is another kind of thing has changed in that as well. */
const propertiesOf = (one: FlatElement | null): Readonly<Record<string, string>> =>
  one === null ? {} : { ...one.properties, type: one.type };
