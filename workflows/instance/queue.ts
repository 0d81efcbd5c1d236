/** The one queue of an instance: events in history order, each stamped when it comes. Class: workflow. */
import type { Unstamped } from '../../contracts/instance.js';
import type { InstanceEvent } from '../../engine/model/index.js';
import type { Host, Listener, Queued } from './host.js';

/** The instant of what happens now: the workflow's clock, never before what was stamped already. */
export function stamp(host: Host): string {
  const now = new Date(Date.now()).toISOString();
  if (now > host.lastAt) host.lastAt = now;
  return host.lastAt;
}

/** Puts an event at the end of the queue. `listener` hears the answer once it is decided. */
export function enqueue(
  host: Host,
  event: Unstamped<InstanceEvent>,
  listener: Listener | null = null,
): void {
  const stamped = { ...event, at: stamp(host) } as InstanceEvent;
  host.queue.push({ event: stamped, listeners: listener ? [listener] : [] });
}

const requestIdOf = (event: InstanceEvent): string | null =>
  'requestId' in event ? event.requestId : null;

/** The queued event of a request that was sent before and is not decided yet. */
export function findRequest(host: Host, requestId: string): Queued | undefined {
  const isSame = ({ event }: Queued): boolean => requestIdOf(event) === requestId;
  return host.deciding.find(isSame) ?? host.queue.find(isSame);
}
