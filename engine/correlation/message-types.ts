/**
 * What the correlator of one (message name, correlation key) keeps, is told and asks for. It never holds
 * the key itself, which may be personal. Instants are ISO 8601 UTC with milliseconds.
 */
import type { Variables } from '../model/index.js';
import type { Deadline } from './deadlines.js';

/** A subscription as an instance opens it. */
export interface MessageSubscription {
  readonly instanceId: string;
  /** Unique within its instance. */
  readonly subscriptionId: string;
  readonly processId: string;
  /** Depth of its scope: 0 for the process; the deepest wins. */
  readonly depth: number;
  /** True: takes one message and is gone; false: takes every one. */
  readonly isInterrupting: boolean;
  /** A subscription of the same instance that it takes the place of. */
  readonly replaces?: string;
}

/** A message start event of the newest version of a process. */
export interface MessageStart {
  readonly processId: string;
  readonly elementId: string;
  /** What a durable host needs when messages of several names start the process; passed on as it is. */
  readonly hold?: SharedHold;
}

/** Messages of several names start a process: among them all a key has one instance (S62). */
export interface SharedHold {
  /** Names process and key, and tells neither. */
  readonly id: string;
  /** Workflow ids of the correlators of all those names for this key: each is told when the instance ends. */
  readonly correlators: readonly string[];
}

/** A message as it is handed over. */
export interface Message {
  readonly messageId: string;
  readonly variables: Variables;
  readonly publishedAt: string;
}

/** Who took a message. */
export interface Receiver {
  readonly processId: string;
  readonly instanceId: string;
}

/** What became of a message, told once: when nothing is on its way any more, or when a host lets its publisher go. */
export interface PublishAnswer {
  /**
   * `buffered`: kept, also when some process took it and another one has to wait (S58, S62). `underway`: handed to a
   * receiver that has not answered yet.
   */
  readonly outcome: 'received' | 'buffered' | 'expired' | 'duplicate' | 'underway';
  readonly correlated: readonly Receiver[];
  readonly started: readonly Receiver[];
  /** Processes that refused to start by it: what it brings does not fit. */
  readonly refusedBy: readonly string[];
  readonly bufferedUntil: string | null;
}

interface Base {
  readonly at: string;
}

/** What the correlator is told. */
export type MessageCorrelatorEvent =
  /** All message starts of this name, replacing those told before (S16). */
  | (Base & { readonly kind: 'startsChanged'; readonly starts: readonly MessageStart[] })
  | (Base & { readonly kind: 'opened'; readonly subscription: MessageSubscription })
  | (Base & {
      readonly kind: 'closed';
      readonly instanceId: string;
      readonly subscriptionId: string;
    })
  | (Base & {
      readonly kind: 'published';
      /** Names the `answer` that will follow; null when nobody waits for one. */
      readonly requestId: string | null;
      readonly messageId: string;
      readonly variables: Variables;
      /** End of its time to live; null: no buffer. */
      readonly expiresAt: string | null;
      /** Until then another message of this id is a duplicate. */
      readonly uniqueUntil: string;
    })
  /**
   * The instance took what `deliver` handed it; or its subscription was gone by then; or it is suspended, turned the
   * message away, and opens a subscription in the place of this one when it goes on (S58).
   */
  | (Base & {
      readonly kind: 'taken' | 'refused' | 'postponed';
      readonly messageId: string;
      readonly instanceId: string;
      readonly subscriptionId: string;
    })
  | (Base & {
      readonly kind: 'started';
      readonly messageId: string;
      readonly processId: string;
      readonly instanceId: string;
    })
  /** `busyWith`: an instance that holds the key already (S62); null: it cannot start at all. */
  | (Base & {
      readonly kind: 'startRefused';
      readonly messageId: string;
      readonly processId: string;
      readonly busyWith: string | null;
      /** Recorded runs of a host only, in which a message that starts nothing held back the younger ones. */
      readonly isInTheWay?: boolean;
    })
  /** An instance that a message of this key started has ended. */
  | (Base & {
      readonly kind: 'instanceEnded';
      readonly processId: string;
      readonly instanceId: string;
    })
  | (Base & { readonly kind: 'woken' });

/** What the correlator asks of its host, in order. */
export type MessageAction =
  | {
      readonly kind: 'deliver';
      readonly instanceId: string;
      readonly subscriptionId: string;
      readonly message: Message;
    }
  | ({ readonly kind: 'start'; readonly message: Message } & MessageStart)
  | { readonly kind: 'answer'; readonly requestId: string; readonly answer: PublishAnswer }
  | { readonly kind: 'expire'; readonly messageId: string }
  /** When to send `woken`; replaces the instant asked for before. Null: never. */
  | { readonly kind: 'wakeAt'; readonly at: string | null };

/** A subscription that is kept; `order` tells the older one. */
export interface KeptSubscription extends MessageSubscription {
  readonly order: number;
}

/** A delivery or start whose outcome is not known; `ref` is null for a start. */
export interface Pending {
  readonly processId: string;
  readonly ref: string | null;
  /** What a start starts. Absent in older states, which had none on their way when they were kept. */
  readonly start?: MessageStart;
  /** Its instance gave the subscription up since. */
  readonly isGivenUp?: true;
}

/** A message that is on its way or buffered. */
export interface KeptMessage extends Message {
  readonly order: number;
  requestId: string | null;
  readonly expiresAt: string | null;
  pending: readonly Pending[];
  correlated: readonly Receiver[];
  started: readonly Receiver[];
  /** Processes that take it later: their start waits for an instance to end (S62), or who waits is suspended (S58). */
  waitsFor: readonly string[];
  /** Processes of which a suspended instance turned it away. */
  postponed?: readonly string[];
  /** Processes that refused to start for good. */
  failed: readonly string[];
  isInTheWay?: true;
}

/** Subscriptions of one process, oldest first. `live` counts them; those that are gone are passed over. */
export interface SubscriptionQueue {
  readonly processId: string;
  refs: string[];
  /** Where the oldest one may stand: all before it are gone. */
  head: number;
  live: number;
}

/** Subscriptions of suspended instances of one process, by their reference, in the order in which that was learned. */
export interface SleepingSubscriptions {
  readonly processId: string;
  readonly refs: Record<string, { readonly instanceId: string; readonly subscriptionId: string }>;
}

/** The state of the correlator: plain JSON. Keys that come from data carry a prefix. */
export interface MessageCorrelator {
  readonly format: 1;
  readonly isKeyed: boolean;
  order: number;
  starts: readonly MessageStart[];
  readonly subscriptions: Record<string, KeptSubscription>;
  readonly queues: Record<string, SubscriptionQueue>;
  /** Process → what waits in instances that are suspended. Absent in older states. */
  sleeping?: Record<string, SleepingSubscriptions>;
  /** Reference of a subscription → messages on their way to it. Absent in older states. */
  underWay?: Record<string, readonly string[]>;
  /** Instance → its subscriptions. */
  readonly instances: Record<string, readonly string[]>;
  /** Process → its live instance that a message of this key started; null while it starts. */
  readonly holders: Record<string, string | null>;
  /** Process whose instance starts → instances that have ended since: such news may come before it is known who started. */
  readonly ended: Record<string, readonly string[]>;
  readonly messages: Record<string, KeptMessage>;
  /** Buffered messages, first come first. */
  readonly buffer: string[];
  /** Ids that make a duplicate. */
  readonly known: Record<string, true>;
  readonly deadlines: Deadline[];
  wakeAt: string | null;
}
