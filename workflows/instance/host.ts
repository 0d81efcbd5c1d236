/** What one run of an instance holds beside the core's state: its queue, and what it has under way. */
import { type CancellationScope, workflowInfo } from '@temporalio/workflow';
import {
  type Carried,
  type DefinitionRef,
  HOST_LIMITS,
  type InstanceAnswer,
  type InstanceEnd,
  type InstanceStart,
  type Trouble,
} from '../../contracts/instance.js';
import type {
  Answer,
  InstanceEvent,
  InstanceState,
  JournalEntry,
  StartJob,
} from '../../engine/model/index.js';
import { deliveredBefore } from './deliveries.js';
import { Window } from './window.js';

/** Who waits for the decision of an event. */
export type Listener = (answer: Answer | null) => void;

/** An event in the queue. */
export interface Queued {
  readonly event: InstanceEvent;
  readonly listeners: Listener[];
}

/** One run of an instance. */
export interface Host {
  readonly start: InstanceStart;
  /** Whether what one workflow task brings is taken as a whole before anything is decided (`HOST_VERSION` 2). */
  readonly isOrdered: boolean;
  /** What it runs: another version than it began with once it has migrated. */
  definition: DefinitionRef;
  /** Id of the customer's key: the second part of the workflow id. */
  readonly keyId: string;
  /** Null until the first decision. */
  state: InstanceState | null;
  /** Name under which the worker of the last decision keeps the state; null asks with the whole. */
  stateKey: string | null;
  lastAt: string;
  /** Events that wait for a decision, in history order. */
  queue: Queued[];
  /** Events that are being decided. */
  deciding: readonly Queued[];
  /** Whether a decision is being asked for. */
  isDeciding: boolean;
  localJobs: readonly StartJob[];
  hasMore: boolean;
  unacknowledged: readonly JournalEntry[];
  /** Entries of early decisions since the last that was asked for: the store is to confirm them (`adopted.ts`). */
  adopted: readonly JournalEntry[];
  /** Whether an early decision was taken over that left nothing in the history but itself (`early.ts`). */
  isUntraced: boolean;
  /** Whether it is time to offer the journal to the store again. */
  flushDue: boolean;
  /** Offers of the journal in a row that failed. */
  flushFailures: number;
  flushTimer: CancellationScope | null;
  /** Child id → workflow id. */
  readonly children: Map<string, string>;
  /** Delivery → code of its refusal, null when taken or not answered yet. */
  readonly delivered: Map<string, string | null>;
  readonly timers: Map<string, CancellationScope>;
  readonly window: Window;
  /** Target workflow → last of the things that are sent to it in order. */
  readonly lanes: Map<string, Promise<void>>;
  /** Decisions that failed in a row. */
  failures: number;
  parked: boolean;
  trouble: Trouble | null;
  /** Since when no decision can be taken; null when one was taken since. */
  troubledAt: string | null;
  parkTimer: CancellationScope | null;
  firstAnswer: InstanceAnswer | null;
  ended: InstanceEnd | null;
  /** Runs before this one. */
  readonly runs: number;
  /** Counts of this run, for the thresholds of a new one. */
  decisions: number;
  updates: number;
  signals: number;
}

const carriedBy = ({ begin }: InstanceStart): Carried | null =>
  begin.kind === 'carried' ? begin.carried : null;

/** The host of a new run; it does nothing yet. */
export function openHost(given: InstanceStart): Host {
  // A limit that an older host did not know of has its default.
  const start = { ...given, limits: { ...HOST_LIMITS, ...given.limits } };
  const carried = carriedBy(start);
  return {
    start,
    isOrdered: (given.hostVersion ?? 1) >= 2,
    definition: start.definition,
    keyId: workflowInfo().workflowId.split('.')[1] ?? '',
    state: carried?.state ?? null,
    stateKey: null,
    lastAt: carried?.lastAt ?? '',
    queue: (carried?.queue ?? []).map((event) => ({ event, listeners: [] })),
    deciding: [],
    isDeciding: false,
    localJobs: carried?.localJobs ?? [],
    hasMore: carried?.hasMore ?? false,
    unacknowledged: carried?.unacknowledged ?? [],
    adopted: [],
    isUntraced: false,
    flushDue: false,
    flushFailures: 0,
    flushTimer: null,
    children: new Map(Object.entries(carried?.children ?? {})),
    delivered: deliveredBefore(carried?.delivered ?? {}),
    timers: new Map(),
    window: new Window(start.limits.window, start.limits.windowBytes, start.limits.calls),
    lanes: new Map(),
    failures: carried?.failures ?? 0,
    parked: (carried?.failures ?? 0) > 0,
    trouble: null,
    troubledAt: null,
    parkTimer: null,
    firstAnswer: carried?.firstAnswer ?? null,
    ended: null,
    runs: carried?.runs ?? 0,
    decisions: 0,
    updates: 0,
    signals: 0,
  };
}
