/**
 * The correlator of one message name and correlation key: it buffers messages until their time to live and hands each
 * to its subscriptions. It decides by the pure machine of `engine/correlation`, which speaks of instances by their
 * workflow ids here. It ends when it keeps nothing. Class: workflow. Source: docs/design.md D7; docs/semantics.md S59–S62.
 */
import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  isCancellation,
  patched,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type {
  InstanceEndedNews,
  MessageCorrelatorStart,
  PublishReply,
  PublishRequest,
  SubscriptionRequest,
} from '../contracts/correlation.js';
import { ACTIVITIES, CORRELATOR_UPDATES, QUERIES, SIGNALS } from '../contracts/names.js';
import type { CorrelatorPulse } from '../contracts/pulse.js';
import { lastPartOf } from '../contracts/workflow-ids.js';
import {
  correlateMessage,
  createMessageCorrelator,
  handOverAgain,
  letGo,
  MESSAGE_ID_RETENTION_MS,
  type MessageAction,
  type MessageCorrelator,
  type MessageCorrelatorEvent,
  type PublishAnswer,
} from '../engine/correlation/index.js';
import { fixedDurationMs } from '../engine/triggers/timer/fixed-duration.js';
import { correlatorActivities } from './correlators/activities.js';
import { Clock } from './correlators/clock.js';
import { Room } from './correlators/room.js';
import { refuse } from './texts.js';

type Unstamped<E> = E extends { readonly at: string } ? Omit<E, 'at'> : never;
type ActionOf<K extends MessageAction['kind']> = Extract<MessageAction, { readonly kind: K }>;

/** Publishers that wait for an answer at a time: of the requests to one workflow Temporal lets ten wait. */
const MOST_WAITING = 8;
/** A run so many times as long as one should be goes on as new with what is under way. */
const OVERDUE = 2;
/** Histories recorded before stay as they are: there, a run waited for every receiver. */
const UNDERWAY = 'what-is-underway-goes-along';

/** A publisher that waits for an answer. */
interface Publisher {
  readonly messageId: string;
  readonly tell: (answer: PublishAnswer) => void;
}

/** One run of a correlator. */
interface Host {
  readonly isVirtual: boolean;
  readonly state: MessageCorrelator;
  readonly room: Room;
  readonly clock: Clock;
  /** By request, in the order in which they came. */
  readonly publishers: Map<string, Publisher>;
  inFlight: number;
  requests: number;
  wakeScope: CancellationScope | null;
}

/** Runs a correlator until it keeps nothing, over as many runs as it takes. */
export async function messageCorrelator(start: MessageCorrelatorStart): Promise<void> {
  const isVirtual = start.clock === 'virtual';
  const state = start.carried?.state ?? createMessageCorrelator(start.isKeyed);
  const host: Host = {
    isVirtual,
    state,
    room: new Room(() => state),
    clock: new Clock(start.carried?.lastAt ?? '', isVirtual),
    publishers: new Map(),
    inFlight: 0,
    requests: 0,
    wakeScope: null,
  };
  registerHandlers(host);
  armWake(host, host.state.wakeAt);
  for (const action of handOverAgain(host.state)) act(host, action);
  const isQuiet = (): boolean => host.inFlight === 0 && allHandlersFinished();
  const isLong = (): boolean =>
    host.requests > 0 &&
    (workflowInfo().continueAsNewSuggested || workflowInfo().historyLength >= start.events);
  const isOverdue = (): boolean =>
    host.requests > 0 &&
    workflowInfo().historyLength >= OVERDUE * start.events &&
    patched(UNDERWAY);
  await condition(
    () => isOverdue() || (isQuiet() && (isLong() || (host.requests > 0 && isEmpty(host.state)))),
  );
  await letAllGo(host);
  if (isEmpty(host.state)) return;
  const carried = { state: host.state, lastAt: host.clock.lastAt };
  await continueAsNew<typeof messageCorrelator>({ ...start, carried });
}

function registerHandlers(host: Host): void {
  const { open, close, publish } = CORRELATOR_UPDATES;
  setHandler(
    defineUpdate<void, [SubscriptionRequest]>(open),
    (request) => {
      host.requests += 1;
      host.room.take(request);
      const { workflowId, at, ...rest } = request;
      host.clock.moveTo(at);
      tell(host, { kind: 'opened', subscription: { ...rest, instanceId: workflowId } });
    },
    { validator: (request) => host.room.check(request) },
  );
  setHandler(defineUpdate<void, [SubscriptionRequest]>(close), (request) => {
    host.requests += 1;
    const { workflowId, subscriptionId, at } = request;
    host.clock.moveTo(at);
    tell(host, { kind: 'closed', instanceId: workflowId, subscriptionId });
  });
  setHandler(
    defineUpdate<PublishReply, [PublishRequest]>(publish),
    (request) => publishMessage(host, request),
    {
      validator: (request) => {
        refuseBadLife(request);
        host.room.check(request);
      },
    },
  );
  setHandler(defineSignal<[InstanceEndedNews]>(SIGNALS.instanceEnded), (news) => {
    host.requests += 1;
    tell(host, { kind: 'instanceEnded', instanceId: news.workflowId, processId: news.processId });
  });
  if (host.isVirtual) registerVirtualClock(host);
}

/** Whoever moves a virtual clock wakes the correlator, and asks whether it is at rest. */
function registerVirtualClock(host: Host): void {
  setHandler(defineUpdate<void, [string]>(CORRELATOR_UPDATES.wake), (at) => {
    host.requests += 1;
    host.clock.moveTo(at);
    tell(host, { kind: 'woken' });
  });
  setHandler(defineQuery<CorrelatorPulse>(QUERIES.pulse), () => ({
    pending: host.inFlight,
    turns: host.requests,
    wakeAt: host.state.wakeAt,
  }));
}

