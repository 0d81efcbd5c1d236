/**
 * What each kind of journal entry changes in what people read: one small function a kind. Kinds that are not here
 * change nothing but the journal. The same fold serves the append and the rebuild. Class: pure.
 */
import type { JournalEntry, JournalKind, Json, TaskChanges } from '../../engine/model/index.js';
import type { ElementInstanceState } from '../projections/element-instances.js';
import type { IncidentState } from '../projections/incidents.js';
import type { ProcessInstanceState } from '../projections/process-instances.js';
import type { TimerState } from '../projections/timers.js';
import type { JournalInstance, ProjectionTable, RowChange, RowValues } from './types.js';

type Projection = (entry: JournalEntry, instance: JournalInstance) => readonly RowChange[];

const PROJECTIONS: Readonly<Partial<Record<JournalKind, Projection>>> = {
  instanceStarted: ({ at }, instance) => stateOf(instance, 'ACTIVE', { started_at: at }),
  instanceSuspended: (_entry, instance) => stateOf(instance, 'SUSPENDED', {}),
  instanceResumed: (_entry, instance) => stateOf(instance, 'ACTIVE', {}),
  instanceCompleted: ({ at }, instance) => stateOf(instance, 'COMPLETED', { ended_at: at }),
  instanceCancelled: ({ at }, instance) => stateOf(instance, 'CANCELLED', { ended_at: at }),
  instanceFailed: ({ at }, instance) => stateOf(instance, 'FAILED', { ended_at: at }),
  requestRefused: ({ at, sequence }, instance) =>
    sequence === START ? stateOf(instance, 'REFUSED', { ended_at: at }) : [],
  elementEntered: enterElement,
  elementCompleted: (entry, instance) => endElement(entry, instance, 'COMPLETED'),
  elementCancelled: (entry, instance) => endElement(entry, instance, 'CANCELLED'),
  elementMigrated: renameElement,
  taskOpened: openTask,
  taskAssigned: changeHolder,
  taskDelegated: changeHolder,
  taskReturned: changeHolder,
  taskUpdated: updateTask,
  taskCompleted: ({ data, ...entry }, instance) =>
    patchTask(entry, instance, {
      state: 'COMPLETED',
      ended_at: entry.at,
      action: textOf(data?.action),
      completed_by: entry.actor,
      stands_for: textOf(data?.standsFor),
    }),
  taskCancelled: (entry, instance) =>
    patchTask(entry, instance, { state: 'CANCELLED', ended_at: entry.at }),
  variablesWritten: writeVariables,
  incidentOpened: openIncident,
  incidentResolved: (entry, instance) => endIncident(entry, instance, 'RESOLVED'),
  incidentClosed: (entry, instance) => endIncident(entry, instance, 'CLOSED'),
  childStarted: startChild,
  childEnded: endChild,
  timerArmed: armTimer,
  timerFired: (entry, instance) => endTimer(entry, instance, 'FIRED'),
  timerCancelled: (entry, instance) => endTimer(entry, instance, 'CANCELLED'),
  subscriptionOpened: openSubscription,
  messageReceived: takeBySubscription,
  signalReceived: takeBySubscription,
  subscriptionClosed: (entry, instance) =>
    patchSubscription(entry, instance, { closed_at: entry.at }),
};

/** What is told first of an instance is its start, or that it was refused: then there is nothing after it. */
const START = 1;

/** The changes of one entry, in order; rows are keyed by column names, instants are ISO 8601 UTC. */
export function project(entry: JournalEntry, instance: JournalInstance): readonly RowChange[] {
  return PROJECTIONS[entry.kind]?.(entry, instance) ?? [];
}

/** Kinds that tell something without their data. */
const TELLING: readonly JournalKind[] = [
  'instanceStarted',
  'instanceSuspended',
  'instanceResumed',
  'instanceCompleted',
  'instanceCancelled',
  'instanceFailed',
  'requestRefused',
  'elementEntered',
  'elementCompleted',
  'elementCancelled',
  'elementMigrated',
];

/** The changes of an entry whose data was erased: what stands in its other columns, and nothing that is made up. */
export function projectErased(
  entry: JournalEntry,
  instance: JournalInstance,
): readonly RowChange[] {
  return TELLING.includes(entry.kind) ? project({ ...entry, data: null }, instance) : [];
}

function stateOf(
  { instanceId }: JournalInstance,
  state: ProcessInstanceState,
  more: RowValues,
): readonly RowChange[] {
  return patch('process_instances', { instance_id: instanceId, state, ...more });
}

const enteredBy = (entry: JournalEntry): RowValues => ({
  element_id: entry.elementId,
  element_instance_id: entry.elementInstanceId,
});

