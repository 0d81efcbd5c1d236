/** An instance and where it stands: what `get pi` draws. Class: side effect. */
import type { HostView } from '../../contracts/instance.js';
import type { ProcessInstance } from '../../store/index.js';
import { outlineOf } from './outline.js';
import type { ControlParts, Operation } from './parts.js';
import { findInstance } from './references.js';

/** Rows of one instance that are read at most. */
const MOST = 10_000;

/** Reads it all; what it waits for comes from the instance itself, while it runs. */
export const readInstance: Operation<'getInstance'> = async (parts, { key }) => {
  const { store, registry } = parts;
  const instance = await findInstance(store, key);
  const { instanceId, processId, definitionVersion: version, definitionHash: hash } = instance;
  const where = { filter: { instanceId }, limit: MOST } as const;
  const open = { ...where, filter: { instanceId, state: 'ACTIVE' } } as const;
  const [plan, view, elements, tasks, incidents, children] = await Promise.all([
    registry.process({ processId, version, hash }),
    viewOf(parts, instance),
    store.elementInstances.search(where),
    store.userTasks.search({ ...where, filter: { instanceId, state: 'CREATED' } }),
    store.incidents.search(open),
    store.calledInstances.search(where),
  ]);
  const stuck = incidents.items.map(({ elementId }) => elementId);
  return {
    instance,
    processName: plan.name,
    isParked: view === 'ended' ? false : (view?.parked ?? null),
    waiting: view !== null && view !== 'ended' && view.parked ? view.waiting : [],
    outline: outlineOf(plan, { activations: elements.items, stuck }),
    tasks: tasks.items,
    ...waitsOf(view),
    incidents: incidents.items,
    children: children.items,
  };
};

/** Null when the instance does not answer: its worker is busy, or the engine is parked and Temporal away. */
async function viewOf(
  { engine }: ControlParts,
  { instanceId, endedAt }: ProcessInstance,
): Promise<HostView | 'ended' | null> {
  return endedAt === null ? engine.view(instanceId).catch(() => null) : 'ended';
}

function waitsOf(view: HostView | 'ended' | null) {
  const state = view === null || view === 'ended' ? null : view.state;
  const timers = Object.values(state?.timers ?? {}).map(({ id, elementId, series }) => ({
    timerId: id,
    elementId,
    dueAt: series.dueAt,
  }));
  const subscriptions = Object.values(state?.subscriptions ?? {}).map(
    ({ id, elementId, kind, name }) => ({ subscriptionId: id, elementId, of: kind, name }),
  );
  timers.sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
  return { timers, subscriptions };
}
