/**
 * The activities by which instances and correlators reach each other. Each may run twice: opening, publishing,
 * delivering and starting carry an id by which the second time changes nothing and is answered as the first.
 * Class: side effect.
 */
import { ApplicationFailure } from '@temporalio/common';
import type {
  BroadcastInput,
  BroadcastReply,
  CallOutcome,
  CloseSubscriptionInput,
  Delivered,
  DeliverInput,
  OpenSubscriptionInput,
  PublishInput,
  PublishReply,
  ResolveCallInput,
  StartByInput,
  StartOutcome,
} from '../contracts/correlation.js';
import type { InstanceAnswer, InstanceRequest } from '../contracts/instance.js';
import { ACTIVITIES } from '../contracts/names.js';

/** The port to the correlators: workflows that are started when they are first spoken to. */
export interface Correlators {
  open(input: OpenSubscriptionInput): Promise<void>;
  close(input: CloseSubscriptionInput): Promise<void>;
  publish(input: PublishInput): Promise<PublishReply>;
  broadcast(input: BroadcastInput): Promise<BroadcastReply>;
}

/** The port to running instances. */
export interface Instances {
  /** Null: no such instance runs. Rejects when nobody answers in time. */
  deliver(
    workflowId: string,
    request: InstanceRequest,
    updateId: string,
  ): Promise<InstanceAnswer | null>;
  /** Starts an instance of the latest version once for a key; null when it has no such start event any more. */
  startLatest(input: StartByInput): Promise<StartOutcome | null>;
}

/** What these activities lean on. */
export interface CorrelationDeps {
  readonly correlators: Correlators;
  readonly instances: Instances;
  readonly resolveCall: (input: ResolveCallInput) => Promise<CallOutcome>;
}

/** Makes them, by their names. */
export function createCorrelationActivities({
  correlators,
  instances,
  resolveCall,
}: CorrelationDeps) {
  const deliver = (input: DeliverInput): Promise<Delivered> => handOver(instances, input);
  const start = (input: StartByInput): Promise<StartOutcome | null> => instances.startLatest(input);
  return {
    [ACTIVITIES.openSubscription]: (input: OpenSubscriptionInput) => correlators.open(input),
    [ACTIVITIES.closeSubscription]: (input: CloseSubscriptionInput) => correlators.close(input),
    [ACTIVITIES.publishMessage]: async (input: PublishInput) => {
      await correlators.publish(input);
    },
    [ACTIVITIES.broadcastSignal]: async (input: BroadcastInput) => {
      await correlators.broadcast(input);
    },
    [ACTIVITIES.deliverMessage]: deliver,
    [ACTIVITIES.deliverSignal]: deliver,
    [ACTIVITIES.startByMessage]: start,
    [ACTIVITIES.startBySignal]: start,
    [ACTIVITIES.resolveCall]: resolveCall,
  };
}

/** By which an instance says that it does not wait for a delivery. */
const REFUSALS: readonly string[] = ['EVENT_NOT_AWAITED', 'INSTANCE_ENDED', 'REQUEST_INVALID'];

/** A signal that waits for a parked decision counts as taken: it is queued for good. A message is not (S58). */
async function handOver(instances: Instances, input: DeliverInput): Promise<Delivered> {
  const { workflowId, delivery } = input;
  const answer = await instances.deliver(workflowId, delivery, updateIdOf(delivery));
  if (answer === null) return 'refused';
  if (answer.ok) return 'taken';
  const { code, message } = answer;
  if (code === 'INSTANCE_SUSPENDED') return 'postponed';
  if (code !== null && REFUSALS.includes(code)) return 'refused';
  // What is not known to be the instance's word is none: a message that was never heard must not be let go.
  if (code !== 'ENGINE_PARKED') {
    throw ApplicationFailure.create({ type: code ?? 'WORKER_UNAVAILABLE', message });
  }
  return delivery.kind === 'messageReceived' ? 'postponed' : 'taken';
}

function updateIdOf(delivery: DeliverInput['delivery']): string {
  return delivery.kind === 'messageReceived'
    ? `message ${delivery.messageId} ${delivery.subscriptionId}`
    : `signal ${delivery.broadcastId}`;
}
