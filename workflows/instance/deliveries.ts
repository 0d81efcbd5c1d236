/**
 * Messages and signals that were handed over: one may come twice when the first answer was lost, also to a later run
 * of the instance, which Temporal's own Update ids do not reach. Class: workflow.
 */
import type { Carried, InstanceRequest } from '../../contracts/instance.js';
import type { Answer } from '../../engine/model/index.js';
import type { Host } from './host.js';

/** Deliveries remembered. */
const MOST_DELIVERED = 256;

/** What was delivered to the runs before; the older of them kept no outcomes and took all. */
export function deliveredBefore(carried: Carried['delivered']): Map<string, string | null> {
  if (!Array.isArray(carried)) return new Map(Object.entries(carried));
  return new Map(carried.map((name: string) => [name, null]));
}

/** The name of a delivery; null: none, or one of an older host that cannot be told from another. */
export function deliveryOf(request: InstanceRequest): string | null {
  if (request.kind === 'messageReceived') return `${request.messageId} ${request.subscriptionId}`;
  if (request.kind !== 'signalReceived' || request.broadcastId === undefined) return null;
  return `signal ${request.broadcastId}`;
}

/** The event of a request: what names its delivery is nothing to the core. */
export function eventOf(request: InstanceRequest): InstanceRequest {
  if (request.kind !== 'signalReceived') return request;
  const { broadcastId: _, ...event } = request;
  return event;
}

/** The answer to a delivery that came before; null when it is the first. */
export function repeatedAnswer({ delivered }: Host, name: string): Answer | null {
  const code = delivered.get(name);
  return code === undefined ? null : { ok: code === null, code, message: '', waitingAt: [] };
}

/** Remembers a delivery, and how it was answered once that is known; the oldest is forgotten. */
export function remember({ delivered }: Host, name: string, answer: Answer | null): void {
  delivered.set(name, answer?.ok === false ? answer.code : null);
  const [oldest] = delivered.keys();
  if (delivered.size > MOST_DELIVERED && oldest !== undefined) delivered.delete(oldest);
}
