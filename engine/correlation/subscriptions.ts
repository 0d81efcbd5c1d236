/**
 * Open message subscriptions, and which of them a message goes to: of a process the instance with the oldest
 * one, and in it the deepest scope, then the oldest (S61). Subscriptions of one event open in document order.
 * The cost of a choice does not grow with the number of instances that wait.
 * Class: pure but for the correlator it is given. Source: docs/semantics.md S61.
 */
import { own } from '../model/index.js';
import type { KeptSubscription, MessageCorrelator, MessageSubscription } from './message-types.js';

/** A key of a table that may hold any text, `__proto__` included. */
export const slot = (id: string): string => `#${id}`;

/** A subscription's name across instances. */
export const refOf = (instanceId: string, subscriptionId: string): string =>
  `${instanceId} ${subscriptionId}`;

/** What such a name is made of: instances are called by ids that hold no blank. */
export function partsOf(ref: string): Pick<MessageSubscription, 'instanceId' | 'subscriptionId'> {
  const blank = ref.indexOf(' ');
  return { instanceId: ref.slice(0, blank), subscriptionId: ref.slice(blank + 1) };
}

/** Keeps a subscription; one that is kept already stays as it is. */
export function keep(state: MessageCorrelator, subscription: MessageSubscription): void {
  const { instanceId, subscriptionId, processId } = subscription;
  const ref = refOf(instanceId, subscriptionId);
  if (own(state.subscriptions, ref)) return;
  state.order += 1;
  state.subscriptions[ref] = { ...subscription, order: state.order };
  const process = slot(processId);
  const queue = own(state.queues, process) ?? { processId, refs: [], head: 0, live: 0 };
  state.queues[process] = queue;
  queue.refs.push(ref);
  queue.live += 1;
  const others = own(state.instances, instanceId) ?? [];
  state.instances[instanceId] = [...others, ref];
}

/** Forgets a subscription; one that is not kept is no matter. */
export function drop(state: MessageCorrelator, ref: string): void {
  const subscription = own(state.subscriptions, ref);
  if (!subscription) return;
  delete state.subscriptions[ref];
  forgetOfInstance(state, subscription.instanceId, ref);
  const process = slot(subscription.processId);
  const queue = own(state.queues, process);
  if (!queue) return;
  queue.live -= 1;
  if (queue.live === 0) delete state.queues[process];
  else if (queue.refs.length > 2 * queue.live + 16) {
    queue.refs = queue.refs.filter((kept) => own(state.subscriptions, kept));
    queue.head = 0;
  }
}

/** The subscription of a process that a message goes to, or null. */
export function choose(state: MessageCorrelator, processId: string): KeptSubscription | null {
  const oldest = oldestOf(state, processId);
  if (!oldest) return null;
  const refs = own(state.instances, oldest.instanceId) ?? [];
  let best = oldest;
  for (const ref of refs) {
    const other = own(state.subscriptions, ref);
    if (other && wins(other, best)) best = other;
  }
  return best;
}

function oldestOf(state: MessageCorrelator, processId: string): KeptSubscription | null {
  const queue = own(state.queues, slot(processId));
  if (!queue) return null;
  for (; queue.head < queue.refs.length; queue.head += 1) {
    const oldest = own(state.subscriptions, queue.refs[queue.head] ?? '');
    if (oldest) return oldest;
  }
  return null;
}

function wins(one: KeptSubscription, other: KeptSubscription): boolean {
  return one.depth === other.depth ? one.order < other.order : one.depth > other.depth;
}

function forgetOfInstance(state: MessageCorrelator, instanceId: string, ref: string): void {
  const left = (own(state.instances, instanceId) ?? []).filter((kept) => kept !== ref);
  if (left.length > 0) state.instances[instanceId] = left;
  else delete state.instances[instanceId];
}
