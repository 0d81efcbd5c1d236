/** What live events and webhooks tell: that something changed, and by which keys it is read. Class: data. */
import * as z from 'zod';

/** All types. `process_instance.changed`: something moved in it, once for each of its decisions. */
export const EVENT_TYPES = [
  'process_instance.started',
  'process_instance.changed',
  'process_instance.suspended',
  'process_instance.resumed',
  'process_instance.completed',
  'process_instance.terminated',
  'user_task.created',
  'user_task.changed',
  'user_task.completed',
  'user_task.cancelled',
  'incident.created',
  'incident.resolved',
  'audit.appended',
] as const;

/** One of them. */
export type EventType = (typeof EVENT_TYPES)[number];

/** A type, as it is asked for. */
export const eventType = z.enum(EVENT_TYPES);

const key = z.string().regex(/^\d{1,25}$/);

/** What an event is about: keys and ids of the model, never a value. A key that does not fit its type is not there. */
export const EVENT_DATA = z.strictObject({
  processInstanceKey: key.optional(),
  processDefinitionId: z.string().optional(),
  elementId: z.string().nullable().optional(),
  userTaskKey: key.optional(),
  incidentKey: key.optional(),
  /** Number of the last entry that was appended to the audit. */
  auditNumber: z.number().int().optional(),
});

/** An event as it is told, by a stream and to a webhook. `timestamp`: ISO 8601 UTC. */
export const EVENT = z.strictObject({
  type: eventType,
  timestamp: z.string(),
  data: EVENT_DATA,
});

/** An event as it is told. */
export type ToldEvent = z.output<typeof EVENT>;
