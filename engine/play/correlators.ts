/**
 * Messages and signals in memory: one correlator a (name, key), as in the durable host, driven in virtual
 * time. The key of a message start is held by one instance across message names (S62).
 * Class: pure seen from outside. Source: docs/semantics.md S59–S65.
 */
import {
  correlateMessage,
  correlateSignal,
  createMessageCorrelator,
  createSignalCorrelator,
  isIdle,
  MESSAGE_ID_RETENTION_MS,
  type Message,
  type MessageAction,
  type MessageCorrelator,
  type MessageCorrelatorEvent,
  type PublishAnswer,
  type SignalCorrelator,
} from '../correlation/index.js';
import type { Effect, ExecutableProcess, InstanceEvent, Variables } from '../model/index.js';
import type { Reception } from '../step/index.js';
import type { Alarms } from './alarms.js';
import type { PlayInstance } from './types.js';

type Opening = Extract<Effect, { readonly kind: 'openSubscription' }>;
type Closing = Extract<Effect, { readonly kind: 'closeSubscription' }>;

/** What correlation needs of its host. */
export interface CorrelationHost {
  readonly alarms: Alarms;
  /** The newest version of each process. */
  readonly newest: ReadonlyMap<string, ExecutableProcess>;
  now(): string;
  instance(id: string): PlayInstance | undefined;
  enqueue(instance: PlayInstance, event: InstanceEvent): void;
  /** Queues a message; `told` hears what it met when its turn came. */
  enqueueMessage(
    instance: PlayInstance,
    subscriptionId: string,
    message: Message,
    told: (reception: Reception) => void,
  ): void;
  /** Queues the start of a new instance and returns its id; `told` hears whether it did start. */
  launch(
    processId: string,
    elementId: string,
    variables: Variables,
    told: (isStarted: boolean) => void,
  ): string;
}

/** Correlation of a run. */
export interface Correlators {
  open(instance: PlayInstance, effect: Opening): void;
  close(instance: PlayInstance, effect: Closing): void;
  /** `expiresAt` null: no buffer. `told` hears what became of it. */
  publish(
    message: { readonly name: string; readonly key: string; readonly messageId: string },
    variables: Variables,
    expiresAt: string | null,
    told: (answer: PublishAnswer) => void,
  ): void;
  broadcast(name: string, variables: Variables, exceptInstance?: string | null): void;
  /** Gives back the key that an instance held. */
  release(instanceId: string): void;
}

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly state: MessageCorrelator;
}

