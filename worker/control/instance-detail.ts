/** An instance and where it stands: what `get pi` draws. Class: side effect (reads the store). */
import { calledInstanceId } from '../../activities/index.js';
import { isParkedIncident } from '../../contracts/instance.js';
import type { EventNode, ExecutableProcess } from '../../engine/model/index.js';
import { outcomesOf } from '../../history/index.js';
import type { CalledInstanceRow, ProcessInstance, SubscriptionRow } from '../../store/index.js';
import { outlineOf } from './outline.js';
import type { ControlParts, Operation } from './parts.js';
import { findInstance } from './references.js';

/** Rows of one instance that are read at most. */
const MOST = 10_000;

/** Reads it all from the store. A parked instance alone is asked for what it cannot decide: that is nowhere else. */
export const readInstance: Operation<'getInstance'> = async (parts, { key }) => {
  const { store, registry } = parts;
  const instance = await findInstance(store, key);
  const { instanceId, processId, definitionVersion: version, definitionHash: hash } = instance;
  const where = { filter: { instanceId }, limit: MOST } as const;
  const ofState = (state: string) => ({ ...where, filter: { instanceId, state } });
  const [plan, elements, tasks, incidents, timers, subscriptions, called, started] =
    await Promise.all([
      registry.process({ processId, version, hash }),
      store.elementInstances.search(where),
      store.userTasks.search(ofState('CREATED')),
      store.incidents.search(ofState('ACTIVE')),
      store.timers.search(ofState('ARMED')),
      store.subscriptions.search({ ...where, filter: { instanceId, closedAt: null } }),
      store.calledInstances.search(where),
      store.processInstances.search({ ...where, filter: { callerInstanceId: instanceId } }),
    ]);
  const stuck = incidents.items.map(({ elementId }) => elementId);
  const isParked = incidents.items.some(({ incidentId }) => isParkedIncident(incidentId));
  const open = subscriptions.items.filter((row) => isOpen(plan, row));
  const children = called.items.map((row) => ({
    ...row,
    instanceId: startedBy(row, started.items),
  }));
  const outcomes = await outcomesOf(store, [instance]);
  return {
    instance: { ...instance, outcome: outcomes.get(instanceId) ?? null },
    processName: plan.name,
    isParked,
    waiting: isParked ? await undecided(parts, instance) : [],
    outline: outlineOf(plan, { activations: elements.items, stuck }),
    tasks: tasks.items,
    timers: timers.items,
    subscriptions: open.map(({ kind, ...row }) => ({ ...row, of: kind })),
    incidents: incidents.items,
    children,
  };
};

/** What took a message waits no more, but an event that does not interrupt: earlier journals do not say that it was closed (`isLast`). */
function isOpen({ nodes }: ExecutableProcess, { elementId, takenAt }: SubscriptionRow): boolean {
  if (takenAt === null) return true;
  const { isInterrupting = true } = (nodes[elementId ?? ''] ?? {}) as Partial<EventNode>;
  return !isInterrupting;
}

/** The instance that a call started: its id is made of the caller's and the child's, but for the time in it. */
function startedBy(
  { instanceId, childId, startedAt }: CalledInstanceRow,
  started: readonly ProcessInstance[],
): string | null {
  const withoutTime = (id: string): string => id.slice(TIME_LENGTH);
  const wanted = withoutTime(calledInstanceId(instanceId, childId, startedAt));
  return started.find((one) => withoutTime(one.instanceId) === wanted)?.instanceId ?? null;
}

/** Of the 48 bits at the beginning of a UUIDv7. Source: RFC 9562 §5.7. */
const TIME_LENGTH = 'ffffffff-ffff'.length;

async function undecided(
  { engine }: ControlParts,
  { instanceId }: ProcessInstance,
): Promise<readonly string[] | null> {
  const view = await engine.view(instanceId).catch(() => null);
  return view?.waiting ?? null;
}
