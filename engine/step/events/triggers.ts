/** Timers, messages and signals that reach what waits for them. */
import {
  type ElementInstance,
  type EventNode,
  type Move,
  type OpenTimer,
  own,
  type Payload,
  type Subscription,
} from '../../model/index.js';
import { nextTimer, overdue } from '../../triggers/timer/index.js';
import { startTimer } from '../arming.js';
import { triggerBoundary, triggerHandler } from '../continuations.js';
import { deliver } from '../lifecycle.js';
import { renew } from '../reception.js';
import type { Run } from '../run.js';
import { handOn, signal } from '../signals.js';
import type { Handler } from './index.js';
import { notAwaited } from './not-awaited.js';

/** Hands an occurrence to what armed it: a boundary event, an event sub-process, or the waiting node. */
const trigger = (run: Run, owner: ElementInstance, elementId: string, payload: Payload): void => {
  const node = run.node(elementId) as EventNode;
  const occurrence = { payload, locals: {} };
  if (node.kind === 'boundaryEvent') {
    triggerBoundary(run, owner, elementId, node.isInterrupting, occurrence);
  } else if (node.kind === 'startEvent') {
    triggerHandler(run, owner, elementId, node.isInterrupting, occurrence);
  } else {
    deliver(run, owner, { kind: 'triggered', elementId, payload });
  }
};

const isRepeating = (run: Run, elementId: string): boolean => {
  const node = run.node(elementId) as EventNode;
  return (node.kind === 'boundaryEvent' || node.kind === 'startEvent') && !node.isInterrupting;
};

const dropTimer = (run: Run, owner: ElementInstance, timer: OpenTimer): void => {
  run.drop('timers', timer.id);
  owner.timers = owner.timers.filter((id) => id !== timer.id);
  run.touch(owner);
};

/** A timer is due: after downtime its latest overdue occurrence counts (S57); a cycle is armed again (S53). */
export const timerFired: Handler<'timerFired'> = (run, { timerId, at }) => {
  const timer = own(run.state.timers, timerId);
  if (timer === undefined) {
    notAwaited(run, timerId, 'timer');
    return null;
  }
  if (timer.series.dueAt > at) {
    // It fired just before it was moved to later (S58). Armed again, it comes also where a host forgot it.
    notAwaited(run, timerId, 'timer that is not due yet');
    run.effect({ kind: 'cancelTimer', id: timerId });
    run.effect({ kind: 'startTimer', id: timerId, dueAt: timer.series.dueAt });
    return null;
  }
  const owner = run.element(timer.ownerId);
  const { elementId } = timer;
  const { series, skipped } = overdue(timer.series, at);
  run.cause = owner.since;
  const data = { timerId, dueAt: series.dueAt, skipped };
  run.cause = run.recordAt('timerFired', elementId, owner.id, owner.parentId, data);
  run.reason = `was ended by timer '${elementId}', due at ${series.dueAt}, which fired`;
  dropTimer(run, owner, timer);
  if (isRepeating(run, elementId)) {
    const { next } = nextTimer(series, at);
    if (next !== null) startTimer(run, owner, elementId, next);
  }
  trigger(run, owner, elementId, {});
  return null;
};

/** Tells of something that was received; the last that its subscription takes is marked. */
function noteReceived(
  run: Run,
  kind: 'messageReceived' | 'signalReceived',
  row: Subscription,
  facts: { readonly messageId?: string },
): void {
  const owner = run.element(row.ownerId);
  const isLast = !isRepeating(run, row.elementId);
  run.cause = owner.since;
  const data = { subscriptionId: row.id, ...facts, name: row.name, ...(isLast && { isLast }) };
  run.cause = run.recordAt(kind, row.elementId, owner.id, owner.parentId, data);
  if (isLast) dropSubscription(run, owner, row);
}

const dropSubscription = (run: Run, owner: ElementInstance, { id }: Subscription): void => {
  run.drop('subscriptions', id);
  owner.subscriptions = owner.subscriptions.filter((other) => other !== id);
  run.touch(owner);
};

/** A message was correlated to a subscription of this instance. */
export const messageReceived: Handler<'messageReceived'> = (run, event) => {
  const { subscriptionId, messageId, variables } = event;
  const row = own(run.state.subscriptions, subscriptionId);
  if (row === undefined) {
    notAwaited(run, subscriptionId, 'message subscription');
    return null;
  }
  noteReceived(run, 'messageReceived', row, { messageId });
  run.reason = `was ended by message '${row.name}', which arrived`;
  trigger(run, run.element(row.ownerId), row.elementId, variables);
  return null;
};

/** Messages were turned away: what still waits for them says so again to their correlators (S58). */
export const subscriptionsLapsed: Handler<'subscriptionsLapsed'> = (run, { subscriptionIds }) => {
  renew(run, subscriptionIds);
  return null;
};

/** A signal reaches subscriptions that were open when it was broadcast. */
export const signalReceived: Handler<'signalReceived'> = (run, { subscriptionIds, variables }) => {
  const open = subscriptionIds
    .map((id) => own(run.state.subscriptions, id))
    .filter((row) => row !== undefined);
  if (open.length === 0) notAwaited(run, subscriptionIds.join(', '), 'signal subscription');
  else signal(run, open, variables);
  return null;
};

/** One piece: a signal reaches the first of the subscriptions that are left, unless that was ended meanwhile. */
export function goOnSignalling(run: Run, move: Extract<Move, { readonly kind: 'signal' }>): void {
  const [id = '', ...others] = move.subscriptionIds;
  run.next();
  if (others.length > 0) handOn(run, others, move.variables);
  const row = own(run.state.subscriptions, id);
  if (row === undefined) return;
  noteReceived(run, 'signalReceived', row, {});
  run.reason = `was ended by signal '${row.name}', which was broadcast`;
  trigger(run, run.element(row.ownerId), row.elementId, move.variables);
}
