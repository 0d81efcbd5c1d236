/**
 * The correlator of one signal name: a broadcast reaches all that is open at that moment, and nothing is kept for
 * later. Class: workflow. Source: docs/design.md D7; docs/semantics.md S65.
 */
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineUpdate,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type {
  BroadcastReply,
  BroadcastRequest,
  SignalCorrelatorStart,
  SubscriptionRequest,
} from '../contracts/correlation.js';
import { ACTIVITIES, CORRELATOR_UPDATES } from '../contracts/names.js';
import {
  correlateSignal,
  createSignalCorrelator,
  type SignalAction,
  type SignalCorrelator,
} from '../engine/correlation/index.js';
import { correlatorActivities } from './correlators/activities.js';
import { Clock } from './correlators/clock.js';
import { Room } from './correlators/room.js';

/** Deliveries of a broadcast at a time. */
const WINDOW = 100;
/** Broadcasts remembered, so that a repeated one is answered and not sent again. */
const MOST_REPLIES = 100;

/** One run of a correlator. */
interface Host {
  readonly state: SignalCorrelator;
  readonly replies: Map<string, BroadcastReply>;
  readonly room: Room;
  requests: number;
}

/** Runs a correlator until nobody listens, over as many runs as it takes. */
export async function signalCorrelator(start: SignalCorrelatorStart): Promise<void> {
  const clock = new Clock(start.carried?.lastAt ?? '');
  const state = start.carried?.state ?? createSignalCorrelator();
  const host: Host = {
    state,
    replies: new Map(Object.entries(start.carried?.replies ?? {})),
    room: new Room(() => state),
    requests: 0,
  };
  registerHandlers(host);
  const isLong = (): boolean =>
    workflowInfo().continueAsNewSuggested || workflowInfo().historyLength >= start.events;
  const isEmpty = (): boolean => Object.keys(host.state.instances).length === 0;
  await condition(() => host.requests > 0 && allHandlersFinished() && (isLong() || isEmpty()));
  if (isEmpty()) return;
  const replies = Object.fromEntries(host.replies);
  const carried = { state: host.state, lastAt: clock.stamp(), replies };
  await continueAsNew<typeof signalCorrelator>({ ...start, carried });
}

function registerHandlers(host: Host): void {
  const { open, close, broadcast } = CORRELATOR_UPDATES;
  setHandler(
    defineUpdate<void, [SubscriptionRequest]>(open),
    (request) => {
      host.requests += 1;
      host.room.take(request);
      const { workflowId: instanceId, subscriptionId } = request;
      correlateSignal(host.state, { kind: 'opened', instanceId, subscriptionId });
    },
    { validator: (request) => host.room.check(request) },
  );
  setHandler(defineUpdate<void, [SubscriptionRequest]>(close), ({ workflowId, subscriptionId }) => {
    host.requests += 1;
    correlateSignal(host.state, { kind: 'closed', instanceId: workflowId, subscriptionId });
  });
  setHandler(defineUpdate<BroadcastReply, [BroadcastRequest]>(broadcast), (request) =>
    broadcastSignal(host, request),
  );
}

async function broadcastSignal(host: Host, request: BroadcastRequest): Promise<BroadcastReply> {
  host.requests += 1;
  const { broadcastId, starts, variables, exceptInstance = null } = request;
  const before = host.replies.get(broadcastId);
  if (before) return before;
  if (starts !== null) correlateSignal(host.state, { kind: 'startsChanged', starts });
  const actions = correlateSignal(host.state, {
    kind: 'broadcast',
    variables,
    exceptInstance,
  });
  const reply = await carryOut(host, broadcastId, actions);
  host.replies.set(broadcastId, reply);
  const [oldest] = host.replies.keys();
  if (host.replies.size > MOST_REPLIES && oldest !== undefined) host.replies.delete(oldest);
  return reply;
}

async function carryOut(
  host: Host,
  broadcastId: string,
  actions: readonly SignalAction[],
): Promise<BroadcastReply> {
  let delivered = 0;
  let started = 0;
  for (let at = 0; at < actions.length; at += WINDOW) {
    const some = actions.slice(at, at + WINDOW);
    const outcomes = await Promise.all(some.map((action) => perform(host, broadcastId, action)));
    delivered += outcomes.filter((outcome) => outcome === 'delivered').length;
    started += outcomes.filter((outcome) => outcome === 'started').length;
  }
  return { delivered, started };
}

async function perform(
  host: Host,
  broadcastId: string,
  action: SignalAction,
): Promise<'delivered' | 'started' | 'refused'> {
  if (action.kind === 'start') {
    const { processId, elementId, variables } = action;
    const startKey = `signal ${workflowInfo().workflowId} ${broadcastId} ${elementId}`;
    const input = { processId, elementId, startKey, variables, startedBy: null, hold: null };
    const instance = await correlatorActivities[ACTIVITIES.startBySignal](input);
    return instance === null ? 'refused' : 'started';
  }
  const { instanceId: workflowId, subscriptionIds, variables } = action;
  const delivery = { kind: 'signalReceived', subscriptionIds, broadcastId, variables } as const;
  const outcome = await correlatorActivities[ACTIVITIES.deliverSignal]({ workflowId, delivery });
  if (outcome === 'taken') return 'delivered';
  for (const subscriptionId of subscriptionIds) {
    correlateSignal(host.state, { kind: 'closed', instanceId: workflowId, subscriptionId });
  }
  return 'refused';
}
