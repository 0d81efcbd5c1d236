/**
 * Events: the only way anything reaches an instance. `at` (ISO 8601 UTC, milliseconds) is stamped by the
 * host and is the only clock. An event for something that no longer exists changes nothing but the journal.
 */
import type { Json, Variables } from './json.js';
import type { Migration } from './migration.js';
import type { Modification } from './modification.js';
import type { Caller, TaskChanges } from './state.js';

/** Who asked, and under which id the answer is kept. Events from the outside world carry it. */
export interface Request {
  readonly requestId: string | null;
  readonly actor: string | null;
}

interface Base {
  readonly at: string;
}

/** Starts the instance. `elementId` names a start event; null: the none start or implicit starts. */
export interface StartEvent extends Base, Request {
  readonly kind: 'start';
  readonly elementId: string | null;
  readonly variables: Variables;
  /**
   * Of a call that passes on all it sees: the names that it maps. Of the others, what the process does not declare
   * stays behind (S78). Absent: all of them are meant.
   */
  readonly mapped?: readonly string[];
}

/** A job's worker answered. A technical failure arrives only after its retries are used up (S40). */
export type JobEvent =
  | (Base & {
      readonly kind: 'jobCompleted';
      readonly jobId: string;
      readonly variables: Variables;
    })
  | (Base & {
      readonly kind: 'jobFailed';
      readonly jobId: string;
      readonly code: string | null;
      readonly message: string;
    })
  | (Base & {
      readonly kind: 'jobThrew';
      readonly jobId: string;
      readonly errorCode: string;
      readonly message: string;
      readonly variables: Variables;
    });

/** A request about one user task. */
interface OnTask extends Base, Request {
  readonly taskId: string;
  /** The version of the task that the person saw; another one refuses. Absent: whichever it is. */
  readonly ifVersion?: number;
  /** For whom the person acts, as their substitute; absent: for nobody else. */
  readonly standsFor?: string;
}

/** Work on user tasks. `action` is the button that was pressed. */
export type TaskEvent =
  | (OnTask & {
      readonly kind: 'taskCompleted';
      readonly action: string | null;
      readonly variables: Variables;
    })
  | (OnTask & {
      readonly kind: 'taskAssigned';
      /** Null: back to the candidates. */
      readonly assignee: string | null;
      /** False: refuse when somebody else has it. */
      readonly mayReassign: boolean;
    })
  /** Whoever has it lets another person help, and gets it back. */
  | (OnTask & { readonly kind: 'taskDelegated'; readonly to: string })
  | (OnTask & { readonly kind: 'taskReturned' })
  | (OnTask & { readonly kind: 'taskUpdated'; readonly changes: TaskChanges })
  /** Somebody remarked something; what was said is kept elsewhere. */
  | (OnTask & { readonly kind: 'taskCommented' });

/** Something that was waited for happened. */
export type TriggerEvent =
  | (Base & { readonly kind: 'timerFired'; readonly timerId: string })
  | (Base & {
      readonly kind: 'messageReceived';
      readonly subscriptionId: string;
      readonly messageId: string;
      readonly variables: Variables;
    })
  | (Base & {
      readonly kind: 'signalReceived';
      /** All subscriptions of this instance that the broadcast matched. */
      readonly subscriptionIds: readonly string[];
      readonly variables: Variables;
    });

/** News from an instance that this one called. */
export type ChildEvent =
  | (Base & {
      readonly kind: 'childEnded';
      readonly childId: string;
      readonly outcome: 'completed' | 'cancelled' | 'failed';
      readonly variables: Variables;
    })
  | (Base & {
      readonly kind: 'childThrew';
      readonly childId: string;
      readonly throwId: string;
      readonly thrown: Thrown;
    })
  | (Base & {
      readonly kind: 'childNotStarted';
      readonly childId: string;
      readonly code: string;
      readonly message: string;
    });

/** An error or escalation on its way outwards. */
export interface Thrown {
  readonly kind: 'error' | 'escalation';
  readonly code: string;
  readonly message: string;
  readonly variables: Variables;
}

/** The caller's word on something this instance threw. */
export interface ThrowAnswered extends Base {
  readonly kind: 'throwAnswered';
  readonly throwId: string;
  /** `interrupted`: caught, and this instance must end. */
  readonly outcome: 'uncaught' | 'caught' | 'interrupted';
}

/** What operators do to an instance. */
export type OperatorEvent =
  | (Base & Request & { readonly kind: 'cancel' })
  | (Base & Request & { readonly kind: 'suspend' })
  | (Base &
      Request & {
        readonly kind: 'resume';
        /** `keep`: due times stand; `shift`: they move by the time suspended (S58). */
        readonly timers: 'keep' | 'shift';
      })
  | (Base &
      Request & {
        readonly kind: 'setVariables';
        /** Element instance id of the scope; null: the process. */
        readonly scopeId: string | null;
        readonly variables: Variables;
        /** What the scope held of these names when whoever asks looked; absent: whatever it holds is overwritten. */
        readonly seen?: Variables;
      })
  | (Base &
      Request & {
        readonly kind: 'resolveIncident';
        readonly incidentId: string;
        readonly variables: Variables;
        /** `retry` runs the failed move again; `complete` takes the job as done with these variables. */
        readonly how: 'retry' | 'complete';
      })
  /** Cancels, activates and moves tokens, all or nothing (S97). */
  | (Base & Request & Modification & { readonly kind: 'modify' })
  /** Goes on with another version of the process, all or nothing (S99). */
  | (Base & Request & Migration & { readonly kind: 'migrate' });

/** A host could not carry out an effect, for good: the token behind it gets an incident. */
export interface EffectFailed extends Base {
  readonly kind: 'effectFailed';
  readonly effectId: string;
  readonly elementInstanceId: string | null;
  readonly code: string;
  readonly message: string;
}

/**
 * Messages for these subscriptions were turned away, and stay with their correlators: what is still waited for is to be
 * opened anew (S58).
 */
export interface SubscriptionsLapsed extends Base {
  readonly kind: 'subscriptionsLapsed';
  readonly subscriptionIds: readonly string[];
}

/** Goes on with moves that a bounded step left over. */
export interface Continue extends Base {
  readonly kind: 'continue';
}

/** Everything that can happen to an instance. */
export type InstanceEvent =
  | StartEvent
  | JobEvent
  | TaskEvent
  | TriggerEvent
  | ChildEvent
  | ThrowAnswered
  | OperatorEvent
  | EffectFailed
  | SubscriptionsLapsed
  | Continue;

/** What a new instance is made of, before its first event. */
export interface InstanceSeed {
  readonly instanceId: string;
  readonly processId: string;
  readonly caller: Caller | null;
}

/** The payload of an event as one value, for mappings. */
export type Payload = Readonly<Record<string, Json>>;
