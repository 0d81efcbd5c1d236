/** An instance as its page shows it, of what the store has. Class: side effect (store). */
import type { OperationOutput } from '../../contracts/control.js';
import type { WholeInstance } from '../../contracts/instances.js';
import type { ProcessInstance, Store } from '../../store/index.js';
import { type KeyOf, keysFor } from '../camunda/keys.js';
import { wireState } from '../camunda/process-instances.js';
import { definitionId, definitionsOf } from '../camunda/surroundings.js';

type Detail = OperationOutput<'getInstance'>;

/** Calls of one within another. */
const DEEPEST = 100;

/** Shapes it. @param tasks - those in it that are shown */
export async function wholeOf(
  store: Store,
  detail: Detail,
  tasks: Detail['tasks'],
): Promise<WholeInstance> {
  const { instance, outline, incidents, timers, subscriptions, children } = detail;
  const { instanceId, processId, definitionVersion: version } = instance;
  const callers = await callersOf(store, instance.callerInstanceId);
  const { definition } = await definitionsOf(store, callers);
  const latest = await store.definitions.processes.latest(processId);
  const keyOf = await keysFor(store, [
    ['processInstance', instanceId],
    ['processDefinition', definitionId(processId, version)],
    ...callers.map((row) => ['processInstance', row.instanceId] as const),
    ...children.flatMap((row) =>
      row.instanceId === null ? [] : [['processInstance', row.instanceId] as const],
    ),
    ...tasks.map(({ taskId }) => ['userTask', `${instanceId}/${taskId}`] as const),
    ...incidents.map(({ incidentId }) => ['incident', `${instanceId}/${incidentId}`] as const),
  ]);
  return {
    processInstanceKey: keyOf('processInstance', instanceId),
    processDefinitionKey: keyOf('processDefinition', definitionId(processId, version)),
    ...{ processDefinitionId: processId, name: detail.processName, version },
    latestVersion: latest?.version ?? version,
    ...{ state: wireState(instance.state), hasIncident: instance.hasIncident },
    ...{ isParked: detail.isParked, businessId: instance.businessKey },
    ...{ startedAt: instance.startedAt, endedAt: instance.endedAt, outcome: instance.outcome },
    outline: outline.map((row) => ({ ...row })),
    tasks: tasks.map((task) => taskOf(task, keyOf)),
    timers: timers.map(({ elementId, dueAt }) => ({ elementId, dueAt })),
    waits: subscriptions.map(({ elementId, of, name }) => ({ elementId, of, name })),
    incidents: incidents.map(({ incidentId, elementId, code, message, openedAt }) => ({
      incidentKey: keyOf('incident', `${instanceId}/${incidentId}`),
      ...{ elementId, code, openedAt, message },
    })),
    callers: callers.map((row) => ({
      processInstanceKey: keyOf('processInstance', row.instanceId),
      processDefinitionId: row.processId,
      name: definition(row.processId, row.definitionVersion)?.name ?? null,
      state: wireState(row.state),
    })),
    called: children.map((row) => ({
      processInstanceKey: row.instanceId === null ? null : keyOf('processInstance', row.instanceId),
      ...{ processDefinitionId: row.processId, elementId: row.elementId, outcome: row.outcome },
      ...{ isOpen: row.state === 'ACTIVE', startedAt: row.startedAt, endedAt: row.endedAt },
    })),
  };
}

function taskOf(task: Detail['tasks'][number], keyOf: KeyOf): WholeInstance['tasks'][number] {
  const { instanceId, taskId, elementId, name, assignee, openedAt, dueAt } = task;
  return {
    userTaskKey: keyOf('userTask', `${instanceId}/${taskId}`),
    ...{ elementId, name, assignee, openedAt, dueAt },
    candidateGroups: [...task.candidateGroups],
  };
}

/** From the one that nobody called. */
async function callersOf(
  { processInstances }: Store,
  callerId: string | null,
): Promise<readonly ProcessInstance[]> {
  const line: ProcessInstance[] = [];
  for (let id = callerId; id !== null && line.length < DEEPEST; ) {
    const found = await processInstances.get(id);
    if (!found) break;
    line.unshift(found);
    id = found.callerInstanceId;
  }
  return line;
}

/** The tasks of an instance that whoever reads this store would be shown one by one. Class: side effect (store). */
export async function seenTasksOf(
  { userTasks }: Pick<Store, 'userTasks'>,
  { instance: { instanceId }, tasks }: Detail,
): Promise<Detail['tasks']> {
  if (tasks.length === 0) return tasks;
  const filter = { instanceId, taskId: { $in: tasks.map(({ taskId }) => taskId) } };
  const { items } = await userTasks.search({ filter, limit: tasks.length });
  const seen = new Set(items.map(({ taskId }) => taskId));
  return tasks.filter(({ taskId }) => seen.has(taskId));
}