function enterElement(entry: JournalEntry, instance: JournalInstance): readonly RowChange[] {
  return put('element_instances', {
    instance_id: instance.instanceId,
    ...enteredBy(entry),
    process_id: instance.processId,
    kind: textOf(entry.data?.kind),
    name: textOf(entry.data?.name),
    scope_id: entry.scopeId,
    state: 'ACTIVE',
    entered_at: entry.at,
    ended_at: null,
    entered_sequence: entry.sequence,
  });
}

function endElement(
  entry: JournalEntry,
  { instanceId }: JournalInstance,
  state: ElementInstanceState,
): readonly RowChange[] {
  return patch('element_instances', {
    instance_id: instanceId,
    element_instance_id: entry.elementInstanceId,
    state,
    ended_at: entry.at,
  });
}

/** An element instance goes on under the id of another version, and all that is its own with it. */
function renameElement(entry: JournalEntry, { instanceId }: JournalInstance): readonly RowChange[] {
  const { data, elementId: element_id, elementInstanceId } = entry;
  const key = { instance_id: instanceId };
  const task = data?.task as { readonly name?: Json; readonly formId?: Json } | undefined;
  const shown = { name: textOf(task?.name), form_id: textOf(task?.formId) };
  const child = textOf(data?.child);
  return [
    ...patch('element_instances', {
      ...{ ...key, element_instance_id: elementInstanceId, element_id },
      ...(data && { name: textOf(data.name) }),
    }),
    ...(task
      ? patch('user_tasks', {
          ...{ ...key, task_id: elementInstanceId, element_id, ...shown },
          revision: entry.sequence,
        })
      : []),
    ...(child === null ? [] : patch('called_instances', { ...key, child_id: child, element_id })),
    ...renamed(data?.timers).flatMap(([timer_id, id]) =>
      patch('timers', { ...key, timer_id, element_id: id }),
    ),
    ...renamed(data?.subscriptions).flatMap(([subscription_id, id]) =>
      patch('subscriptions', { ...key, subscription_id, element_id: id }),
    ),
    ...renamed(data?.incidents).flatMap(([incident_id, id]) =>
      patch('incidents', { ...key, incident_id, element_id: id }),
    ),
  ];
}

/** Ids of rows and the ids of their elements from now on. */
const renamed = (table: Json | undefined): readonly (readonly [string, string])[] =>
  Object.entries((table ?? {}) as Readonly<Record<string, string>>);

function openTask(entry: JournalEntry, instance: JournalInstance): readonly RowChange[] {
  const data = entry.data ?? {};
  return put('user_tasks', {
    instance_id: instance.instanceId,
    root_instance_id: instance.rootInstanceId,
    task_id: entry.elementInstanceId,
    element_id: entry.elementId,
    process_id: instance.processId,
    customer_key_id: instance.customerKeyId,
    business_key: instance.businessKey,
    name: textOf(data.name),
    assignee: textOf(data.assignee),
    owner: null,
    stands_for: null,
    candidate_groups: textsOf(data.candidateGroups),
    candidate_users: textsOf(data.candidateUsers),
    due_at: textOf(data.dueAt),
    follow_up_at: textOf(data.followUpAt),
    priority: typeof data.priority === 'number' ? data.priority : DEFAULT_PRIORITY,
    form_id: textOf(data.formId),
    sla_due_at: textOf(data.slaDueAt),
    state: 'CREATED',
    opened_at: entry.at,
    ended_at: null,
    action: null,
    completed_by: null,
    version: 1,
    revision: entry.sequence,
  });
}

/** Of Camunda's user tasks: 0 to 100. */
const DEFAULT_PRIORITY = 50;

/** Entries of before the versions of tasks tell of no owner and no version. */
function changeHolder({ data, ...entry }: JournalEntry, instance: JournalInstance) {
  const holder = {
    ...{ assignee: textOf(data?.assignee), owner: textOf(data?.owner) },
    stands_for: textOf(data?.standsFor),
  };
  return patchTask(entry, instance, { ...holder, ...versionOf(data) });
}

const TASK_COLUMNS: Readonly<Record<keyof TaskChanges, string>> = {
  dueAt: 'due_at',
  followUpAt: 'follow_up_at',
  priority: 'priority',
  candidateGroups: 'candidate_groups',
  candidateUsers: 'candidate_users',
};

/** What is not named stays. */
function updateTask({ data, ...entry }: JournalEntry, instance: JournalInstance) {
  const changes = Object.entries(TASK_COLUMNS).flatMap(([name, column]) =>
    data && Object.hasOwn(data, name) ? [[column, data[name]]] : [],
  );
  return patchTask(entry, instance, { ...Object.fromEntries(changes), ...versionOf(data) });
}

const versionOf = (data: JournalEntry['data']): RowValues =>
  typeof data?.version === 'number' ? { version: data.version } : {};

