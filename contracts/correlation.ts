/** What instances, correlators and publishers say to each other about messages and signals. */
import type {
  MessageCorrelator,
  MessageStart,
  SharedHold,
  SignalCorrelator,
  SignalStart,
} from '../engine/correlation/index.js';
import type { TimerSeries, Variables } from '../engine/model/index.js';
import type { DefinitionRef } from './instance.js';

export type { MessageStart, SignalStart };

/** A start event as the definitions tell of it. `names`: of all messages that start its process. */
export interface StartOfProcess {
  readonly processId: string;
  readonly elementId: string;
  readonly names: readonly string[];
}

/** A subscription of an instance that is to be opened. */
export interface OpenSubscriptionInput {
  /** Workflow id of the instance: who is told. */
  readonly workflowId: string;
  readonly processId: string;
  readonly subscriptionId: string;
  readonly of: 'message' | 'signal';
  readonly name: string;
  readonly key: string;
  readonly depth: number;
  readonly isInterrupting: boolean;
  /** A subscription of the same instance that it takes the place of. */
  readonly replaces?: string;
}

/** A subscription that is to be closed; one that is gone is no matter. */
export type CloseSubscriptionInput = Omit<
  OpenSubscriptionInput,
  'depth' | 'isInterrupting' | 'processId' | 'replaces'
>;

/** A message for its correlator. */
export interface PublishInput {
  readonly name: string;
  /** Empty: the name alone matches. */
  readonly key: string;
  readonly messageId: string;
  /** ISO 8601 duration of weeks, days, hours, minutes and seconds. */
  readonly timeToLive: string;
  readonly variables: Variables;
  /** Key under which they travel; absent: that of the customer whom they name, if any. */
  readonly customerKeyId?: string;
}

/** A signal for its correlator. `broadcastId` makes a repetition harmless. */
export interface BroadcastInput {
  readonly name: string;
  readonly broadcastId: string;
  readonly variables: Variables;
  /** The workflow that threw it, where it saw to its own subscriptions itself. */
  readonly exceptInstance?: string | null;
}

/** An instance that took something. */
export interface Taker {
  readonly processId: string;
  readonly instanceId: string;
}

/** What became of a message. */
export interface PublishReply {
  /** `underway`: handed to a receiver that has not answered yet; it is asked until it does. */
  readonly outcome: 'received' | 'buffered' | 'expired' | 'duplicate' | 'underway';
  readonly correlated: readonly Taker[];
  readonly started: readonly Taker[];
  /** Processes that refused to start by it. */
  readonly refusedBy: readonly string[];
  readonly bufferedUntil: string | null;
}

/** What became of a signal: how many instances took it and were started. */
export interface BroadcastReply {
  readonly delivered: number;
  readonly started: number;
}

/** The argument of `messageCorrelator`. The correlation key itself is nowhere in it. */
export interface MessageCorrelatorStart {
  readonly name: string;
  readonly isKeyed: boolean;
  /** Events of a run after which it continues as new. */
  readonly events: number;
  /** `virtual`: requests bring the time with them. Absent: Temporal's clock. */
  readonly clock?: 'virtual';
  readonly carried: { readonly state: MessageCorrelator; readonly lastAt: string } | null;
}

/** The argument of its Update `publish`. `starts` null: the store could not be asked, what is known stands. */
export interface PublishRequest extends Omit<PublishInput, 'name' | 'key' | 'customerKeyId'> {
  readonly starts: readonly MessageStart[] | null;
  /** Instant of a virtual clock. */
  readonly at?: string;
}

/** The argument of the Updates `open` and `close` of both correlators. */
export interface SubscriptionRequest {
  readonly workflowId: string;
  readonly subscriptionId: string;
  readonly processId: string;
  readonly depth: number;
  readonly isInterrupting: boolean;
  readonly replaces?: string;
  /** Instant of a virtual clock. */
  readonly at?: string;
}

