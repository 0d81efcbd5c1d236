/**
 * What becomes of a message that is handed over. A suspended instance turns it away, so that it stays with its
 * correlator: what waits for it may have changed by the time the instance goes on (S58).
 */
import { type InstanceState, own, type Subscription } from '../model/index.js';
import { openAnew } from './arming.js';
import type { Run } from './run.js';
import { isKeeping } from './under-way.js';

/** `postponed`: the correlator keeps it until the subscription is opened anew. `gone`: nothing waits for it here. */
export type Reception = 'taken' | 'postponed' | 'gone';

/** What a message for this subscription would meet now. Class: pure. */
export function receptionOf(state: InstanceState, subscriptionId: string): Reception {
  if (own(state.subscriptions, subscriptionId) === undefined) return 'gone';
  return isKeeping(state) ? 'postponed' : 'taken';
}

/** Notes that a message was turned away; its subscription is opened anew in the turn of the first such message. */
export function postpone(run: Run, row: Subscription, messageId: string): void {
  if (row.isLapsed) return;
  run.put('subscriptions', row.id, { ...row, isLapsed: true });
  const { id: subscriptionId, name, elementId, ownerId } = row;
  const { parentId } = run.element(ownerId);
  const data = { subscriptionId, messageId, name };
  run.recordAt('messagePostponed', elementId, ownerId, parentId, data, 'S58');
  const subscriptionIds = [subscriptionId];
  const event = { kind: 'subscriptionsLapsed', at: run.at, subscriptionIds } as const;
  run.state.deferred.push(event);
}

/** Opens anew what is still waited for. */
export function renew(run: Run, subscriptionIds: readonly string[]): void {
  for (const id of subscriptionIds) {
    const row = own(run.state.subscriptions, id);
    if (row !== undefined) openAnew(run, row);
  }
}
