/**
 * The correlator of one (message name, correlation key). A message goes to at most one instance per process
 * and to any number of processes; an open subscription comes before a start event of the same process. What
 * nobody receives is kept until its time to live ends. A receiver may turn out to be gone: then the next one
 * is tried, and the publisher is answered when nothing is on its way any more.
 * Class: pure but for `state`; runs in the workflow sandbox. Source: docs/semantics.md S60–S62.
 */
import { own } from '../model/index.js';
import { addDeadline, takeDue } from './deadlines.js';
import type {
  KeptMessage,
  Message,
  MessageAction,
  MessageCorrelator,
  MessageCorrelatorEvent,
  MessageSubscription,
  Pending,
  PublishAnswer,
} from './message-types.js';
import { forgetSleeper, processesAsleep, putToSleep, sleeperOf } from './sleeping.js';
import { choose, drop, keep, refOf, slot } from './subscriptions.js';
import { hasArrived, hasLeft, markGivenUp } from './under-way.js';

type EventOf<K extends MessageCorrelatorEvent['kind']> = Extract<
  MessageCorrelatorEvent,
  { readonly kind: K }
>;

/** One event being worked on. */
interface Turn {
  readonly state: MessageCorrelator;
  readonly at: string;
  readonly actions: MessageAction[];
}

/** A correlator that knows nothing yet. `isKeyed`: its correlation key is not empty (S62). */
export function createMessageCorrelator(isKeyed: boolean): MessageCorrelator {
  return {
    format: 1,
    isKeyed,
    order: 0,
    starts: [],
    subscriptions: {},
    queues: {},
    instances: {},
    holders: {},
    ended: {},
    messages: {},
    buffer: [],
    known: {},
    deadlines: [],
    wakeAt: null,
  };
}

/**
 * Applies one event and returns what the host has to do, in order. `event.at` is the only clock: what expired
 * by then expires first. Equal input, equal output; unknown ids change nothing.
 */
export function correlateMessage(
  state: MessageCorrelator,
  event: MessageCorrelatorEvent,
): readonly MessageAction[] {
  const turn: Turn = { state, at: event.at, actions: [] };
  expireDue(turn);
  (HANDLERS[event.kind] as (turn: Turn, event: MessageCorrelatorEvent) => void)(turn, event);
  askToWake(turn);
  return turn.actions;
}

type Handlers = {
  readonly [K in MessageCorrelatorEvent['kind']]: (turn: Turn, event: EventOf<K>) => void;
};

const HANDLERS: Handlers = {
  startsChanged: (turn, { starts }) => {
    turn.state.starts = starts;
    for (const { processId } of starts) feed(turn, processId);
  },
  opened: (turn, { subscription: { replaces, ...subscription } }) => {
    if (replaces !== undefined) forget(turn.state, refOf(subscription.instanceId, replaces));
    keep(turn.state, subscription);
    feed(turn, subscription.processId);
  },
  closed: (turn, { instanceId, subscriptionId }) => {
    const processId = forget(turn.state, refOf(instanceId, subscriptionId));
    if (processId !== null) feed(turn, processId);
  },
  published: publish,
  taken: (turn, { messageId, instanceId, subscriptionId }) => {
    conclude(turn, messageId, refOf(instanceId, subscriptionId), null, (message, processId) => {
      message.correlated = [...message.correlated, { processId, instanceId }];
    });
  },
  refused: (turn, { messageId, instanceId, subscriptionId }) => {
    const ref = refOf(instanceId, subscriptionId);
    drop(turn.state, ref);
    const asleep = forgetSleeper(turn.state, ref);
    if (asleep !== null) feed(turn, asleep);
    conclude(turn, messageId, ref, null, (message, processId) => offer(turn, message, processId));
  },
  postponed: (turn, { messageId, instanceId, subscriptionId }) => {
    const ref = refOf(instanceId, subscriptionId);
    conclude(turn, messageId, ref, null, (message, processId, { isGivenUp }) => {
      if (!isGivenUp) {
        putToSleep(turn.state, processId, { instanceId, subscriptionId });
        message.postponed = [...(message.postponed ?? []), processId];
      }
      offer(turn, message, processId);
    });
  },
  started: (turn, { messageId, processId, instanceId }) => {
    conclude(turn, messageId, null, processId, (message) => {
      if (turn.state.isKeyed) hold(turn.state, processId, instanceId);
      message.started = [...message.started, { processId, instanceId }];
    });
    feed(turn, processId);
  },
  startRefused: (turn, { messageId, processId, busyWith, isInTheWay }) => {
    conclude(turn, messageId, null, processId, (message) => {
      if (busyWith === null) message.failed = [...message.failed, processId];
      else message.waitsFor = [...message.waitsFor, processId];
      if (isInTheWay) message.isInTheWay = true;
      hold(turn.state, processId, busyWith);
    });
    feed(turn, processId);
  },
  instanceEnded: (turn, { processId, instanceId }) => {
    const { holders, ended } = turn.state;
    const process = slot(processId);
    const holder = own(holders, process);
    if (holder === null) ended[process] = [...(own(ended, process) ?? []), instanceId];
    if (holder !== instanceId) return;
    delete holders[process];
    feed(turn, processId);
  },
  woken: () => {},
};

