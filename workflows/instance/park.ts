/**
 * Parking: a decision could not be taken, by a bug or for want of its definition. The events stay queued, whoever
 * waits is told so, and the decision is tried again by a growing delay or when told. Class: workflow.
 */
import {
  CancellationScope,
  isCancellation,
  proxyLocalActivities,
  sleep,
} from '@temporalio/workflow';
import type { ParkedNote } from '../../contracts/decision.js';
import { MOST_PAYLOAD_BYTES, parkedIncidentId, type Trouble } from '../../contracts/instance.js';
import { ACTIVITIES } from '../../contracts/names.js';
import type { Answer } from '../../engine/model/index.js';
import { explain } from '../texts.js';
import type { Host } from './host.js';
import { identityOf } from './identity.js';
import { stamp } from './queue.js';
import { turnAwayQueued } from './turn-away.js';

const MOST_DOUBLINGS = 6;

/** What a caller is told whose request waits: accepted, not decided yet. */
export const PARKED: Answer = {
  ok: false,
  code: 'ENGINE_PARKED',
  message: explain('ENGINE_PARKED'),
  waitingAt: [],
};

interface LocalActivities {
  [ACTIVITIES.noteParked](note: ParkedNote): Promise<void>;
}

/** Tried once, and shortly: whoever parks again tells again. */
const { [ACTIVITIES.noteParked]: noteParked } = proxyLocalActivities<LocalActivities>({
  startToCloseTimeout: '3 seconds',
  retry: { maximumAttempts: 1 },
});

/** Parks the instance after a decision that failed, and tries again later. */
export async function park(host: Host, trouble: Trouble | null): Promise<void> {
  host.failures += 1;
  stop(host, trouble);
  retryLater(host);
  await tellStore(host);
}

/** Parks an instance that has become too large for a new run: more attempts would only make its history longer. */
export async function parkTooLarge(host: Host, size: number): Promise<void> {
  const message = explain('STATE_TOO_LARGE', { limit: MOST_PAYLOAD_BYTES, size });
  stop(host, { code: 'STATE_TOO_LARGE', message });
  await tellStore(host);
}

/** Lets people see it, where the store answers; the decision that ends it ends the incident as well. */
async function tellStore(host: Host): Promise<void> {
  const { trouble, troubledAt, start, state } = host;
  const { instanceId } = start.seed;
  const note: ParkedNote = {
    ...(trouble ?? { code: 'ENGINE_PARKED', message: explain('ENGINE_PARKED') }),
    owner: { ...identityOf(host), instanceId, definition: host.definition },
    incidentId: parkedIncidentId(state?.sequence ?? 0),
    at: troubledAt ?? stamp(host),
    taskStartedAt: Date.now(),
  };
  await noteParked(note).catch((error: unknown) => {
    if (isCancellation(error)) throw error;
  });
}

function stop(host: Host, trouble: Trouble | null): void {
  host.troubledAt ??= stamp(host);
  host.trouble = trouble;
  host.stateKey = null;
  host.parked = true;
  for (const { listeners } of host.queue) {
    for (const listener of listeners.splice(0)) listener(PARKED);
  }
  turnAwayQueued(host);
}

/** Lets the next decision be tried now. */
export function unpark(host: Host): void {
  host.parkTimer?.cancel();
  host.parkTimer = null;
  host.parked = false;
  host.trouble = null;
  host.flushDue = true;
}

/** Arms the delay after which a parked instance tries again. */
export function retryLater(host: Host): void {
  host.parkTimer?.cancel();
  const doublings = Math.min(host.failures - 1, MOST_DOUBLINGS);
  const scope = new CancellationScope();
  host.parkTimer = scope;
  const due = (): void => {
    if (host.parkTimer === scope) unpark(host);
  };
  const waitMs = host.start.limits.parkMs * 2 ** doublings;
  void scope
    .run(() => sleep(waitMs))
    .then(due, (error: unknown) => {
      if (!isCancellation(error)) throw error;
    });
}
