/** What crosses the border of the workflow `processInstance`: its start, requests, answers and news. */
import type {
  Answer,
  ChildEvent,
  InstanceEvent,
  InstanceSeed,
  InstanceState,
  InstanceStatus,
  JournalEntry,
  OperatorEvent,
  StartEvent,
  StartJob,
  TaskEvent,
  ThrowAnswered,
  TriggerEvent,
  Variables,
} from '../engine/model/index.js';
import type { HostEffect } from './decision.js';

/** Which deployed definition an instance runs: never "the latest". */
export interface DefinitionRef {
  readonly processId: string;
  readonly version: number;
  /** SHA-256 of the canonical sources of its package. */
  readonly hash: string;
}

/** An event as others send it: the host stamps `at`. */
export type Unstamped<E> = E extends { readonly at: string } ? Omit<E, 'at'> : never;

/** When an instance continues as a new run, and how much it does at a time. */
export interface HostLimits {
  readonly events: number;
  readonly bytes: number;
  readonly updates: number;
  readonly signals: number;
  /** Activities open at a time; the others wait in order. */
  readonly window: number;
  /** Estimated bytes of what open activities were given: Temporal keeps it all in memory. */
  readonly windowBytes: number;
  /** Above so many events, or bytes, nothing new is started until what is open has ended. */
  readonly drainEvents: number;
  readonly drainBytes: number;
  /** Estimated bytes of the journal that the store has not acknowledged; above, it is offered before all else. */
  readonly journalBytes: number;
  /** Calls of a run that are open at a time; the others wait. */
  readonly calls: number;
  /** Milliseconds before a parked decision is tried again the first time; doubled up to 64 times that. */
  readonly parkMs: number;
}

/** The limits of a production host. Source: Temporal's defaults with room to spare. */
export const HOST_LIMITS: HostLimits = {
  events: 3000,
  bytes: 3 * 1024 * 1024,
  updates: 1500,
  signals: 5000,
  window: 200,
  windowBytes: 3 * 1024 * 1024,
  drainEvents: 20_000,
  drainBytes: 20 * 1024 * 1024,
  journalBytes: 1024 * 1024,
  calls: 500,
  parkMs: 10_000,
};

/** What one payload may have, with room for encryption: of 2 MiB Temporal ends the instance. */
export const MOST_PAYLOAD_BYTES = 1_800_000;

/** Which request started an instance, and with what: tells a repetition from another request under the same key. */
export interface StartOrigin {
  readonly requestId: string | null;
  /** Keyed hash of what was asked for. */
  readonly digest: string;
}

/**
 * How the workflow of an instance behaves. A run keeps the version that it began with, so that a replay does what was
 * done. 2: what one workflow task brings is taken as a whole before anything is decided, early decisions first, and each
 * of them leaves a trace.
 */
export const HOST_VERSION = 2;

/** The argument of a run. */
export interface InstanceStart {
  /** Absent: 1. */
  readonly hostVersion?: number;
  readonly definition: DefinitionRef;
  /** `virtual`: no timer runs, whoever moves the clock fires them. Absent: Temporal's clock. */
  readonly clock?: 'virtual';
  readonly seed: InstanceSeed;
  /** Workflow id of the instance that called this one. */
  readonly callerWorkflowId: string | null;
  /** Workflow ids of the message correlators that are told of its end (S62); null: of none. */
  readonly startedBy: readonly string[] | null;
  readonly businessKey: string | null;
  /** Instance at the top of the call tree; itself when nobody called it. */
  readonly rootInstanceId: string;
  readonly limits: HostLimits;
  /** Absent where nobody may ask for it again: of a call, message, signal or timer. */
  readonly origin?: StartOrigin;
  readonly begin:
    | { readonly kind: 'first'; readonly event: Unstamped<StartEvent> }
    | { readonly kind: 'carried'; readonly carried: Carried };
}

