/**
 * Names everything that an instance holds by the ids of the version that it goes to. Ids of element instances, tasks, jobs and
 * timers stay: others know them.
 */
import type {
  ElementInstance,
  Entry,
  FlowNodeBase,
  Json,
  Move,
  OpenTimer,
  UserTask,
} from '../../model/index.js';
import type { Run } from '../run.js';
import type { Correspondence } from './correspondence.js';
import type { Waits } from './waits.js';

/** Renames all of it, and tells of what people know by another name from now on. */
export function rename(
  run: Run,
  correspondence: Correspondence,
  waits: ReadonlyMap<string, Waits>,
): void {
  const { state } = run;
  for (const instance of Object.values(state.elements)) {
    renameElement(run, correspondence, instance, waits.get(instance.id));
  }
  renameWaiting(run, correspondence);
  state.agenda = state.agenda.map((move) => renamedMove(move, correspondence));
  renameInterruptions(run, correspondence);
}

const renameElement = (
  run: Run,
  correspondence: Correspondence,
  before: ElementInstance,
  waits: Waits | undefined,
): void => {
  const elementId = correspondence.idOf(before.elementId) as string;
  const flowId = before.flowId === null ? null : correspondence.flowOf(before.flowId);
  const begins = before.begins?.map((entry) => renamedEntry(entry, correspondence));
  const instance = { ...before, elementId, flowId, ...(begins !== undefined && { begins }) };
  const isOther = JSON.stringify(instance) !== JSON.stringify(before);
  if (isOther) run.put('elements', instance.id, instance);
  const changes = {
    ...renameWaits(run, waits),
    ...renameIncidents(run, correspondence, instance),
    ...renameTask(run, instance),
  };
  if (elementId === before.elementId && Object.keys(changes).length === 0) return;
  const { name = null } = run.process.nodes[elementId] ?? {};
  const child = instance.childId === null ? {} : { child: instance.childId };
  const data = { from: before.elementId, name, ...child, ...changes };
  run.record('elementMigrated', instance, data, 'S99');
};

type Renamed = Readonly<Record<string, Json>>;

/** Timers and subscriptions whose event goes by another id: id → id of its event. */
const renameWaits = (run: Run, waits: Waits | undefined): Renamed => {
  const timers: Record<string, string> = {};
  const subscriptions: Record<string, string> = {};
  for (const { row, place } of waits?.kept ?? []) {
    const { elementId } = place;
    if (row.elementId === elementId) continue;
    if ('kind' in row) {
      run.put('subscriptions', row.id, { ...row, elementId });
      subscriptions[row.id] = elementId;
    } else {
      run.put('timers', row.id, { ...(row as OpenTimer), elementId });
      timers[row.id] = elementId;
    }
  }
  return { ...filled({ timers }), ...filled({ subscriptions }) };
};

const filled = (of: Record<string, Record<string, string>>): Renamed =>
  Object.values(of).some((table) => Object.keys(table).length > 0) ? of : {};

/** Incidents: what they are about may be gone, then they are about what holds the token. */
const renameIncidents = (
  run: Run,
  correspondence: Correspondence,
  instance: ElementInstance,
): Renamed => {
  const incidents: Record<string, string> = {};
  for (const id of instance.incidents) {
    const row = run.state.incidents[id];
    if (row === undefined) continue;
    const elementId = correspondence.idOf(row.elementId) ?? instance.elementId;
    const { unopened: event, ...rest } = row;
    const unopened = event === undefined ? null : correspondence.idOf(event);
    if (elementId === row.elementId && (event ?? null) === unopened) continue;
    run.put('incidents', id, { ...rest, elementId, ...(unopened !== null && { unopened }) });
    incidents[id] = elementId;
  }
  return filled({ incidents });
};

/** A task shows the form of the version that its instance runs. What people or expressions gave it stays. */
const renameTask = (run: Run, instance: ElementInstance): Renamed => {
  const before = run.state.tasks[instance.id];
  if (before === undefined) return {};
  const node = run.node(instance.elementId) as FlowNodeBase &
    Pick<UserTask, 'formId' | 'completedBy'>;
  const { completedBy: _, ...rest } = before;
  const { name, formId, completedBy } = node;
  const task = {
    ...rest,
    ...{ elementId: node.id, name, formId },
    ...(completedBy !== undefined && { completedBy }),
  };
  if (
    JSON.stringify(Object.entries(task).sort()) === JSON.stringify(Object.entries(before).sort())
  ) {
    return {};
  }
  run.put('tasks', task.id, task);
  return { task: { name, formId } };
};

/** Tokens at joins: two flows may become one. */
const renameWaiting = (run: Run, correspondence: Correspondence): void => {
  for (const [scopeId, flows] of Object.entries(run.state.waiting)) {
    const before = Object.entries(flows);
    const isSame = before.every(([flow]) => correspondence.flowOf(flow) === flow);
    if (isSame) continue;
    run.dropAll('waiting', scopeId);
    for (const [flow, tokens] of before) {
      const id = correspondence.flowOf(flow) as string;
      run.putIn('waiting', scopeId, id, (run.state.waiting[scopeId]?.[id] ?? 0) + tokens);
    }
  }
};

/** The event that takes the token once all below it has ended. */
const renameInterruptions = (run: Run, correspondence: Correspondence): void => {
  for (const row of Object.values(run.state.interruptions)) {
    if (row.then.kind !== 'boundary' && row.then.kind !== 'handler') continue;
    const elementId = correspondence.idOf(row.then.elementId) as string;
    const then = { ...row.then, elementId };
    run.put('interruptions', row.id, { ...row, then });
  }
};

const renamedMove = (move: Move, correspondence: Correspondence): Move => {
  if (move.kind !== 'arrive') return move;
  const { entry, ...rest } = move;
  return {
    ...rest,
    nodeId: correspondence.idOf(move.nodeId) as string,
    flowId: move.flowId === null ? null : correspondence.flowOf(move.flowId),
    ...(entry !== undefined && { entry: renamedEntry(entry, correspondence) }),
  };
};

const renamedEntry = (entry: Entry, correspondence: Correspondence): Entry => ({
  ...entry,
  nodeId: correspondence.idOf(entry.nodeId) as string,
  flowId: entry.flowId === null ? null : correspondence.flowOf(entry.flowId),
  inside: entry.inside.map((inner) => renamedEntry(inner, correspondence)),
});