function refuseBadLife({ timeToLive }: PublishRequest): void {
  if (fixedDurationMs(timeToLive) !== null) return;
  const detail = `its time to live '${timeToLive}' is not one of days, hours, minutes or seconds, e.g. PT1H`;
  refuse('REQUEST_INVALID', { detail });
}

async function publishMessage(host: Host, request: PublishRequest): Promise<PublishReply> {
  host.requests += 1;
  host.room.take(request);
  host.clock.moveTo(request.at);
  const { starts, messageId, variables, timeToLive } = request;
  if (starts !== null) tell(host, { kind: 'startsChanged', starts });
  const requestId = `${host.requests}`;
  const lifeMs = fixedDurationMs(timeToLive) ?? 0;
  const now = Date.parse(host.clock.stamp());
  const answer = new Promise<PublishAnswer>((tell) =>
    host.publishers.set(requestId, { messageId, tell }),
  );
  tell(host, {
    kind: 'published',
    requestId,
    messageId,
    variables,
    expiresAt: lifeMs > 0 ? new Date(now + lifeMs).toISOString() : null,
    uniqueUntil: new Date(now + Math.max(lifeMs, MESSAGE_ID_RETENTION_MS)).toISOString(),
  });
  if (host.publishers.size > MOST_WAITING && patched(UNDERWAY)) letOldestGo(host);
  return replyOf(await answer);
}

/** A receiver that does not answer must not hold up who publishes after: its publisher is told how it stands. */
function letOldestGo(host: Host): void {
  const [oldest] = host.publishers;
  if (oldest === undefined) return;
  const [requestId, { messageId, tell: told }] = oldest;
  host.publishers.delete(requestId);
  told(letGo(host.state, messageId));
}

async function letAllGo(host: Host): Promise<void> {
  while (host.publishers.size > 0 || !allHandlersFinished()) {
    while (host.publishers.size > 0) letOldestGo(host);
    await condition(() => host.publishers.size > 0 || allHandlersFinished());
  }
}

function replyOf({ correlated, started, ...rest }: PublishAnswer): PublishReply {
  const named = (receivers: PublishAnswer['started']) =>
    receivers.map(({ processId, instanceId }) => ({
      processId,
      instanceId: lastPartOf(instanceId),
    }));
  return { ...rest, correlated: named(correlated), started: named(started) };
}

/** Tells the machine what happened and does what it asks for. */
function tell(host: Host, event: Unstamped<MessageCorrelatorEvent>): void {
  const stamped = { ...event, at: host.clock.stamp() } as MessageCorrelatorEvent;
  for (const action of correlateMessage(host.state, stamped)) act(host, action);
}

function act(host: Host, action: MessageAction): void {
  switch (action.kind) {
    case 'deliver':
      launch(host, () => deliver(host, action));
      break;
    case 'start':
      launch(host, () => startInstance(host, action));
      break;
    case 'answer':
      host.publishers.get(action.requestId)?.tell(action.answer);
      host.publishers.delete(action.requestId);
      break;
    case 'wakeAt':
      armWake(host, action.at);
      break;
    case 'expire':
      // It belongs to no instance, so no journal has it; its publisher was told until when it is kept.
      break;
  }
}

function launch(host: Host, work: () => Promise<void>): void {
  host.inFlight += 1;
  void work().then(() => {
    host.inFlight -= 1;
  });
}

async function deliver(host: Host, action: ActionOf<'deliver'>): Promise<void> {
  const { instanceId, subscriptionId, message } = action;
  const { messageId, variables } = message;
  const outcome = await correlatorActivities[ACTIVITIES.deliverMessage]({
    workflowId: instanceId,
    delivery: { kind: 'messageReceived', subscriptionId, messageId, variables },
  });
  tell(host, { kind: outcome, messageId, instanceId, subscriptionId });
}

async function startInstance(host: Host, action: ActionOf<'start'>): Promise<void> {
  const { processId, elementId, message, hold = null } = action;
  const { messageId, variables, publishedAt } = message;
  const outcome = await correlatorActivities[ACTIVITIES.startByMessage]({
    processId,
    elementId,
    // An id is free again after a time (S60): then it names another message.
    startKey: `message ${workflowInfo().workflowId} ${messageId} ${publishedAt}`,
    variables,
    startedBy: host.state.isKeyed ? workflowInfo().workflowId : null,
    hold,
  });
  if (outcome !== null && !outcome.isBusy) {
    tell(host, { kind: 'started', messageId, processId, instanceId: outcome.workflowId });
  } else {
    const busyWith = outcome?.workflowId ?? null;
    // A history recorded before stays as it is: there, what can start nothing held back what came after it.
    const isInTheWay = busyWith === null && !patched('failed-start-is-passed-over');
    tell(host, { kind: 'startRefused', messageId, processId, busyWith, isInTheWay });
  }
}

function armWake(host: Host, at: string | null): void {
  host.wakeScope?.cancel();
  host.wakeScope = null;
  if (at === null || host.isVirtual) return;
  const scope = new CancellationScope();
  host.wakeScope = scope;
  const woken = (): void => {
    if (host.wakeScope !== scope) return;
    host.wakeScope = null;
    host.requests += 1;
    tell(host, { kind: 'woken' });
  };
  const waitMs = Math.max(1, Date.parse(at) - Date.now());
  void scope
    .run(() => sleep(waitMs))
    .then(woken, (error: unknown) => {
      if (!isCancellation(error)) throw error;
    });
}

const isNone = (table: object): boolean => Object.keys(table).length === 0;

function isEmpty({ subscriptions, messages, holders, known, sleeping = {} }: MessageCorrelator) {
  return [subscriptions, messages, holders, known, sleeping].every(isNone);
}
