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
  takeOver(host, decision, [], 'early');
  return true;
}

/** What came before is decided before. */
function isIdle({ queue, isDeciding, localJobs, hasMore, flushDue, parked, ended }: Host): boolean {
  const hasWork = queue.length > 0 || localJobs.length > 0 || hasMore || flushDue;
  return !hasWork && !isDeciding && !parked && ended === null;
}
