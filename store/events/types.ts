/** Events as the store has them. Types only. */
import type { EventType } from '../../contracts/events.js';

/** An event that is to be written. */
export interface NewEvent {
  readonly type: EventType;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly instanceId: string | null;
  readonly processId: string | null;
  readonly elementId: string | null;
  /** Id of the task or incident, or number of the entry of the audit; null: it is about the instance. */
  readonly subject: string | null;
}

/** An event that was committed, by its place among all. */
export interface EventRow extends NewEvent {
  readonly number: number;
}

/** Where the events stand. */
export interface EventLog {
  /** The number of the last event; 0: there was none. */
  readonly last: number;
  /** Those up to this number are forgotten. */
  readonly gone: number;
}
