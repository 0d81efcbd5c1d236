/**
 * The journal: every transition of an instance, in order, numbered without gaps from 1. It is what people
 * read and what projections are made of.
 */
import type { Json } from './json.js';

/** What an entry tells. The data that each carries is listed in `docs/journal.md`. */
export type JournalKind =
  | 'instanceStarted'
  | 'instanceSuspended'
  | 'instanceResumed'
  | 'instanceModified'
  | 'instanceMigrated'
  | 'instanceCancelling'
  | 'instanceCompleted'
  | 'instanceCancelled'
  | 'instanceFailed'
  | 'elementEntered'
  | 'elementCompleted'
  | 'elementCancelled'
  | 'elementMigrated'
  | 'flowTaken'
  | 'tokenWaiting'
  | 'tokenRemoved'
  | 'variablesWritten'
  | 'jobStarted'
  | 'jobCompleted'
  | 'jobFailed'
  | 'jobThrew'
  | 'jobCancelled'
  | 'taskOpened'
  | 'taskAssigned'
  | 'taskDelegated'
  | 'taskReturned'
  | 'taskUpdated'
  | 'taskCommented'
  | 'taskCompleted'
  | 'taskCancelled'
  | 'timerArmed'
  | 'timerFired'
  | 'timerCancelled'
  | 'timerEnded'
  | 'subscriptionOpened'
  | 'subscriptionClosed'
  | 'messageReceived'
  | 'messagePostponed'
  | 'messagePublished'
  | 'signalReceived'
  | 'signalBroadcast'
  | 'errorThrown'
  | 'escalationThrown'
  | 'throwAnswered'
  | 'childStarted'
  | 'childEnded'
  | 'decisionEvaluated'
  | 'incidentOpened'
  | 'incidentResolved'
  | 'incidentClosed'
  | 'requestRefused'
  | 'eventNotAwaited';

/** One transition. `cause` is the `sequence` of the entry that led to it; null for what came from outside. */
export interface JournalEntry {
  readonly sequence: number;
  readonly at: string;
  readonly kind: JournalKind;
  readonly elementId: string | null;
  readonly elementInstanceId: string | null;
  /** Element instance id of the enclosing scope. */
  readonly scopeId: string | null;
  readonly cause: number | null;
  readonly actor: string | null;
  /** Rule of `docs/semantics.md` behind a choice, e.g. `S37`. */
  readonly rule: string | null;
  readonly data: Readonly<Record<string, Json>> | null;
}