/** The argument of `signalCorrelator`. */
export interface SignalCorrelatorStart {
  readonly name: string;
  readonly events: number;
  readonly carried: {
    readonly state: SignalCorrelator;
    readonly lastAt: string;
    /** Broadcasts answered last, by id. */
    readonly replies: Readonly<Record<string, BroadcastReply>>;
  } | null;
}

/** The argument of its Update `broadcast`. */
export interface BroadcastRequest extends Omit<BroadcastInput, 'name'> {
  readonly starts: readonly SignalStart[] | null;
}

/** The argument of the signal `instanceEnded`. */
export interface InstanceEndedNews {
  readonly workflowId: string;
  readonly processId: string;
}

/** A message or signal on its way to an instance. */
export interface DeliverInput {
  readonly workflowId: string;
  readonly delivery:
    | {
        readonly kind: 'messageReceived';
        readonly subscriptionId: string;
        readonly messageId: string;
        readonly variables: Variables;
      }
    | {
        readonly kind: 'signalReceived';
        readonly subscriptionIds: readonly string[];
        /** Unique for the broadcast. */
        readonly broadcastId: string;
        readonly variables: Variables;
      };
}

/**
 * `refused`: the instance or its subscription is gone. `postponed`: it is suspended or parked, and will open another
 * subscription in the place of this one.
 */
export type Delivered = 'taken' | 'refused' | 'postponed';

/** An instance that a message or signal starts. */
export interface StartByInput {
  readonly processId: string;
  readonly elementId: string;
  /** Unique within the process: the same start is made once. */
  readonly startKey: string;
  readonly variables: Variables;
  /** Key under which its variables came; absent: the deployment's. */
  readonly inherited?: string;
  /** Workflow id of the correlator that is told of its end; null when nobody is. */
  readonly startedBy: string | null;
  /** Set when messages of other names start the process as well. */
  readonly hold: SharedHold | null;
}

/** What came of such a start. `isBusy`: that instance has the key, nothing was started (S62). */
export interface StartOutcome {
  readonly workflowId: string;
  readonly isBusy: boolean;
}

/** A call whose target the store is asked for. */
export interface ResolveCallInput {
  readonly caller: DefinitionRef;
  readonly processId: string;
  readonly binding: 'latest' | 'deployment' | 'versionTag';
  readonly versionTag: string | null;
  /** Who is called, under whose key its caller runs, and which customer it is told; absent in histories of before. */
  readonly called?: {
    readonly instanceId: string;
    readonly callerKeyId: string;
    readonly customerId: string | null;
  };
}

/** The customer whom variables name, if they do. Class: pure. */
export function customerIn({ customerId }: Variables): string | null {
  return typeof customerId === 'string' ? customerId : null;
}

/** Where a call goes. `keyId`: key under which the called instance runs; absent: its caller's. */
export interface ResolvedCall extends DefinitionRef {
  readonly keyId?: string;
}

/** Why a call goes nowhere, though there is such a process. */
export interface RefusedCall {
  readonly code: string;
  readonly message: string;
}

/** What came of looking a call up; null: there is no such process. */
export type CallOutcome = ResolvedCall | RefusedCall | null;

/** The argument of `timerStart`: one timer start event of one version of a process. */
export interface TimerStart {
  readonly definition: DefinitionRef;
  readonly elementId: string;
  /** Instant of the deployment: cycles without a start of their own count from it (S16). */
  readonly deployedAt: string;
  /** The instant that it waits for, and those after it. */
  readonly series: TimerSeries;
}

/** The argument of the activity `startByTimer`; `at` is now, ISO 8601 UTC. */
export interface FireTimerStartInput extends TimerStart {
  readonly at: string;
}

/** An instance that a due instant starts. */
export interface StartByTimerInput {
  readonly definition: DefinitionRef;
  readonly elementId: string;
  readonly dueAt: string;
}