function publish(turn: Turn, event: EventOf<'published'>): void {
  const { state, at } = turn;
  const { messageId, requestId, expiresAt, uniqueUntil } = event;
  const key = slot(messageId);
  if (own(state.known, key) || own(state.messages, key)) {
    answer(turn, requestId, { ...NOTHING, outcome: 'duplicate' });
    return;
  }
  state.order += 1;
  if (uniqueUntil > at) {
    state.known[key] = true;
    addDeadline(state.deadlines, { at: uniqueUntil, kind: 'id', key });
  }
  const message: KeptMessage = {
    messageId,
    variables: event.variables,
    publishedAt: at,
    order: state.order,
    requestId,
    expiresAt: expiresAt !== null && expiresAt > at ? expiresAt : null,
    pending: [],
    correlated: [],
    started: [],
    waitsFor: [],
    failed: [],
  };
  state.messages[key] = message;
  if (message.expiresAt !== null) {
    addDeadline(state.deadlines, { at: message.expiresAt, kind: 'message', key });
  }
  offerAll(turn, message);
  settle(turn, message);
}

/** Takes note of the outcome of one delivery or start; an outcome that nobody waits for is no matter. */
function conclude(
  turn: Turn,
  messageId: string,
  ref: string | null,
  startOf: string | null,
  then: (message: KeptMessage, processId: string, pending: Pending) => void,
): void {
  const message = own(turn.state.messages, slot(messageId));
  const found = message?.pending.find(
    (one) => one.ref === ref && (startOf === null || one.processId === startOf),
  );
  if (!message || !found) return;
  message.pending = message.pending.filter((one) => one !== found);
  if (ref !== null) hasArrived(turn.state, ref, slot(messageId));
  then(message, found.processId, found);
  settle(turn, message);
}

/** Takes note of who holds the key of a process now: nobody, when that instance has ended already. */
function hold(state: MessageCorrelator, processId: string, instanceId: string | null): void {
  const process = slot(processId);
  const hasEnded = instanceId !== null && own(state.ended, process)?.includes(instanceId);
  delete state.ended[process];
  if (instanceId === null || hasEnded) delete state.holders[process];
  else state.holders[process] = instanceId;
}

function offerAll(turn: Turn, message: KeptMessage): void {
  const { queues, starts } = turn.state;
  const waiting = Object.values(queues).map(({ processId }) => processId);
  const startable = starts.map(({ processId }) => processId);
  const all = new Set([...waiting, ...processesAsleep(turn.state), ...startable]);
  for (const processId of all) offer(turn, message, processId);
}

/** Hands a message to a process, if anything of it can take the message now. */
function offer(turn: Turn, message: KeptMessage, processId: string): void {
  const { state, actions } = turn;
  const target = choose(state, processId);
  if (target) {
    if (target.isInterrupting) drop(state, refOf(target.instanceId, target.subscriptionId));
    send(turn, message, processId, target);
    return;
  }
  const sleeper = sleeperOf(state, processId);
  if (sleeper) {
    if (message.postponed?.includes(processId)) waitFor(message, processId);
    else send(turn, message, processId, sleeper);
    return;
  }
  const start = startOf(state, message, processId);
  if (!start) return;
  if (state.isKeyed && Object.hasOwn(state.holders, slot(processId))) {
    waitFor(message, processId);
    return;
  }
  if (state.isKeyed) state.holders[slot(processId)] = null;
  message.pending = [...message.pending, { processId, ref: null, start }];
  actions.push({ kind: 'start', ...start, message: handedOver(message) });
}

function waitFor(message: KeptMessage, processId: string): void {
  if (!message.waitsFor.includes(processId)) message.waitsFor = [...message.waitsFor, processId];
}

/** Hands a message to a subscription; one that sleeps may go on by now, or be gone. */
function send(
  { state, actions }: Turn,
  message: KeptMessage,
  processId: string,
  { instanceId, subscriptionId }: Pick<MessageSubscription, 'instanceId' | 'subscriptionId'>,
): void {
  const ref = refOf(instanceId, subscriptionId);
  message.pending = [...message.pending, { processId, ref }];
  hasLeft(state, ref, slot(message.messageId));
  actions.push({ kind: 'deliver', instanceId, subscriptionId, message: handedOver(message) });
}

/**
 * Forgets a subscription that its instance gave up. What is on its way to it will be offered again.
 *
 * @returns the process of one that slept, which may take other messages now
 */
