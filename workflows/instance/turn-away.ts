/**
 * Messages that a parked instance does not keep: by the time it decides again, what waits for them may be gone. They stay
 * with their correlators, and what is still waited for then is opened anew (S58). Class: workflow.
 */
import type { Host, Queued } from './host.js';
import { enqueue } from './queue.js';

/** Turns one away. The word to open its subscription anew waits behind what came before. */
export function turnAway(host: Host, subscriptionId: string): void {
  const isNoted = host.queue.some(
    ({ event }) =>
      event.kind === 'subscriptionsLapsed' && event.subscriptionIds.includes(subscriptionId),
  );
  if (!isNoted) enqueue(host, { kind: 'subscriptionsLapsed', subscriptionIds: [subscriptionId] });
}

/** Turns away those that were queued for a decision that failed; who handed them over has been told. */
export function turnAwayQueued(host: Host): void {
  host.queue = host.queue.map((queued): Queued => {
    const { event } = queued;
    if (event.kind !== 'messageReceived') return queued;
    const subscriptionIds = [event.subscriptionId];
    return { event: { kind: 'subscriptionsLapsed', at: event.at, subscriptionIds }, listeners: [] };
  });
}
