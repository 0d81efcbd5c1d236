/**
 * Where a run waits. An element waits when it is active and nothing is active inside it. A list of elements
 * fits when each waits (or holds what waits), and nothing of the first instance waits that the list does not
 * name: by its id, that of an activity around it, that of the call activity that called it, or, for an
 * event-based gateway, that of one of its arms. Naming an element more than once asks for as many of it.
 * Class: pure.
 */
import type { ElementInstance } from '../../model/index.js';
import type { InstanceView, RunView } from './host.js';

/** What waits, outermost name first. */
interface Waiting {
  readonly instanceId: string;
  /** Its element, its arms and everything around it, up to the first caller. */
  readonly names: readonly string[];
  readonly elementId: string;
  readonly hasIncident: boolean;
}

/** Ids of the elements that wait, in the order in which they were entered. */
export function waitingElements(view: RunView): readonly string[] {
  return leavesOf(view).map(({ elementId }) => elementId);
}

/** Whether a list of elements fits where the run waits. */
export function fitsWaiting(
  view: RunView,
  first: InstanceView | null,
  expected: readonly string[],
) {
  const leaves = leavesOf(view);
  const joins = new Set(view.instances.flatMap(waitingJoins));
  const named = new Set(expected);
  const isThere = expected.every(
    (id) => joins.has(id) || leaves.some(({ names }) => names.includes(id)),
  );
  const isAll = leaves
    .filter(({ instanceId, hasIncident }) => instanceId === first?.id && !hasIncident)
    .every(({ names, instanceId, elementId }) => {
      const callees = leaves.filter((leaf) => leaf.names.includes(`${instanceId} ${elementId}`));
      return [...names, ...callees.flatMap((leaf) => leaf.names)].some((name) => named.has(name));
    });
  return isThere && isAll && [...named].every((id) => fitsCount(leaves, expected, id));
}

function fitsCount(leaves: readonly Waiting[], expected: readonly string[], id: string): boolean {
  const wanted = expected.filter((one) => one === id).length;
  return wanted === 1 || leaves.filter(({ elementId }) => elementId === id).length === wanted;
}

function leavesOf({ instances }: RunView): readonly Waiting[] {
  const byId = new Map(instances.map((instance) => [instance.id, instance]));
  return instances.flatMap((instance) =>
    Object.values(instance.state.elements)
      .filter((element) => isLeaf(instance, element))
      .map((element) => ({
        instanceId: instance.id,
        elementId: element.elementId,
        names: namesOf(byId, instance, element),
        hasIncident: element.incidents.length > 0,
      })),
  );
}

/** Active, with nothing active inside; the process itself is none, nor what has yet to begin. */
function isLeaf({ state }: InstanceView, element: ElementInstance): boolean {
  return element.parentId !== null && element.firstChildId === null && state.rootId !== element.id;
}

function namesOf(
  byId: ReadonlyMap<string, InstanceView>,
  instance: InstanceView,
  leaf: ElementInstance,
): readonly string[] {
  const names = [...armsOf(instance, leaf)];
  const { state } = instance;
  for (let at: ElementInstance | undefined = leaf; at; ) {
    if (at.parentId !== null) names.push(at.elementId);
    at = at.parentId === null ? undefined : state.elements[at.parentId];
  }
  const { caller } = state;
  const parent = caller ? byId.get(caller.instanceId) : undefined;
  const call = caller ? parent?.state.calls[caller.childId] : undefined;
  const calling = call?.elementInstanceId
    ? parent?.state.elements[call.elementInstanceId]
    : undefined;
  if (!parent || !calling) return names;
  return [...names, `${parent.id} ${calling.elementId}`, ...namesOf(byId, parent, calling)];
}

/** The arms of an event-based gateway that waits. */
function armsOf({ process }: InstanceView, { elementId }: ElementInstance): readonly string[] {
  const node = process.nodes[elementId];
  return node?.kind === 'eventBasedGateway' ? node.outgoing.map(({ target }) => target) : [];
}

/** Joins at which tokens wait for others. */
function waitingJoins({ process, state }: InstanceView): readonly string[] {
  const flows = new Set(
    Object.values(state.waiting).flatMap((row) => Object.keys(row).filter((flow) => row[flow])),
  );
  return Object.values(process.nodes)
    .filter(({ incoming }) => incoming.some((flow) => flows.has(flow)))
    .map(({ id }) => id);
}