function forget(state: MessageCorrelator, ref: string): string | null {
  const kept = own(state.subscriptions, ref);
  drop(state, ref);
  // One that takes a single message and is still here has none on its way.
  if (!kept?.isInterrupting) markGivenUp(state, ref);
  return forgetSleeper(state, ref);
}

function startOf(state: MessageCorrelator, message: KeptMessage, processId: string) {
  if (message.failed.includes(processId)) return undefined;
  return state.starts.find((start) => start.processId === processId);
}

/** Gives a process, which can take more now, the buffered messages that are for it, oldest first. */
function feed(turn: Turn, processId: string): void {
  const { buffer, messages } = turn.state;
  for (let index = 0; index < buffer.length; ) {
    const message = own(messages, buffer[index] ?? '');
    if (!message || !isFor(turn.state, message, processId)) {
      index += 1;
      continue;
    }
    if (!canTake(turn.state, message, processId)) return;
    buffer.splice(index, 1);
    message.waitsFor = message.waitsFor.filter((id) => id !== processId);
    offer(turn, message, processId);
  }
}

/** One that the process refused to start by waits for a subscription, and holds back no younger start (S62). */
function isFor(state: MessageCorrelator, message: KeptMessage, processId: string): boolean {
  const isFailed = message.failed.includes(processId) && !message.isInTheWay;
  if (isFailed && !choose(state, processId)) return false;
  return !isReceived(message) || message.waitsFor.includes(processId);
}

function canTake(state: MessageCorrelator, message: KeptMessage, processId: string): boolean {
  if (choose(state, processId)) return true;
  if (sleeperOf(state, processId)) return false;
  const isFree = !state.isKeyed || !Object.hasOwn(state.holders, slot(processId));
  return isFree && startOf(state, message, processId) !== undefined;
}

/** Decides what becomes of a message when nothing of it is on its way. */
function settle(turn: Turn, message: KeptMessage): void {
  if (message.pending.length > 0) return;
  const { state, at } = turn;
  if (!isReceived(message)) {
    // What was opened while the last receiver was being asked has not seen it.
    offerAll(turn, message);
    if (message.pending.length > 0) return;
  }
  const isWanted = !isReceived(message) || message.waitsFor.length > 0;
  if (isWanted && message.expiresAt !== null && message.expiresAt > at) {
    buffer(state, message);
    reply(turn, message, 'buffered');
    return;
  }
  delete state.messages[slot(message.messageId)];
  if (isWanted) turn.actions.push({ kind: 'expire', messageId: message.messageId });
  reply(turn, message, isReceived(message) ? 'received' : 'expired');
}

/** Into its place by age: a message that comes back was there before younger ones. */
function buffer(state: MessageCorrelator, message: KeptMessage): void {
  const { buffer: kept, messages } = state;
  let index = kept.length;
  while (index > 0 && (own(messages, kept[index - 1] ?? '')?.order ?? 0) > message.order)
    index -= 1;
  kept.splice(index, 0, slot(message.messageId));
}

function expireDue({ state, at, actions }: Turn): void {
  for (const { kind, key } of takeDue(state.deadlines, at)) {
    if (kind === 'id') {
      delete state.known[key];
      continue;
    }
    const message = own(state.messages, key);
    if (!message || message.pending.length > 0) continue;
    state.buffer.splice(state.buffer.indexOf(key), 1);
    delete state.messages[key];
    actions.push({ kind: 'expire', messageId: message.messageId });
  }
}

function askToWake({ state, actions }: Turn): void {
  const at = state.deadlines[0]?.at ?? null;
  if (at === state.wakeAt) return;
  state.wakeAt = at;
  actions.push({ kind: 'wakeAt', at });
}

function reply(turn: Turn, message: KeptMessage, outcome: PublishAnswer['outcome']): void {
  const { correlated, started, failed: refusedBy, expiresAt } = message;
  const bufferedUntil = outcome === 'buffered' ? expiresAt : null;
  answer(turn, message.requestId, { outcome, correlated, started, refusedBy, bufferedUntil });
  message.requestId = null;
}

function answer({ actions }: Turn, requestId: string | null, told: PublishAnswer): void {
  if (requestId !== null) actions.push({ kind: 'answer', requestId, answer: told });
}

function isReceived({ correlated, started }: KeptMessage): boolean {
  return correlated.length + started.length > 0;
}

function handedOver({ messageId, variables, publishedAt }: KeptMessage): Message {
  return { messageId, variables, publishedAt };
}

const NOTHING = { correlated: [], started: [], refusedBy: [], bufferedUntil: null } as const;

/** Whether nothing is kept any more: a host may forget the correlator and make a new one when needed. */
export function isIdle({
  buffer,
  deadlines,
  queues,
  messages,
  holders,
  sleeping = {},
}: MessageCorrelator): boolean {
  if (buffer.length > 0 || deadlines.length > 0) return false;
  return [queues, messages, holders, sleeping].every((table) => Object.keys(table).length === 0);
}
