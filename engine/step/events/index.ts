/** What each event does to an instance. A handler answers with a fault when the request does not fit. */
import type { Fault } from '../../errors/index.js';
import { type InstanceEvent, own } from '../../model/index.js';
import { postpone } from '../reception.js';
import type { Run } from '../run.js';
import { isKeeping } from '../under-way.js';
import { childEnded, childNotStarted, childThrew, throwAnswered } from './children.js';
import { effectFailed, jobCompleted, jobFailed, jobThrew } from './jobs.js';
import { migrate } from './migrate.js';
import { modify } from './modify.js';
import { notAwaited } from './not-awaited.js';
import { cancel, resolveIncident, resume, setVariables, suspend } from './operator.js';
import { start } from './start.js';
import { taskCommented, taskUpdated } from './task-changes.js';
import { taskAssigned, taskDelegated, taskReturned } from './task-holders.js';
import { taskCompleted } from './tasks.js';
import { messageReceived, signalReceived, subscriptionsLapsed, timerFired } from './triggers.js';

/** A handler of one kind of event. */
export type Handler<K extends InstanceEvent['kind']> = (
  run: Run,
  event: Extract<InstanceEvent, { kind: K }>,
) => Fault | null;

const HANDLERS: { readonly [K in InstanceEvent['kind']]: Handler<K> } = {
  start,
  jobCompleted,
  jobFailed,
  jobThrew,
  taskCompleted,
  taskAssigned,
  taskDelegated,
  taskReturned,
  taskUpdated,
  taskCommented,
  timerFired,
  messageReceived,
  signalReceived,
  childEnded,
  childThrew,
  childNotStarted,
  throwAnswered,
  cancel,
  suspend,
  resume,
  setVariables,
  resolveIncident,
  modify,
  migrate,
  effectFailed,
  subscriptionsLapsed,
  continue: () => null,
};

/** Events that a suspended instance takes at once; it keeps the others for later (S58). */
const TAKEN_WHILE_SUSPENDED: ReadonlySet<InstanceEvent['kind']> = new Set<InstanceEvent['kind']>([
  'cancel',
  'suspend',
  'resume',
  'setVariables',
  'taskCompleted',
  'taskAssigned',
  'taskDelegated',
  'taskReturned',
  'taskUpdated',
  'taskCommented',
  'resolveIncident',
  'modify',
  'migrate',
  'continue',
]);

const apply = (run: Run, event: InstanceEvent): Fault | null =>
  (HANDLERS[event.kind] as (run: Run, event: InstanceEvent) => Fault | null)(run, event);

/**
 * Applies an event. A suspended instance keeps what it must not act on, and one in the middle of an interruption what it
 * cannot act on yet; nothing overtakes what was kept. A message is turned away.
 */
export function handle(run: Run, event: InstanceEvent): Fault | null {
  const isKept = isKeeping(run.state, run.first);
  if (!isKept || TAKEN_WHILE_SUSPENDED.has(event.kind)) return apply(run, event);
  if (event.kind === 'messageReceived') turnAway(run, event.subscriptionId, event.messageId);
  else run.state.deferred.push(event);
  return null;
}

const turnAway = (run: Run, subscriptionId: string, messageId: string): void => {
  const row = own(run.state.subscriptions, subscriptionId);
  if (row === undefined) notAwaited(run, subscriptionId, 'message subscription');
  else postpone(run, row, messageId);
};

/** Takes the oldest event that was kept; false when there is none. */
export function takeDeferred(run: Run): boolean {
  const event = run.state.deferred.shift();
  if (event === undefined) return false;
  run.cause = null;
  run.actor = null;
  // Taking it is a piece of work of its own, and what follows from it has its own budget (S06).
  run.made += 1;
  run.moves = 0;
  run.innerStarts = 0;
  apply(run, { ...event, at: run.at });
  return true;
}