/** Makes the correlators of a run; each comes into being when it is first needed. */
export function createCorrelators(host: CorrelationHost): Correlators {
  const entries = new Map<string, Entry>();
  const signals = new Map<string, SignalCorrelator>();
  const asked = new Map<string, (answer: PublishAnswer) => void>();
  const holds = createHolds();
  let asks = 0;

  const entryOf = (name: string, key: string): Entry => {
    const id = JSON.stringify([name, key]);
    const known = entries.get(id);
    if (known) return known;
    const entry = { id, name, key, state: createMessageCorrelator(key !== '') };
    entry.state.starts = startsOf(host.newest, 'message', name);
    entries.set(id, entry);
    return entry;
  };

  const tell = (entry: Entry, event: MessageCorrelatorEvent): void => {
    for (const action of correlateMessage(entry.state, event)) carryOut(entry, action);
    if (isIdle(entry.state)) entries.delete(entry.id);
  };

  const carryOut = (entry: Entry, action: MessageAction): void => {
    if (action.kind === 'deliver') deliver(entry, action);
    else if (action.kind === 'start') start(entry, action);
    else if (action.kind === 'wakeAt') wake(entry, action.at);
    else if (action.kind === 'answer') {
      asked.get(action.requestId)?.(action.answer);
      asked.delete(action.requestId);
    }
  };

  const deliver = (entry: Entry, action: Extract<MessageAction, { kind: 'deliver' }>): void => {
    const { instanceId, subscriptionId, message } = action;
    const told = (reception: Reception): void => {
      const kind = reception === 'gone' ? 'refused' : reception;
      const { messageId } = message;
      tell(entry, { kind, at: host.now(), messageId, instanceId, subscriptionId });
    };
    const instance = host.instance(instanceId);
    if (instance) host.enqueueMessage(instance, subscriptionId, message, told);
    else told('gone');
  };

  const start = (entry: Entry, action: Extract<MessageAction, { kind: 'start' }>): void => {
    const { processId, elementId } = action;
    const { messageId, variables } = action.message;
    const refuse = (busyWith: string | null): void =>
      tell(entry, { kind: 'startRefused', at: host.now(), messageId, processId, busyWith });
    const holder = entry.key === '' ? null : holds.holderOf(processId, entry.key);
    if (holder !== null) {
      holds.await(processId, entry.key, entry);
      refuse(holder);
      return;
    }
    const instanceId = host.launch(processId, elementId, variables, (isStarted) => {
      if (isStarted) {
        tell(entry, { kind: 'started', at: host.now(), messageId, processId, instanceId });
        return;
      }
      refuse(null);
      release(instanceId);
    });
    if (entry.key !== '') holds.take(processId, entry.key, instanceId, entry);
  };

  const wake = (entry: Entry, at: string | null): void => {
    const key = `message ${entry.id}`;
    if (at === null) host.alarms.cancel(key);
    else {
      const ring = () => tell(entry, { kind: 'woken', at: host.now() });
      host.alarms.set(key, Date.parse(at), ring);
    }
  };

  const release = (instanceId: string): void => {
    for (const { processId, entry } of holds.release(instanceId)) {
      tell(entry, { kind: 'instanceEnded', at: host.now(), processId, instanceId });
    }
  };

  const signalOf = (name: string): SignalCorrelator => {
    const known = signals.get(name);
    if (known) return known;
    const made = createSignalCorrelator();
    made.starts = startsOf(host.newest, 'signal', name);
    signals.set(name, made);
    return made;
  };

  return {
    open: (instance, { of, name, key, id: subscriptionId, depth, isInterrupting, replaces }) => {
      const instanceId = instance.id;
      if (of === 'signal') {
        correlateSignal(signalOf(name), { kind: 'opened', instanceId, subscriptionId });
        return;
      }
      const processId = instance.process.id;
      const place = { instanceId, subscriptionId, processId, depth, isInterrupting };
      const subscription = replaces === undefined ? place : { ...place, replaces };
      tell(entryOf(name, key), { kind: 'opened', at: host.now(), subscription });
    },
    close: (instance, { of, name, key, id: subscriptionId }) => {
      const instanceId = instance.id;
      if (of === 'signal') {
        correlateSignal(signalOf(name), { kind: 'closed', instanceId, subscriptionId });
      } else {
        tell(entryOf(name, key), { kind: 'closed', at: host.now(), instanceId, subscriptionId });
      }
    },
    publish: ({ name, key, messageId }, variables, expiresAt, told) => {
      const at = host.now();
      const entry = entryOf(name, key);
      asks += 1;
      const requestId = String(asks);
      asked.set(requestId, told);
      tell(entry, {
        kind: 'published',
        at,
        requestId,
        messageId,
        variables,
        expiresAt,
        uniqueUntil: uniqueUntil(at, expiresAt),
      });
    },
    broadcast: (name, variables, exceptInstance = null) => {
      const event = { kind: 'broadcast', variables, exceptInstance } as const;
      for (const action of correlateSignal(signalOf(name), event)) {
        if (action.kind === 'start') {
          host.launch(action.processId, action.elementId, variables, () => {});
          continue;
        }
        const instance = host.instance(action.instanceId);
        const { subscriptionIds } = action;
        const at = host.now();
        if (instance) {
          host.enqueue(instance, { kind: 'signalReceived', at, subscriptionIds, variables });
        }
      }
    },
    release,
  };
}

function startsOf(
  newest: ReadonlyMap<string, ExecutableProcess>,
  trigger: 'message' | 'signal',
  name: string,
): readonly { readonly processId: string; readonly elementId: string }[] {
  return [...newest.values()].flatMap((process) =>
    process.starts
      .filter((start) => start.trigger === trigger && start.name === name)
      .map(({ elementId }) => ({ processId: process.id, elementId })),
  );
}

function uniqueUntil(at: string, expiresAt: string | null): string {
  const least = new Date(Date.parse(at) + MESSAGE_ID_RETENTION_MS).toISOString();
  return expiresAt !== null && expiresAt > least ? expiresAt : least;
}

/** Which instance holds which key of which process, and which correlators wait for its end. */
function createHolds() {
  const byKey = new Map<string, { readonly instanceId: string; readonly waiters: Set<Entry> }>();
  const byInstance = new Map<string, { readonly processId: string; readonly id: string }>();
  const idOf = (processId: string, key: string): string => JSON.stringify([processId, key]);
  return {
    holderOf: (processId: string, key: string): string | null =>
      byKey.get(idOf(processId, key))?.instanceId ?? null,
    await: (processId: string, key: string, entry: Entry): void => {
      byKey.get(idOf(processId, key))?.waiters.add(entry);
    },
    take: (processId: string, key: string, instanceId: string, entry: Entry): void => {
      const id = idOf(processId, key);
      byKey.set(id, { instanceId, waiters: new Set([entry]) });
      byInstance.set(instanceId, { processId, id });
    },
    release: (
      instanceId: string,
    ): readonly { readonly processId: string; readonly entry: Entry }[] => {
      const held = byInstance.get(instanceId);
      if (!held) return [];
      const waiters = byKey.get(held.id)?.waiters ?? [];
      byInstance.delete(instanceId);
      byKey.delete(held.id);
      return [...waiters].map((entry) => ({ processId: held.processId, entry }));
    },
  };
}
