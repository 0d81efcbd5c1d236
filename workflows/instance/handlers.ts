/**
 * What others may do to an instance: Updates that answer with the decision, signals within a call tree, and one
 * query. Validators are synchronous and change nothing; handlers only queue. Class: workflow.
 */
import {
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  setHandler,
} from '@temporalio/workflow';
import type {
  CallNews,
  DroppedEvent,
  HostView,
  InstanceAnswer,
  InstanceRequest,
  StartedAnswer,
} from '../../contracts/instance.js';
import { LOOKS, QUERIES, SIGNALS, UPDATES } from '../../contracts/names.js';
import { type Answer, own } from '../../engine/model/index.js';
import { tellNotStarted } from '../effects/call.js';
import { refuse } from '../texts.js';
import { answerOf } from './answer.js';
import { deliveryOf, eventOf, remember, repeatedAnswer } from './deliveries.js';
import type { Host } from './host.js';
import { showBy } from './look.js';
import { PARKED, unpark } from './park.js';
import { enqueue, findRequest } from './queue.js';
import { turnAway } from './turn-away.js';
import { registerVirtualClock } from './virtual-clock.js';

/** Requests of one instance that may wait for a decision at a time. */
const MOST_WAITING = 500;

/** Which requests come by which Update. */
const REQUESTS: Readonly<Record<string, readonly InstanceRequest['kind'][]>> = {
  [UPDATES.completeTask]: ['taskCompleted'],
  [UPDATES.assignTask]: ['taskAssigned'],
  [UPDATES.delegateTask]: ['taskDelegated'],
  [UPDATES.returnTask]: ['taskReturned'],
  [UPDATES.updateTask]: ['taskUpdated'],
  [UPDATES.commentTask]: ['taskCommented'],
  [UPDATES.resolveIncident]: ['resolveIncident'],
  [UPDATES.cancel]: ['cancel'],
  [UPDATES.suspend]: ['suspend'],
  [UPDATES.resume]: ['resume'],
  [UPDATES.setVariables]: ['setVariables'],
  [UPDATES.modify]: ['modify'],
  [UPDATES.migrate]: ['migrate'],
  [UPDATES.deliver]: ['messageReceived', 'signalReceived'],
};

/** Registers everything, before the workflow waits for the first time. */
export function registerHandlers(host: Host): void {
  for (const [name, kinds] of Object.entries(REQUESTS)) {
    const validator = (request: InstanceRequest): void => validate(host, name, kinds, request);
    const handler = (request: InstanceRequest): Promise<InstanceAnswer> => ask(host, request);
    setHandler(defineUpdate<InstanceAnswer, [InstanceRequest]>(name), handler, { validator });
  }
  setHandler(defineUpdate<StartedAnswer>(UPDATES.started), () => whenStarted(host));
  setHandler(defineUpdate<InstanceAnswer>(UPDATES.retryDecision), () => retryDecision(host));
  setHandler(
    defineUpdate<DroppedEvent, [number, string]>(UPDATES.dropEvent),
    (index) => dropEvent(host, index),
    { validator: (index, kind) => refuseDrop(host, index, kind) },
  );
  setHandler(defineSignal<[CallNews]>(SIGNALS.callNews), (news) => {
    host.signals += 1;
    if (news.kind === 'childEnded' || news.kind === 'childNotStarted') host.window.callEnded();
    enqueue(host, news);
  });
  setHandler(defineQuery<HostView>(QUERIES.state), () => viewOf(host));
  showBy(LOOKS.state, () => viewOf(host));
  registerVirtualClock(host);
}

function validate(
  host: Host,
  update: string,
  kinds: readonly string[],
  request: InstanceRequest,
): void {
  if (!kinds.includes(request?.kind)) refuse('REQUEST_INVALID', { detail: `it is no ${update}` });
  if (host.queue.length >= MOST_WAITING) refuse('INSTANCE_BUSY', { limit: MOST_WAITING });
}

