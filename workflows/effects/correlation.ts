/** Messages and signals: correlators are spoken to by activities, for they may have to be started. Class: workflow. */
import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  proxyActivities,
  workflowInfo,
} from '@temporalio/workflow';
import type {
  BroadcastInput,
  CloseSubscriptionInput,
  OpenSubscriptionInput,
  PublishInput,
} from '../../contracts/correlation.js';
import type { HostEffect } from '../../contracts/decision.js';
import { ACTIVITIES } from '../../contracts/names.js';
import type { Host } from '../instance/host.js';
import { enqueue } from '../instance/queue.js';

type EffectOf<K extends HostEffect['kind']> = Extract<HostEffect, { readonly kind: K }>;

interface Activities {
  [ACTIVITIES.openSubscription](input: OpenSubscriptionInput): Promise<void>;
  [ACTIVITIES.closeSubscription](input: CloseSubscriptionInput): Promise<void>;
  [ACTIVITIES.publishMessage](input: PublishInput): Promise<void>;
  [ACTIVITIES.broadcastSignal](input: BroadcastInput): Promise<void>;
}

/** They ask Temporal itself, so they are tried for as long as it takes. */
const activities = proxyActivities<Activities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '1 minute' },
});

/** Opens a subscription at its correlator; repeating it changes nothing. */
export function openSubscription(host: Host, effect: EffectOf<'openSubscription'>): Promise<void> {
  const { id: subscriptionId, of, name, key, depth, isInterrupting, replaces } = effect;
  const { workflowId } = workflowInfo();
  const { processId } = host.start.seed;
  const place = { workflowId, processId, subscriptionId, of, name, key };
  const renewal = replaces === undefined ? {} : { replaces };
  const input = { ...place, depth, isInterrupting, ...renewal };
  const done = activities[ACTIVITIES.openSubscription](input);
  return orFailed(host, effect.id, ownerIn(host, effect.id), done);
}

/** Closes a subscription at its correlator. */
export function closeSubscription(
  host: Host,
  effect: EffectOf<'closeSubscription'>,
): Promise<void> {
  const { id: subscriptionId, of, name, key } = effect;
  const input = { workflowId: workflowInfo().workflowId, subscriptionId, of, name, key };
  return orFailed(host, effect.id, null, activities[ACTIVITIES.closeSubscription](input));
}

/** Publishes a message; nobody waits for what becomes of it. */
export function publish(host: Host, effect: EffectOf<'publishMessage'>): Promise<void> {
  const { id, elementInstanceId, name, key, timeToLive, variables } = effect;
  const messageId = effect.messageId ?? `${host.start.seed.instanceId} ${id}`;
  const input = { name, key, messageId, timeToLive, variables, customerKeyId: host.keyId };
  const done = activities[ACTIVITIES.publishMessage](input);
  return orFailed(host, id, elementInstanceId, done);
}

/** Broadcasts a signal. */
export function broadcast(host: Host, effect: EffectOf<'broadcastSignal'>): Promise<void> {
  const { id, elementInstanceId, name, variables, isOwnReached } = effect;
  const broadcastId = `${host.start.seed.instanceId} ${id}`;
  const exceptInstance = isOwnReached ? workflowInfo().workflowId : null;
  const input = { name, broadcastId, variables, exceptInstance };
  const done = activities[ACTIVITIES.broadcastSignal](input);
  return orFailed(host, id, elementInstanceId, done);
}

function ownerIn({ state }: Host, subscriptionId: string): string | null {
  return state?.subscriptions[subscriptionId]?.ownerId ?? null;
}

/** An effect that cannot be carried out is told to the core, which makes an incident of it. */
async function orFailed(
  host: Host,
  effectId: string,
  elementInstanceId: string | null,
  done: Promise<void>,
): Promise<void> {
  try {
    await done;
  } catch (error) {
    if (isCancellation(error)) throw error;
    const cause = error instanceof ActivityFailure ? error.cause : error;
    const code = (cause instanceof ApplicationFailure ? cause.type : null) || 'EFFECT_FAILED';
    const message = cause instanceof Error ? cause.message : String(cause);
    enqueue(host, { kind: 'effectFailed', effectId, elementInstanceId, code, message });
  }
}
