/**
 * Taking over a decision that the worker of a job has taken early. Class: workflow.
 * Source: docs/decisions/0010-decisions-are-taken-early.md.
 */
import type { Decision, HostEffect } from '../../contracts/decision.js';
import { mayDecide, takeOver } from './decision.js';
import type { Host } from './host.js';

/**
 * Takes over a decision that was taken on the state of that name.
 *
 * @returns false when the instance has gone on meanwhile: the decision is void, and its event is to be decided anew
 */
export function takeEarly(host: Host, stateKey: string | null, decision: Decision): boolean {
  if (stateKey === null || host.stateKey !== stateKey || !isNext(host)) return false;
  const { isOpen } = host.window;
  takeOver(host, decision, [], 'early');
  const hasCommand = isOpen && decision.effects.some(({ kind }) => COMMANDS.has(kind));
  const isConfirmed = host.ended !== null && host.adopted.length > 0;
  const isTraced = hasCommand || isConfirmed || mayDecide(host);
  host.isUntraced = host.isOrdered && !isTraced;
  return true;
}

/**
 * Effects that become a command of this workflow task, where the window is open. A task without any command is one with
 * the next to whoever replays it, and in one task requests and signals come before the results of activities: they would
 * find the instance as it was before the decision, and make it void. So where a decision leaves no command, another is
 * asked for, which is recorded. Source: docs/decisions/0010-decisions-are-taken-early.md.
 */
const COMMANDS: ReadonlySet<HostEffect['kind']> = new Set<HostEffect['kind']>([
  'startJob',
  'publishMessage',
  'broadcastSignal',
]);

/**
 * Whether the decision may come next. What is being decided came before it. A request that came in the same workflow task
 * was asked for by someone who may know of the decision already, for the store tells of it, and comes after it.
 */
function isNext(host: Host): boolean {
  const { queue, isDeciding, localJobs, hasMore, flushDue, parked, ended, isOrdered } = host;
  if (localJobs.length > 0 || hasMore || flushDue || isDeciding || parked || ended !== null) {
    return false;
  }
  return queue.length === 0 || isOrdered;
}
