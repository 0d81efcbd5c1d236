/** What the journal of a run says about elements, as expectations speak of them. Class: pure. */
import type { JournalKind } from '../../model/index.js';
import type { RunView, TracedEntry } from './host.js';

/** An element in the order in which it was entered or completed. */
export interface TracedElement {
  readonly instanceId: string;
  readonly processId: string;
  readonly elementId: string;
}

/**
 * Elements by order of completion. Each inner instance of a multi-instance activity counts, its body does not.
 */
export function completedElements(view: RunView): readonly TracedElement[] {
  return elements(view, 'elementCompleted');
}

/** Elements by order of entry. */
export function enteredElements(view: RunView): readonly TracedElement[] {
  return elements(view, 'elementEntered');
}

function elements(view: RunView, kind: JournalKind): readonly TracedElement[] {
  const bodies = bodiesOf(view);
  const nodes = new Map(view.instances.map(({ process }) => [process.id, process.nodes]));
  return view.journal.flatMap(({ instanceId, processId, entry }) => {
    const { elementId, elementInstanceId } = entry;
    if (entry.kind !== kind || elementId === null) return [];
    if (bodies.has(`${instanceId} ${elementInstanceId}`)) return [];
    // The process itself is a scope, not an element of the diagram.
    if (nodes.get(processId)?.[elementId] === undefined) return [];
    return [{ instanceId, processId, elementId }];
  });
}

/** Element instances that are bodies of multi-instance activities. */
function bodiesOf({ instances, journal }: RunView): ReadonlySet<string> {
  const processes = new Map(instances.map(({ process }) => [process.id, process]));
  const isBody = ({ processId, entry }: TracedEntry): boolean => {
    const node = processes.get(processId)?.nodes[entry.elementId ?? ''];
    const isMulti = node?.multiInstance !== null && node?.multiInstance !== undefined;
    return isMulti && entry.kind === 'elementEntered' && entry.data?.loopCounter === undefined;
  };
  return new Set(
    journal
      .filter(isBody)
      .map(({ instanceId, entry }) => `${instanceId} ${entry.elementInstanceId}`),
  );
}

/** How often each name occurs. */
export function countBy<T>(items: readonly T[], nameOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(nameOf(item), (counts.get(nameOf(item)) ?? 0) + 1);
  return counts;
}