async function ask(host: Host, request: InstanceRequest): Promise<InstanceAnswer> {
  host.updates += 1;
  const delivery = deliveryOf(request);
  if (delivery !== null) return answerOf(host, await taken(host, request, delivery));
  const requestId = 'requestId' in request ? request.requestId : null;
  const handled = requestId === null ? undefined : own(host.state?.requests ?? {}, requestId);
  if (handled) return answerOf(host, handled.answer);
  return answerOf(host, await decided(host, request, requestId));
}

/** Takes a delivery, the first time it comes. */
async function taken(
  host: Host,
  request: InstanceRequest,
  delivery: string,
): Promise<Answer | null> {
  const before = repeatedAnswer(host, delivery);
  if (before) return before;
  remember(host, delivery, null);
  const answer = await handedOver(host, request);
  remember(host, delivery, answer);
  return answer;
}

function handedOver(host: Host, request: InstanceRequest): Promise<Answer | null> {
  if (!host.parked || request.kind !== 'messageReceived')
    return decided(host, eventOf(request), null);
  turnAway(host, request.subscriptionId);
  return Promise.resolve(PARKED);
}

function decided(
  host: Host,
  request: InstanceRequest,
  requestId: string | null,
): Promise<Answer | null> {
  const queued = requestId === null ? undefined : findRequest(host, requestId);
  if (host.parked) {
    if (!queued) enqueue(host, request);
    return Promise.resolve(PARKED);
  }
  return new Promise((resolve) => {
    if (queued) queued.listeners.push(resolve);
    else enqueue(host, request, resolve);
  });
}

async function whenStarted(host: Host): Promise<StartedAnswer> {
  await condition(() => host.firstAnswer !== null || host.parked);
  const answer = answerOf(host, host.firstAnswer ?? PARKED);
  return { ...answer, origin: host.start.origin ?? null };
}

/**
 * Tries a parked decision again; answers where the instance stands then. One that is not parked takes a decision on
 * nothing: what the store has of a decision that was never recorded goes.
 */
async function retryDecision(host: Host): Promise<InstanceAnswer> {
  if (host.parked) unpark(host);
  else host.flushDue = true;
  await condition(
    () => host.parked || (host.queue.length === 0 && host.deciding.length === 0 && !host.flushDue),
  );
  return answerOf(host, host.parked ? PARKED : null);
}

function refuseDrop({ parked, queue }: Host, index: number, kind: string): void {
  if (!parked) refuse('REQUEST_INVALID', { detail: 'the instance is not parked' });
  const found = queue[index]?.event.kind;
  if (found === undefined) refuse('REQUEST_INVALID', { detail: `no event ${index} waits` });
  if (found !== kind)
    refuse('REQUEST_INVALID', { detail: `event ${index} is ${found}, not ${kind}` });
}

/** Takes an event away that no decision can be taken on. The others wait until the decision is tried again. */
function dropEvent(host: Host, index: number): DroppedEvent {
  const [gone] = host.queue.splice(index, 1);
  if (!gone) throw new Error(`no event ${index} waits`);
  if (gone.event.kind === 'start') endUnstarted(host);
  return { ...answerOf(host, null), dropped: gone.event.kind };
}

/** An instance that will never start ends, as one whose start was refused. */
function endUnstarted(host: Host): void {
  host.ended ??= { status: 'created', variables: {} };
  tellNotStarted(host, host.trouble?.code ?? 'ENGINE_PARKED', host.trouble?.message ?? '');
}

function viewOf(host: Host): HostView {
  return {
    state: host.state,
    definition: host.definition,
    parked: host.parked,
    trouble: host.trouble,
    waiting: host.queue.map(({ event }) => event.kind),
    unacknowledged: host.unacknowledged.length,
    openActivities: host.window.openCount,
    runs: host.runs,
  };
}
