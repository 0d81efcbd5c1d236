/**
 * Taking over a decision that the worker of a job has taken early. Class: workflow.
 * Source: docs/decisions/0010-decisions-are-taken-early.md.
 */
import type { Decision } from '../../contracts/decision.js';
import { takeOver } from './decision.js';
import type { Host } from './host.js';

/**
 * Takes over a decision that was taken on the state of that name.
 *
 * @returns false when the instance has gone on meanwhile: the decision is void, and its event is to be decided anew
 */
export function takeEarly(host: Host, stateKey: string | null, decision: Decision): boolean {
  if (stateKey === null || host.stateKey !== stateKey || !isIdle(host)) return false;
  // A worker whose clock is ahead of Temporal's would take the instance into the future.
  if (decision.lastAt > new Date(Date.now()).toISOString()) return false;
  takeOver(host, decision, [], false);
  return true;
}

/** What came before is decided before. */
function isIdle({ queue, isDeciding, localJobs, hasMore, parked, ended }: Host): boolean {
  const isAtRest = queue.length === 0 && localJobs.length === 0 && !hasMore && !isDeciding;
  return isAtRest && !parked && ended === null;
}
