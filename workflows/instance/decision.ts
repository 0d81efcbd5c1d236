/** Asking for a decision, and taking it over. Class: workflow. Source: docs/design.md D4; Temporal, "Events reference". */
import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  proxyLocalActivities,
} from '@temporalio/workflow';
import type { DecideInput, DecideResult, Decision, StateSource } from '../../contracts/decision.js';
import type { Trouble } from '../../contracts/instance.js';
import { ACTIVITIES } from '../../contracts/names.js';
import { type Answer, applyDelta, type JournalEntry, sizeOf } from '../../engine/model/index.js';
import { tellNotStarted } from '../effects/call.js';
import { executeEffect } from '../effects/index.js';
import { answerOf } from './answer.js';
import { drainLongRun, MOST_WAITING_BYTES } from './drain.js';
import type { Host, Queued } from './host.js';
import { identityOf } from './identity.js';
import { keepOffering } from './journal.js';
import { park } from './park.js';
import { stamp } from './queue.js';

interface LocalActivities {
  [ACTIVITIES.decide](input: DecideInput): Promise<DecideResult>;
}

const { [ACTIVITIES.decide]: decide } = proxyLocalActivities<LocalActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { maximumAttempts: 3, initialInterval: '100 milliseconds', maximumInterval: '1 second' },
});

/** Events that one decision is given at most: what is left over goes into the next. */
const MOST_EVENTS = 100;
const MOST_MESSAGE = 2048;

/** Whether there is something to decide, and the instance is not parked. */
export function mayDecide(host: Host): boolean {
  if (host.parked) return false;
  const isDue = host.queue.length > 0 || host.localJobs.length > 0 || host.flushDue;
  const { isDraining, waitingBytes } = host.window;
  return isDue || (host.hasMore && !isDraining && waitingBytes <= MOST_WAITING_BYTES);
}

/** Takes one decision for the events at hand; when none can be taken, parks the instance with all it has. */
export async function decideNext(host: Host): Promise<void> {
  // A journal that grows too long without being stored is seen to first, and alone.
  const isFull = sizeOf(host.unacknowledged) > host.start.limits.journalBytes;
  const batch = isFull ? [] : host.queue.splice(0, MOST_EVENTS);
  host.deciding = batch;
  host.isDeciding = true;
  host.isUntraced = false;
  let trouble: Trouble | null = null;
  const decision = await askDecision(host, batch, !isFull).catch((error: unknown) => {
    if (isCancellation(error)) throw error;
    trouble = troubleOf(error);
    return null;
  });
  host.deciding = [];
  host.isDeciding = false;
  host.queue.unshift(...batch.slice(decision?.taken ?? 0));
  if (decision === null) {
    await park(host, trouble);
    return;
  }
  host.failures = 0;
  host.troubledAt = null;
  takeOver(host, decision, batch.slice(0, decision.taken), isFull ? 'flush' : 'asked');
  if (isFull && host.unacknowledged.length > 0) await park(host, null);
}

function troubleOf(error: unknown): Trouble {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const code = (cause instanceof ApplicationFailure ? cause.type : null) ?? 'ENGINE_PARKED';
  const message = cause instanceof Error ? cause.message : String(cause);
  return { code, message: message.slice(0, MOST_MESSAGE) };
}

async function askDecision(
  host: Host,
  batch: readonly Queued[],
  goesOn: boolean,
): Promise<Decision> {
  const { definition } = host;
  const { seed } = host.start;
  const ask = (source: StateSource): Promise<DecideResult> =>
    decide({
      instanceId: seed.instanceId,
      definition,
      identity: identityOf(host),
      source,
      at: stamp(host),
      taskStartedAt: Date.now(),
      events: batch.map(({ event }) => event),
      localJobs: goesOn ? host.localJobs : [],
      hasMore: goesOn && host.hasMore,
      unacknowledged: [...host.adopted, ...host.unacknowledged],
    });
  const first = await ask(sourceOf(host));
  if (first.kind === 'decided') return first;
  const second = await ask(wholeOf(host));
  if (second.kind === 'decided') return second;
  throw new Error('decide asked for a state that it was given');
}

function wholeOf({ state, start }: Host): StateSource {
  return state ? { kind: 'whole', state } : { kind: 'seed', seed: start.seed };
}

function sourceOf(host: Host): StateSource {
  return host.state && host.stateKey ? { kind: 'kept', key: host.stateKey } : wholeOf(host);
}

/**
 * Applies a decision and carries out its effects.
 *
 * @param taken - the queued events that it answers
 * @param how - `asked` for; asked to `flush` the journal alone, which leaves other work where it is; or taken `early`
 */
export function takeOver(
  host: Host,
  decision: Decision,
  taken: readonly Queued[],
  how: 'asked' | 'flush' | 'early',
): void {
  if (decision.initial) host.state = decision.initial;
  if (!host.state) throw new Error('the first decision brought no state');
  applyDelta(host.state, decision.delta);
  if (decision.definition) host.definition = decision.definition;
  host.stateKey = decision.key;
  host.decisions += 1;
  if (decision.lastAt > host.lastAt) host.lastAt = decision.lastAt;
  if (how !== 'flush') {
    host.localJobs = decision.localJobs;
    host.hasMore = decision.hasMore;
  }
  const { acknowledged, entries } = decision;
  const isOpen = ({ sequence }: JournalEntry): boolean => sequence > acknowledged;
  if (how === 'early') {
    host.adopted = [...host.adopted, ...entries.filter((entry) => !isOpen(entry))];
    host.unacknowledged = entries.filter(isOpen);
  } else {
    host.unacknowledged = [...host.adopted, ...host.unacknowledged, ...entries].filter(isOpen);
    host.adopted = [];
  }
  keepOffering(host);
  // How long the history is may read differently in a replay, but where a decision was asked for it does not.
  if (how !== 'early') drainLongRun(host);
  for (const effect of decision.effects) executeEffect(host, effect);
  taken.forEach((queued, index) => {
    tell(host, queued, decision.answers[index] ?? null);
  });
}

function tell(host: Host, { event, listeners }: Queued, answer: Answer | null): void {
  for (const listener of listeners) listener(answer);
  if (event.kind !== 'start') return;
  host.firstAnswer = answerOf(host, answer);
  if (answer?.ok !== false) return;
  // A start that was refused leaves nothing behind but the word to who called, and to its correlators.
  host.ended ??= { status: 'created', variables: {} };
  tellNotStarted(host, answer.code ?? '', answer.message);
}
