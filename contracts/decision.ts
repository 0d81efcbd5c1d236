/** What passes between the workflow `processInstance` and the local activity `decide`. */
import type {
  Answer,
  Effect,
  InstanceEvent,
  InstanceSeed,
  InstanceState,
  JournalEntry,
  StartJob,
  StateDelta,
} from '../engine/model/index.js';
import type { ResolvedCall } from './correlation.js';
import type { DefinitionRef, Trouble } from './instance.js';

/** Where `decide` finds the state: new, kept by the worker under the key of the last decision, or given whole. */
export type StateSource =
  | { readonly kind: 'seed'; readonly seed: InstanceSeed }
  | { readonly kind: 'kept'; readonly key: string }
  | { readonly kind: 'whole'; readonly state: InstanceState };

/** What the store knows an instance by. */
export interface InstanceIdentity {
  readonly customerKeyId: string;
  readonly businessKey: string | null;
  readonly rootInstanceId: string;
  readonly callerInstanceId: string | null;
}

/** The argument of `decide`. It is not recorded in the history. */
export interface DecideInput {
  readonly instanceId: string;
  readonly definition: DefinitionRef;
  readonly identity: InstanceIdentity;
  readonly source: StateSource;
  /** Instant of the decision: of moves left over and of nothing else. */
  readonly at: string;
  /** When the workflow task that asks began, in milliseconds since the epoch, on Temporal's clock. */
  readonly taskStartedAt: number;
  readonly events: readonly InstanceEvent[];
  /** Local jobs that the decision before had no room for. */
  readonly localJobs: readonly StartJob[];
  /** True when moves are left over. */
  readonly hasMore: boolean;
  /** Entries of earlier decisions that the store did not acknowledge, oldest first. */
  readonly unacknowledged: readonly JournalEntry[];
}

/** The argument of `noteParked`. */
export interface ParkedNote extends Trouble {
  readonly owner: InstanceIdentity & {
    readonly instanceId: string;
    readonly definition: DefinitionRef;
  };
  readonly incidentId: string;
  /** Since when: ISO 8601 UTC. */
  readonly at: string;
  readonly taskStartedAt: number;
}

/** The worker does not keep the state that was named: ask again with the whole. */
export interface StateMissing {
  readonly kind: 'stateMissing';
}

/** An effect with what the sandbox cannot compute. */
export type HostEffect =
  | Exclude<Effect, { kind: 'startJob' | 'startChild' }>
  /** `effectKey`: the same at each attempt and in each run, for exactly-once effects. `bytes`: about its size. */
  | (StartJob & { readonly effectKey: string; readonly bytes: number })
  /** `target` null: the store could not be asked; `instanceId` is known all the same. */
  | (Extract<Effect, { kind: 'startChild' }> & {
      readonly instanceId: string;
      readonly target: ResolvedCall | null;
      readonly bytes: number;
    });

/** The recorded outcome: all that a replay needs. An early one that came too late is recorded as well, and void. */
export interface Decision {
  readonly kind: 'decided';
  /** Random name under which the worker keeps the state after this decision. */
  readonly key: string;
  /** How many of the events were taken; the others are asked again. */
  readonly taken: number;
  /** The answers of the taken events, in order. */
  readonly answers: readonly (Answer | null)[];
  /** The state before the first decision; null in all others. */
  readonly initial: InstanceState | null;
  /** The version that the instance runs from now on; absent: the same as before. */
  readonly definition?: DefinitionRef;
  readonly delta: StateDelta;
  readonly entries: readonly JournalEntry[];
  readonly effects: readonly HostEffect[];
  readonly localJobs: readonly StartJob[];
  readonly hasMore: boolean;
  /** Sequence number up to which the store has the journal. */
  readonly acknowledged: number;
  /** Latest instant used inside, ISO 8601 UTC. */
  readonly lastAt: string;
}

/** What `decide` answers with. */
export type DecideResult = Decision | StateMissing;
