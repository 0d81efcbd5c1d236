/** Which events entries of a journal are. Class: pure. */
import type { EventType } from '../../contracts/events.js';
import type { JournalEntry, JournalKind } from '../../engine/model/index.js';
import type { JournalInstance } from '../journal/types.js';
import type { NewEvent } from './types.js';

const OF_INSTANCE: Readonly<Partial<Record<JournalKind, EventType>>> = {
  instanceStarted: 'process_instance.started',
  instanceSuspended: 'process_instance.suspended',
  instanceResumed: 'process_instance.resumed',
  instanceCompleted: 'process_instance.completed',
  instanceCancelled: 'process_instance.terminated',
  instanceFailed: 'process_instance.terminated',
};

const OF_TASK: Readonly<Partial<Record<JournalKind, EventType>>> = {
  taskOpened: 'user_task.created',
  taskAssigned: 'user_task.changed',
  taskDelegated: 'user_task.changed',
  taskReturned: 'user_task.changed',
  taskUpdated: 'user_task.changed',
  taskCommented: 'user_task.changed',
  taskCompleted: 'user_task.completed',
  taskCancelled: 'user_task.cancelled',
};

const OF_INCIDENT: Readonly<Partial<Record<JournalKind, EventType>>> = {
  incidentOpened: 'incident.created',
  incidentResolved: 'incident.resolved',
  incidentClosed: 'incident.resolved',
};

/** Events of entries that are new, in their order; the last says that the instance changed. */
export function eventsOf(
  entries: readonly JournalEntry[],
  instance: JournalInstance,
): readonly NewEvent[] {
  const last = entries.at(-1);
  if (last === undefined) return [];
  const told = entries.flatMap((entry) => eventOf(entry, instance) ?? []);
  return [...told, ofInstance('process_instance.changed', last.at, instance)];
}

function eventOf(entry: JournalEntry, instance: JournalInstance): NewEvent | null {
  const { kind, at, elementId, elementInstanceId, data } = entry;
  const about = { at, instanceId: instance.instanceId, processId: instance.processId, elementId };
  const ofTask = OF_TASK[kind];
  if (ofTask) return { ...about, type: ofTask, subject: elementInstanceId };
  const ofIncident = OF_INCIDENT[kind];
  if (ofIncident) return { ...about, type: ofIncident, subject: textOf(data?.incidentId) };
  const isRefusal = kind === 'requestRefused' && entry.sequence === 1;
  const type = isRefusal ? 'process_instance.terminated' : OF_INSTANCE[kind];
  return type ? ofInstance(type, at, instance) : null;
}

/** An event of an instance itself. */
export function ofInstance(
  type: EventType,
  at: string,
  { instanceId, processId }: Pick<JournalInstance, 'instanceId' | 'processId'>,
): NewEvent {
  return { type, at, instanceId, processId, elementId: null, subject: null };
}

/** An event of an incident that no journal tells of. */
export function ofIncident(
  type: 'incident.created' | 'incident.resolved',
  at: string,
  instance: Pick<JournalInstance, 'instanceId' | 'processId'>,
  incidentId: string,
): NewEvent {
  return { ...ofInstance(type, at, instance), subject: incidentId };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
