/**
 * Subscriptions of suspended instances: such an instance turned a message away and opens another subscription when it
 * goes on. Until then it still comes before a start event of its process, and after every open subscription.
 * Class: pure but for the correlator it is given. Source: docs/semantics.md S58, S61.
 */
import { own } from '../model/index.js';
import type { MessageCorrelator } from './message-types.js';
import { drop, refOf, slot } from './subscriptions.js';

type Sleeper = { readonly instanceId: string; readonly subscriptionId: string };

/** Takes note that the instance of a subscription is suspended. */
export function putToSleep(state: MessageCorrelator, processId: string, sleeper: Sleeper): void {
  const ref = refOf(sleeper.instanceId, sleeper.subscriptionId);
  drop(state, ref);
  state.sleeping ??= {};
  state.sleeping[slot(processId)] ??= { processId, refs: {} };
  (state.sleeping[slot(processId)] as { refs: Record<string, Sleeper> }).refs[ref] = sleeper;
}

/** The subscription of a suspended instance that a message of this process would be for; null: there is none. */
export function sleeperOf(state: MessageCorrelator, processId: string): Sleeper | null {
  const refs = own(state.sleeping ?? {}, slot(processId))?.refs ?? {};
  return Object.values(refs)[0] ?? null;
}

/** Forgets one that sleeps, if it does. @returns its process, which may take other messages now */
export function forgetSleeper(state: MessageCorrelator, ref: string): string | null {
  for (const [process, { processId, refs }] of Object.entries(state.sleeping ?? {})) {
    if (!own(refs, ref)) continue;
    delete refs[ref];
    if (Object.keys(refs).length === 0) delete state.sleeping?.[process];
    return processId;
  }
  return null;
}

/** Processes of which something sleeps. */
export function processesAsleep({ sleeping = {} }: MessageCorrelator): readonly string[] {
  return Object.values(sleeping).map(({ processId }) => processId);
}