/** All that a run hands to the next one. */
export interface Carried {
  /** Null until the first decision. */
  readonly state: InstanceState | null;
  /** Latest instant that was given to an event. */
  readonly lastAt: string;
  /** Events that are not decided yet, in order. */
  readonly queue: readonly InstanceEvent[];
  /** Effects that wait for room in the window, in order. */
  readonly waiting: readonly HostEffect[];
  /** Jobs that the next decision runs inside. */
  readonly localJobs: readonly StartJob[];
  readonly hasMore: boolean;
  readonly unacknowledged: readonly JournalEntry[];
  /** Child id → workflow id of the called instance. */
  readonly children: Readonly<Record<string, string>>;
  /**
   * Deliveries answered last: name → code of the refusal, null when taken. A repeated one changes nothing and is
   * answered the same. Older runs carried the names alone.
   */
  readonly delivered: Readonly<Record<string, string | null>> | readonly string[];
  /** Decisions that failed in a row; above 0 the instance is parked. */
  readonly failures: number;
  readonly firstAnswer: InstanceAnswer | null;
  /** Runs before the next one. */
  readonly runs: number;
}

/** What others may ask of an instance by an Update. */
export type InstanceRequest =
  | Unstamped<TaskEvent>
  | Unstamped<OperatorEvent>
  | Unstamped<Extract<TriggerEvent, { kind: 'messageReceived' }>>
  /** `broadcastId` tells a repetition; older hosts sent none. */
  | (Unstamped<Extract<TriggerEvent, { kind: 'signalReceived' }>> & {
      readonly broadcastId?: string;
    });

/** News within a call tree: from a called instance, or from the caller. */
export type CallNews =
  | Unstamped<ChildEvent>
  | Unstamped<ThrowAnswered>
  | Unstamped<Extract<OperatorEvent, { kind: 'cancel' }>>;

/** One thing that an instance waits for. */
export interface WaitingPoint {
  readonly kind: 'task' | 'job' | 'timer' | 'message' | 'signal' | 'call' | 'incident';
  /** Id of the task, job, timer, subscription, child or incident. */
  readonly id: string;
  /** BPMN id of the element. */
  readonly elementId: string;
}

/** What a caller is told: the core's answer, and where the instance stands. */
export interface InstanceAnswer extends Answer {
  readonly instanceId: string;
  readonly status: InstanceStatus;
  readonly suspendedAt: string | null;
  /** Sequence number of the last journal entry: who reads the store waits for it. */
  readonly sequence: number;
  /** The first of what it waits for, at most 50. */
  readonly waitsFor: readonly WaitingPoint[];
}

/** The answer of the Update `started`; `origin` null: nobody asked for it by a command, or an older version started it. */
export interface StartedAnswer extends InstanceAnswer {
  readonly origin: StartOrigin | null;
}

/** The result of the workflow. */
export interface InstanceEnd {
  readonly status: InstanceStatus;
  readonly variables: Variables;
}

/** What keeps an instance from going on. */
export interface Trouble {
  readonly code: string;
  readonly message: string;
}

const PARKED = 'parked:';

/** The incident as which an instance is parked, whose journal has come so far. */
export const parkedIncidentId = (sequence: number): string => `${PARKED}${sequence}`;

/** Whether an incident is that of a parked instance: none that the core knows. */
export const isParkedIncident = (incidentId: string): boolean => incidentId.startsWith(PARKED);

/** The answer of the Update `dropEvent`. */
export interface DroppedEvent extends InstanceAnswer {
  readonly dropped: InstanceEvent['kind'];
}

/** The answer of the query `state`. */
export interface HostView {
  readonly state: InstanceState | null;
  readonly definition: DefinitionRef;
  readonly parked: boolean;
  /** Why it is parked: a code of the catalogue, or the text of a bug. */
  readonly trouble: Trouble | null;
  /** Kinds of the events that wait for a decision, in order. */
  readonly waiting: readonly InstanceEvent['kind'][];
  readonly unacknowledged: number;
  readonly openActivities: number;
  /** Runs before this one. */
  readonly runs: number;
}
