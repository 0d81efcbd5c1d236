/** Live element instances by element, looked up for one modification. Class: pure. */
import type { ElementInstance } from '../../model/index.js';
import type { Run } from '../run.js';

/** Order in which things of an instance came to be: the counter in their id. */
const ageOf = ({ id }: ElementInstance): number => Number(id.slice(id.lastIndexOf(':') + 1));

/**
 * Who names elements and not their instances asks about all that lives: that is looked through once for all
 * instructions, and not at all where instances are named.
 */
export class Living {
  private byElement: Map<string, ElementInstance[]> | null = null;

  constructor(private readonly run: Run) {}

  /** The live instances of an element, the oldest first. */
  of(elementId: string): readonly ElementInstance[] {
    this.byElement ??= this.index();
    return this.byElement.get(elementId) ?? [];
  }

  private index(): Map<string, ElementInstance[]> {
    const found = new Map<string, ElementInstance[]>();
    for (const instance of Object.values(this.run.state.elements)) {
      const list = found.get(instance.elementId);
      if (list === undefined) found.set(instance.elementId, [instance]);
      else list.push(instance);
    }
    for (const list of found.values()) list.sort((a, b) => ageOf(a) - ageOf(b));
    return found;
  }
}

/** Whether an element instance is one of these, or lies inside one. */
export function isWithin(
  run: Run,
  instance: ElementInstance,
  ids: { has(id: string): boolean },
): boolean {
  for (let at: ElementInstance | undefined = instance; at !== undefined; ) {
    if (ids.has(at.id)) return true;
    at = at.parentId === null ? undefined : run.element(at.parentId);
  }
  return false;
}
