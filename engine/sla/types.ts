/** What SLA clocks are computed from, and what they say. Plain JSON. Source: docs/sla-clocks.md. */

/** What is promised on a ticket. */
export type Metric =
  | 'first_reply'
  | 'next_reply'
  | 'periodic_update'
  | 'pausable_update'
  | 'requester_wait'
  | 'agent_work'
  | 'resolution'
  | 'first_resolution';

/** `pending` waits for the customer, `on_hold` for a third party. */
export type TicketStatus = 'new' | 'open' | 'pending' | 'on_hold' | 'solved';

/** What a policy can ask about a ticket. */
export type FieldValue = string | number | boolean | null;

/**
 * Something that happened to a ticket. Events with one `seq` are one update; of updates at one instant the smaller
 * number comes first. `at` is ISO 8601.
 */
export type TicketEvent = { readonly seq: number; readonly at: string } & (
  | {
      readonly type: 'created';
      readonly priority: string;
      readonly status: TicketStatus;
      readonly by: 'customer' | 'us';
      readonly fields?: Readonly<Record<string, FieldValue>>;
    }
  | { readonly type: 'agent_reply'; readonly public: boolean; readonly auto?: boolean }
  | { readonly type: 'customer_reply' }
  | { readonly type: 'status'; readonly to: TicketStatus }
  | { readonly type: 'priority'; readonly to: string }
  | { readonly type: 'field'; readonly name: string; readonly to: FieldValue }
);

/** Within how many minutes; `business` counts those of the policy's calendar, `calendar` all. */
export interface Target {
  readonly minutes: number;
  readonly hours: 'business' | 'calendar';
}

/** What one metric promises. */
export interface MetricPolicy {
  /** By priority; one that is left out is promised nothing. */
  readonly targets: Readonly<Record<string, Target>>;
  /** Percentages of the target at which somebody is warned. */
  readonly warnPercent: readonly number[];
}

/** One policy of an ordered list, of which the first that fits counts. */
export interface Policy {
  readonly title: string;
  readonly version: number;
  /** Name of the calendar of business hours. */
  readonly calendar: string;
  /** By field: a value that it must equal, or a FEEL unary test after `=`. `priority` is a field too. */
  readonly when: Readonly<Record<string, FieldValue>>;
  readonly metrics: Readonly<Partial<Record<Metric, MetricPolicy>>>;
}

/**
 * The policies as they were from an instant on. An edited list reaches an open ticket with its next event, so the older
 * lists are kept beside it. The first counts for all time before it too.
 */
export interface PolicyList {
  readonly validFrom: string;
  readonly policies: readonly Policy[];
}

/** How a clock stands. `unreachable`: its calendar never opens long enough. */
export type ClockState = 'running' | 'paused' | 'met' | 'breached' | 'withdrawn' | 'unreachable';

/** A warning of the target that counts now, or one that was raised under an earlier one. */
export interface Warning {
  readonly percent: number;
  /** Null: not known while the clock is paused. */
  readonly at: string | null;
  readonly isRaised: boolean;
}

/** A target that counted, from when. */
export interface AppliedPolicy {
  readonly at: string;
  readonly title: string;
  /** When the clock was due under it, as it stood then; null while paused or when nothing is open. */
  readonly dueAt: string | null;
}

/** A part of a clock's time: whether it counts, and why. */
export interface LedgerLine {
  readonly from: string;
  readonly to: string;
  readonly isCounted: boolean;
  readonly reason: 'weekly' | 'override' | 'holiday' | 'closed' | 'always' | 'pause';
}

/** One clock of a ticket. Minutes are exact to the millisecond. */
export interface SlaRow {
  readonly metric: Metric;
  /** 1 for the first clock of the metric on this ticket. */
  readonly number: number;
  readonly policy: string;
  readonly policyVersion: number;
  /** Version of the calendar at the start of the target; null for calendar hours. */
  readonly calendarVersion: number | null;
  /** Minutes. */
  readonly target: number;
  readonly basis: Target['hours'];
  readonly startedAt: string;
  readonly dueAt: string | null;
  readonly fulfilledAt: string | null;
  /** The first breach; it stays, whatever target comes later. */
  readonly breachedAt: string | null;
  /** Whether the last target was kept; null while that is open. */
  readonly metFinalTarget: boolean | null;
  readonly elapsedMinutes: number;
  readonly pausedMinutes: number;
  readonly warnings: readonly Warning[];
  readonly state: ClockState;
  readonly appliedPolicies: readonly AppliedPolicy[];
}
