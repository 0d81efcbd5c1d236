/** Arming and closing: timers and subscriptions that wait for an event on behalf of an element instance. */
import { type Fault, fault, reasonIn } from '../errors/index.js';
import type {
  ElementInstance,
  EventNode,
  FlowNodeBase,
  Json,
  OpenTimer,
  Subscription,
  TimerSeries,
  Trigger,
} from '../model/index.js';
import { armTimer } from '../triggers/timer/index.js';
import { compute } from './compute.js';
import type { Run } from './run.js';
import { depthOf } from './tree.js';

type Armable = Extract<Trigger, { kind: 'timer' | 'message' | 'signal' }>;

/** A text value of a trigger: names, keys, timer texts. */
const textOf = (value: Json): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;

/** Whether its owner goes on without it: a token that waits for nothing else must not wait for ever. */
const isOptional = (run: Run, elementId: string): boolean =>
  ['boundaryEvent', 'startEvent'].includes(run.node(elementId).kind);

const ARM: {
  readonly [K in Armable['kind']]: (
    run: Run,
    owner: ElementInstance,
    elementId: string,
    trigger: Extract<Armable, { kind: K }>,
    isInterrupting: boolean,
  ) => Fault | null;
} = {
  timer: (run, owner, elementId, { timer, text }) => {
    const value = compute(run, owner, text, elementId);
    if (!value.ok) return value.fault;
    const context = { at: run.at, zone: run.process.zone };
    const given = textOf(value.value) ?? JSON.stringify(value.value);
    const armed = armTimer(timer, given, context);
    if (!armed.ok) {
      if (armed.fault.code !== 'TIMER_ENDED' || !isOptional(run, elementId)) return armed.fault;
      run.recordAt('timerEnded', elementId, owner.id, owner.parentId, { text: given }, 'S54');
      return null;
    }
    startTimer(run, owner, elementId, armed.series);
    return null;
  },
  message: (run, owner, elementId, trigger, isInterrupting) => {
    const name = compute(run, owner, trigger.name, elementId);
    if (!name.ok) return name.fault;
    const key =
      trigger.correlationKey === null ? '' : correlationKey(run, owner, elementId, trigger);
    if (typeof key !== 'string') return key;
    subscribe(run, owner, {
      of: 'message',
      name: String(name.value),
      key,
      elementId,
      isInterrupting,
    });
    return null;
  },
  signal: (run, owner, elementId, trigger, isInterrupting) => {
    const name = compute(run, owner, trigger.name, elementId);
    if (!name.ok) return name.fault;
    const signal = { of: 'signal', name: String(name.value), key: '', elementId, isInterrupting };
    subscribe(run, owner, signal as Wanted);
    return null;
  },
};

/** The key of a message as text, evaluated once (S59). */
export function correlationKey(
  run: Run,
  from: ElementInstance,
  elementId: string,
  trigger: Extract<Trigger, { kind: 'message' }>,
): string | Fault {
  if (trigger.correlationKey === null) return '';
  const key = compute(run, from, trigger.correlationKey, elementId);
  const refuse = (detail: string): Fault =>
    fault('CORRELATION_KEY', { element: elementId, detail });
  if (!key.ok) return refuse(reasonIn(key.fault.message));
  const text = textOf(key.value);
  return text === null ? refuse(`it is ${JSON.stringify(key.value).slice(0, 80)}`) : text;
}

/** Arms the trigger of event `elementId` on behalf of `owner`; triggers that nobody waits for do nothing. */
export function arm(
  run: Run,
  owner: ElementInstance,
  elementId: string,
  trigger: Trigger,
  isInterrupting: boolean,
): Fault | null {
  switch (trigger.kind) {
    case 'timer':
      return ARM.timer(run, owner, elementId, trigger, isInterrupting);
    case 'message':
      return ARM.message(run, owner, elementId, trigger, isInterrupting);
    case 'signal':
      return ARM.signal(run, owner, elementId, trigger, isInterrupting);
    default:
      return null;
  }
}

