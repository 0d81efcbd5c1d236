/**
 * The correlator of one signal name: a broadcast reaches every subscription that is open and every start
 * event; nothing is kept for later. An instance gets all its subscriptions at once, for it decides their
 * order. Class: pure but for `state`; runs in the workflow sandbox. Source: docs/semantics.md S65, S45.
 */
import { own, type Variables } from '../model/index.js';

/** A signal start event of the newest version of a process. */
export interface SignalStart {
  readonly processId: string;
  readonly elementId: string;
}

/** The state: plain JSON; instances in the order in which they came. */
export interface SignalCorrelator {
  readonly format: 1;
  starts: readonly SignalStart[];
  /** Instance → its open subscriptions, oldest first. */
  readonly instances: Record<string, readonly string[]>;
}

/** What the correlator is told. */
export type SignalCorrelatorEvent =
  /** All signal starts of this name, replacing those told before (S16). */
  | { readonly kind: 'startsChanged'; readonly starts: readonly SignalStart[] }
  | { readonly kind: 'opened'; readonly instanceId: string; readonly subscriptionId: string }
  | { readonly kind: 'closed'; readonly instanceId: string; readonly subscriptionId: string }
  | {
      readonly kind: 'broadcast';
      readonly variables: Variables;
      /** The instance that threw it, where it saw to its own subscriptions itself. */
      readonly exceptInstance?: string | null;
    };

/** What the correlator asks of its host, in order. */
export type SignalAction =
  | {
      readonly kind: 'deliver';
      readonly instanceId: string;
      readonly subscriptionIds: readonly string[];
      readonly variables: Variables;
    }
  | {
      readonly kind: 'start';
      readonly processId: string;
      readonly elementId: string;
      readonly variables: Variables;
    };

/** A correlator that knows nothing yet. */
export function createSignalCorrelator(): SignalCorrelator {
  return { format: 1, starts: [], instances: {} };
}

/** Applies one event and returns what the host has to do, in order; unknown ids change nothing. */
export function correlateSignal(
  state: SignalCorrelator,
  event: SignalCorrelatorEvent,
): readonly SignalAction[] {
  switch (event.kind) {
    case 'startsChanged':
      state.starts = event.starts;
      return [];
    case 'opened': {
      const kept = own(state.instances, event.instanceId) ?? [];
      if (kept.includes(event.subscriptionId)) return [];
      state.instances[event.instanceId] = [...kept, event.subscriptionId];
      return [];
    }
    case 'closed': {
      const kept = own(state.instances, event.instanceId) ?? [];
      const left = kept.filter((id) => id !== event.subscriptionId);
      if (left.length > 0) state.instances[event.instanceId] = left;
      else delete state.instances[event.instanceId];
      return [];
    }
    case 'broadcast':
      return broadcast(state, event);
  }
}

function broadcast(
  state: SignalCorrelator,
  { variables, exceptInstance }: Extract<SignalCorrelatorEvent, { readonly kind: 'broadcast' }>,
): readonly SignalAction[] {
  const delivered = Object.entries(state.instances)
    .filter(([instanceId]) => instanceId !== exceptInstance)
    .map(
      ([instanceId, subscriptionIds]): SignalAction => ({
        kind: 'deliver',
        instanceId,
        subscriptionIds,
        variables,
      }),
    );
  const started = state.starts.map(
    (start): SignalAction => ({ kind: 'start', ...start, variables }),
  );
  return [...delivered, ...started];
}