function patchTask(
  entry: Pick<JournalEntry, 'elementInstanceId' | 'sequence'>,
  { instanceId }: JournalInstance,
  changes: RowValues,
): readonly RowChange[] {
  const key = { instance_id: instanceId, task_id: entry.elementInstanceId };
  return patch('user_tasks', { ...key, ...changes, revision: entry.sequence });
}

/** The scope is an element instance; values of the instance itself are under its id until it has one. */
function writeVariables(entry: JournalEntry, instance: JournalInstance): readonly RowChange[] {
  const scopeId = entry.scopeId ?? entry.elementInstanceId ?? instance.instanceId;
  const values = entry.data?.values;
  if (values === null || typeof values !== 'object' || Array.isArray(values)) return [];
  return Object.entries(values).flatMap(([name, value]) =>
    put('variables', {
      instance_id: instance.instanceId,
      scope_id: scopeId,
      name,
      process_id: instance.processId,
      value,
      written_at: entry.at,
      revision: entry.sequence,
    }),
  );
}

function openIncident(entry: JournalEntry, instance: JournalInstance): readonly RowChange[] {
  return put('incidents', {
    instance_id: instance.instanceId,
    incident_id: textOf(entry.data?.incidentId),
    process_id: instance.processId,
    ...enteredBy(entry),
    code: textOf(entry.data?.code),
    class: textOf(entry.data?.class),
    message: textOf(entry.data?.message),
    state: 'ACTIVE',
    opened_at: entry.at,
    ended_at: null,
    resolved_by: null,
    of_journal: true,
  });
}

function endIncident(
  entry: JournalEntry,
  { instanceId }: JournalInstance,
  state: IncidentState,
): readonly RowChange[] {
  return patch('incidents', {
    instance_id: instanceId,
    incident_id: textOf(entry.data?.incidentId),
    state,
    ended_at: entry.at,
    resolved_by: entry.actor,
  });
}

function startChild(entry: JournalEntry, { instanceId }: JournalInstance): readonly RowChange[] {
  return put('called_instances', {
    instance_id: instanceId,
    child_id: textOf(entry.data?.childId),
    process_id: textOf(entry.data?.processId),
    ...enteredBy(entry),
    state: 'ACTIVE',
    outcome: null,
    started_at: entry.at,
    ended_at: null,
  });
}

function endChild(entry: JournalEntry, { instanceId }: JournalInstance): readonly RowChange[] {
  return patch('called_instances', {
    instance_id: instanceId,
    child_id: textOf(entry.data?.childId),
    state: 'ENDED',
    outcome: textOf(entry.data?.outcome),
    ended_at: entry.at,
  });
}

/** A timer that was moved is armed again under its id. */
function armTimer(entry: JournalEntry, instance: JournalInstance): readonly RowChange[] {
  return put('timers', {
    instance_id: instance.instanceId,
    timer_id: textOf(entry.data?.timerId),
    process_id: instance.processId,
    ...enteredBy(entry),
    due_at: textOf(entry.data?.dueAt),
    state: 'ARMED',
    armed_at: entry.at,
    ended_at: null,
  });
}

function endTimer(
  entry: JournalEntry,
  { instanceId }: JournalInstance,
  state: TimerState,
): readonly RowChange[] {
  const key = { instance_id: instanceId, timer_id: textOf(entry.data?.timerId) };
  return patch('timers', { ...key, state, ended_at: entry.at });
}

function openSubscription(entry: JournalEntry, instance: JournalInstance): readonly RowChange[] {
  const { data } = entry;
  return put('subscriptions', {
    instance_id: instance.instanceId,
    subscription_id: textOf(data?.subscriptionId),
    process_id: instance.processId,
    ...enteredBy(entry),
    kind: textOf(data?.of),
    name: textOf(data?.name),
    key: textOf(data?.key) ?? '',
    opened_at: entry.at,
    taken_at: null,
    closed_at: null,
  });
}

/** What took its last is closed by that. */
function takeBySubscription(entry: JournalEntry, instance: JournalInstance): readonly RowChange[] {
  const closing = entry.data?.isLast === true ? { closed_at: entry.at } : {};
  return patchSubscription(entry, instance, { taken_at: entry.at, ...closing });
}

function patchSubscription(
  { data }: JournalEntry,
  { instanceId }: JournalInstance,
  changes: RowValues,
): readonly RowChange[] {
  const key = { instance_id: instanceId, subscription_id: textOf(data?.subscriptionId) };
  return patch('subscriptions', { ...key, ...changes });
}

const put = (table: ProjectionTable, row: RowValues): readonly RowChange[] => [
  { table, how: 'put', row },
];

const patch = (table: ProjectionTable, row: RowValues): readonly RowChange[] => [
  { table, how: 'patch', row },
];

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