/** Opens a timer for the due occurrence of a series. */
export function startTimer(
  run: Run,
  owner: ElementInstance,
  elementId: string,
  series: TimerSeries,
): void {
  const id = run.nextId(elementId);
  const armed = run.state.suspendedAt === null ? {} : { armedAt: run.at };
  run.put('timers', id, { id, ownerId: owner.id, elementId, series, ...armed });
  owner.timers = [...owner.timers, id];
  run.touch(owner);
  run.effect({ kind: 'startTimer', id, dueAt: series.dueAt });
  run.recordAt('timerArmed', elementId, owner.id, owner.parentId, {
    timerId: id,
    dueAt: series.dueAt,
    text: series.text,
  });
}

interface Wanted {
  readonly of: 'message' | 'signal';
  readonly name: string;
  readonly key: string;
  readonly elementId: string;
  readonly isInterrupting: boolean;
}

const subscribe = (run: Run, owner: ElementInstance, wanted: Wanted): void => {
  const { of, name, key, elementId, isInterrupting } = wanted;
  // A boundary event or arm lies beside its owner, the start of an event sub-process inside of it.
  const depth = depthOf(run, owner) - (run.node(elementId).kind === 'startEvent' ? 0 : 1);
  const row = { kind: of, name, key, ownerId: owner.id, elementId, depth, isInterrupting };
  open(run, owner, { ...row, id: run.nextId(elementId) });
};

const open = (run: Run, owner: ElementInstance, row: Subscription): void => {
  const { id, kind: of, name, key, elementId, ownerId: _, ...place } = row;
  run.put('subscriptions', id, row);
  owner.subscriptions = [...owner.subscriptions, id];
  run.touch(owner);
  run.effect({ kind: 'openSubscription', id, of, name, key, elementId, ...place });
  const data = { subscriptionId: id, of, name, key };
  run.recordAt('subscriptionOpened', elementId, owner.id, owner.parentId, data);
};

/** Opens a subscription anew: under another id, with the key that it was opened with (S59). */
export function openAnew(run: Run, { isLapsed: _, ...row }: Subscription): void {
  const owner = run.element(row.ownerId);
  const data = { subscriptionId: row.id };
  run.recordAt('subscriptionClosed', row.elementId, owner.id, owner.parentId, data);
  run.drop('subscriptions', row.id);
  owner.subscriptions = owner.subscriptions.filter((id) => id !== row.id);
  open(run, owner, { ...row, id: run.nextId(row.elementId), replaces: row.id });
}

/** Arms every boundary event of a host. */
export function armBoundary(run: Run, host: ElementInstance, node: FlowNodeBase): Fault | null {
  for (const id of node.boundary) {
    const event = run.node(id) as EventNode;
    const problem = arm(run, host, id, event.trigger, event.isInterrupting);
    if (problem !== null) return problem;
  }
  return null;
}

/** Closes one timer. */
export function closeTimer(run: Run, timer: OpenTimer): void {
  run.drop('timers', timer.id);
  run.effect({ kind: 'cancelTimer', id: timer.id });
  run.recordAt('timerCancelled', timer.elementId, timer.ownerId, null, { timerId: timer.id });
}

/** Closes one subscription. */
export function closeSubscription(run: Run, { id, kind, name, key, ...row }: Subscription): void {
  run.drop('subscriptions', id);
  run.effect({ kind: 'closeSubscription', id, of: kind, name, key });
  // If it never came to be opened, its correlator still has the one before it.
  if (row.replaces)
    run.effect({ kind: 'closeSubscription', id: row.replaces, of: kind, name, key });
  run.recordAt('subscriptionClosed', row.elementId, row.ownerId, null, { subscriptionId: id });
}

/** Closes all that an element instance waits for, boundary events included. */
export function closeWaits(run: Run, instance: ElementInstance): void {
  if (instance.timers.length === 0 && instance.subscriptions.length === 0) return;
  closeWaitsBut(run, instance, () => false);
}

/** Closes what an element instance itself waits for and keeps what `isKept` says. */
export function closeWaitsBut(
  run: Run,
  instance: ElementInstance,
  isKept: (elementId: string) => boolean,
): void {
  const { timers, subscriptions } = run.state;
  instance.timers = instance.timers.filter((id) => {
    const timer = timers[id];
    if (timer === undefined || isKept(timer.elementId)) return timer !== undefined;
    closeTimer(run, timer);
    return false;
  });
  instance.subscriptions = instance.subscriptions.filter((id) => {
    const row = subscriptions[id];
    if (row === undefined || isKept(row.elementId)) return row !== undefined;
    closeSubscription(run, row);
    return false;
  });
  run.touch(instance);
}
