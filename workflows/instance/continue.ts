/** Going on in a new run: when, with what, and taking it up again. Class: workflow. Source: Temporal, "Continue-As-New". */
import { allHandlersFinished, workflowInfo } from '@temporalio/workflow';
import {
  type Carried,
  HOST_VERSION,
  type InstanceStart,
  MOST_PAYLOAD_BYTES,
} from '../../contracts/instance.js';
import { own, sizeOf } from '../../engine/model/index.js';
import { carryOut } from '../effects/carry.js';
import { armTimer } from '../effects/timer.js';
import type { Host } from './host.js';
import { keepOffering } from './journal.js';
import { retryLater } from './park.js';
import { enqueue } from './queue.js';

/** Whether the instance should begin a new run, and nothing is under way that would be lost. */
export function mayContinue(host: Host): boolean {
  return (
    isDue(host) &&
    host.adopted.length === 0 &&
    sizeOf(argumentOfNextRun(host)) <= MOST_PAYLOAD_BYTES
  );
}

/** Bytes of an instance that should begin a new run and cannot, for no run can be given as much; else null. */
export function excessOf(host: Host): number | null {
  if (host.parked || !isDue(host)) return null;
  const size = sizeOf(argumentOfNextRun(host));
  return size > MOST_PAYLOAD_BYTES ? size : null;
}

/** Whether a new run is wanted and could begin now, but for its size and what the store is to confirm. */
export const isDue = (host: Host): boolean =>
  host.decisions > 0 && !host.ended && wantsNewRun(host) && isQuiescent(host);

function wantsNewRun({ start: { limits }, updates, signals }: Host): boolean {
  const { continueAsNewSuggested, historyLength, historySize } = workflowInfo();
  return (
    continueAsNewSuggested ||
    historyLength >= limits.events ||
    historySize >= limits.bytes ||
    updates >= limits.updates ||
    signals >= limits.signals
  );
}

function isQuiescent(host: Host): boolean {
  const isAtRest = !host.hasMore || host.window.isDraining;
  const isIdle = host.parked || (host.queue.length === 0 && isAtRest && !host.flushDue);
  const isEmpty = host.window.openCount === 0 && host.lanes.size === 0;
  return isIdle && isEmpty && host.localJobs.length === 0 && allHandlersFinished();
}

/** The argument of the next run: the same instance with all that it has. */
export function argumentOfNextRun(host: Host): InstanceStart {
  const carried: Carried = {
    state: host.state,
    lastAt: host.lastAt,
    queue: host.queue.map(({ event }) => event),
    waiting: host.window.waitingEffects,
    localJobs: host.localJobs,
    hasMore: host.hasMore,
    unacknowledged: host.unacknowledged,
    children: childrenOf(host),
    delivered: Object.fromEntries(host.delivered),
    failures: host.parked ? host.failures : 0,
    firstAnswer: host.firstAnswer,
    runs: host.runs + 1,
  };
  const { start, definition } = host;
  return { ...start, definition, hostVersion: HOST_VERSION, begin: { kind: 'carried', carried } };
}

/**
 * The called instances that somebody still waits for; the others have ended and are spoken to no more. They leave here
 * and not with the news of their end, for what was decided meanwhile may still speak to them, in recorded histories too.
 */
function childrenOf({ state, children }: Host): Record<string, string> {
  const entries = [...children].filter(([id]) => own(state?.calls ?? {}, id) !== undefined);
  return Object.fromEntries(entries);
}

/** Takes up the work of a run: its first event, or what the run before handed on. */
export function restore(host: Host): void {
  host.window.use((effect) => carryOut(host, effect));
  const { begin } = host.start;
  if (begin.kind === 'first') {
    enqueue(host, begin.event);
    return;
  }
  rearmTimers(host);
  for (const effect of begin.carried.waiting) host.window.submit(effect);
  keepOffering(host);
  if (host.parked) retryLater(host);
}

/** Arms what is still to fire: a timer that fired and waits in a queue has fired. */
function rearmTimers(host: Host): void {
  if (!host.state) return;
  const fired = new Set<string>();
  for (const event of [...host.queue.map((queued) => queued.event), ...host.state.deferred]) {
    if (event.kind === 'timerFired') fired.add(event.timerId);
  }
  for (const { id, series } of Object.values(host.state.timers)) {
    if (!fired.has(id)) armTimer(host, id, series.dueAt);
  }
}
