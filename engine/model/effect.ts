/**
 * Effects: what a host must do after a step, in order. Each has an id that is unique within the instance and
 * equal on every replay; a `cancel…`/`close…` names the id of an earlier start. The state's tables always
 * hold what is still wanted, so a host can start over from the state alone.
 */
import type { Thrown } from './event.js';
import type { Variables } from './json.js';
import type { InstanceStatus } from './state.js';

/** Do a job, by its type. Retries, back-off and time-outs are the host's, as the model says. */
export interface StartJob {
  readonly kind: 'startJob';
  readonly id: string;
  readonly elementId: string;
  readonly elementInstanceId: string;
  readonly type: string;
  /** All attempts, the first included; at least 1. */
  readonly retries: number;
  /** Task headers and `jornada:…` properties: taskQueue, timeout, backoff, heartbeat, local … */
  readonly headers: Readonly<Record<string, string>>;
  readonly variables: Variables;
}

/** Everything a host may be asked to do. */
export type Effect =
  | StartJob
  | { readonly kind: 'cancelJob'; readonly id: string }
  | { readonly kind: 'startTimer'; readonly id: string; readonly dueAt: string }
  | { readonly kind: 'cancelTimer'; readonly id: string }
  | {
      readonly kind: 'openSubscription';
      readonly id: string;
      readonly of: 'message' | 'signal';
      readonly name: string;
      readonly key: string;
      readonly elementId: string;
      readonly depth: number;
      /** False: stays open after it triggered. */
      readonly isInterrupting: boolean;
      /** Id of a subscription that it takes the place of: that one is closed with it. */
      readonly replaces?: string;
    }
  | {
      readonly kind: 'closeSubscription';
      readonly id: string;
      readonly of: 'message' | 'signal';
      readonly name: string;
      readonly key: string;
    }
  | {
      readonly kind: 'publishMessage';
      readonly id: string;
      readonly elementInstanceId: string;
      readonly name: string;
      readonly key: string;
      /** Null: the host derives one from instance and effect id. */
      readonly messageId: string | null;
      /** ISO 8601 duration. */
      readonly timeToLive: string;
      readonly variables: Variables;
    }
  | {
      readonly kind: 'broadcastSignal';
      readonly id: string;
      readonly elementInstanceId: string;
      readonly name: string;
      readonly variables: Variables;
      /** What waits in this instance was reached: hosts leave it out. Decisions of older versions lack it. */
      readonly isOwnReached?: true;
    }
  | {
      readonly kind: 'startChild';
      /** The child id: a `childEnded` names it. */
      readonly id: string;
      readonly elementInstanceId: string;
      readonly processId: string;
      readonly binding: 'latest' | 'deployment' | 'versionTag';
      readonly versionTag: string | null;
      readonly variables: Variables;
      /** Names that the call maps, where it passes on all others as well; absent where it does not. */
      readonly mapped?: readonly string[];
    }
  | { readonly kind: 'cancelChild'; readonly id: string }
  /** To a called instance: the answer to what it threw. */
  | {
      readonly kind: 'answerChild';
      readonly id: string;
      readonly throwId: string;
      readonly outcome: 'uncaught' | 'caught' | 'interrupted';
    }
  /** To the caller: an error or escalation that nothing here catches. */
  | { readonly kind: 'askCaller'; readonly id: string; readonly thrown: Thrown }
  /** The instance has ended; a caller is told outcome and variables of the process scope. */
  | {
      readonly kind: 'endInstance';
      readonly status: Extract<InstanceStatus, 'completed' | 'cancelled' | 'failed'>;
      readonly variables: Variables;
      /** Names of those that a caller is told: it may run under another key. Absent: all of them. */
      readonly output?: readonly string[];
    };

/** The kinds of effects. */
export type EffectKind = Effect['kind'];
