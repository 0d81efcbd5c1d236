/** What the in-memory host is given and what it shows. */
import type { PublishAnswer } from '../correlation/index.js';
import type { Fault } from '../errors/index.js';
import type {
  Answer,
  ExecutableProcess,
  InstanceEvent,
  InstanceState,
  JournalEntry,
  StartJob,
  Variables,
} from '../model/index.js';

/** One attempt at a job. `attempt` counts from 1. */
export interface JobCall {
  readonly instanceId: string;
  readonly processId: string;
  readonly job: StartJob;
  readonly attempt: number;
  /** Virtual time of the attempt: ISO 8601 UTC. */
  readonly at: string;
}

/** What came of an attempt; `afterMs` is the virtual time that it took. */
export type JobAnswer = { readonly afterMs: number } & (
  | { readonly kind: 'complete'; readonly variables: Variables }
  | { readonly kind: 'fail'; readonly message: string }
  | {
      readonly kind: 'throw';
      readonly code: string;
      readonly message: string;
      readonly variables: Variables;
    }
);

/** Answers jobs. Null: the job stays open until an event for it is sent. */
export type JobProvider = (call: JobCall) => JobAnswer | null;

/** What a run is made of. */
export interface PlayOptions {
  /** Everything that is deployed; of two processes with one id the later is the newer version. */
  readonly processes: readonly ExecutableProcess[];
  /** Virtual time at the start: ISO 8601 UTC with milliseconds. */
  readonly now: string;
  /** Completes every job with nothing when absent. */
  readonly answer?: JobProvider;
  /** Sees every journal entry, in order. */
  readonly onEntries?: (instance: PlayInstance, entries: readonly JournalEntry[]) => void;
  /** Whether timer start events run from the beginning, as after a deployment; false when absent. */
  readonly armsStartTimers?: boolean;
  /** Events that may follow from one command at one instant; 200,000 when absent. */
  readonly maxEvents?: number;
}

/** One instance of a run. `state` is live: read it, never change it. */
export interface PlayInstance {
  readonly id: string;
  readonly process: ExecutableProcess;
  readonly state: InstanceState;
  /** Variables of the process scope when it ended; null while it runs. */
  finalVariables: Variables | null;
}

/** An event without its instant, which the host puts on. */
export type Command = InstanceEvent extends infer E
  ? E extends InstanceEvent
    ? Omit<E, 'at'>
    : never
  : never;

/** A message from outside. */
export interface Publication {
  readonly name: string;
  /** Empty: the name alone matches. */
  readonly key: string;
  /** Null: unlike any other. */
  readonly messageId: string | null;
  /** ISO 8601 duration; zero: no buffer. */
  readonly timeToLive: string;
  readonly variables: Variables;
}

/** The in-memory host. Every command runs until nothing is left to do at the present instant. */
export interface Play {
  /** Virtual time: ISO 8601 UTC with milliseconds. */
  readonly now: string;
  /** All instances of the run in the order of their creation, ended ones included. */
  readonly instances: ReadonlyMap<string, PlayInstance>;
  /** Starts an instance by a start event, or by the none start; refused: `instance` is null. */
  start(command: {
    readonly processId: string;
    readonly elementId?: string | null;
    readonly variables?: Variables;
    readonly actor?: string | null;
  }): { readonly instance: PlayInstance | null; readonly answer: Answer };
  /** Errors: a fault of the timers, when the time to live is none. */
  publish(publication: Publication): PublishAnswer | Fault;
  broadcast(name: string, variables: Variables): void;
  /** Sends an event to an instance; null when nobody waits for an answer. */
  send(instanceId: string, command: Command): Answer | null;
  /** When something happens next by itself, or null. */
  readonly nextAt: string | null;
  /** Lets virtual time pass; everything on the way happens at its own instant, in due order. */
  advanceTo(at: string): void;
  /** Forgets an ended instance, for runs that make very many. */
  forget(instanceId: string): void;
}
