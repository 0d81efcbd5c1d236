/** News within a call tree, sent to workflow ids and in order for each of them. Class: workflow. */
import {
  getExternalWorkflowHandle,
  isCancellation,
  patched,
  workflowInfo,
} from '@temporalio/workflow';
import type { HostEffect } from '../../contracts/decision.js';
import type { CallNews } from '../../contracts/instance.js';
import { SIGNALS } from '../../contracts/names.js';
import { lastPartOf } from '../../contracts/workflow-ids.js';
import { only, own } from '../../engine/model/index.js';
import type { Host, Queued } from '../instance/host.js';
import { enqueue } from '../instance/queue.js';

type EffectOf<K extends HostEffect['kind']> = Extract<HostEffect, { readonly kind: K }>;

/** Does something for another instance after all that was begun for it before. */
export function inLane(host: Host, instanceId: string, send: () => Promise<void>): Promise<void> {
  const before = host.lanes.get(instanceId) ?? Promise.resolve();
  const mine = before.then(send);
  host.lanes.set(instanceId, mine);
  return mine.then(() => {
    if (host.lanes.get(instanceId) === mine) host.lanes.delete(instanceId);
  });
}

function send(
  host: Host,
  workflowId: string,
  name: string,
  news: unknown,
  onGone: () => void,
  now: () => string = () => workflowId,
): void {
  void inLane(host, lastPartOf(workflowId), async () => {
    try {
      await getExternalWorkflowHandle(now()).signal(name, news);
    } catch (error) {
      if (isCancellation(error)) throw error;
      onGone();
    }
  });
}

const tell = (host: Host, to: string, news: CallNews, onGone: () => void): void =>
  send(host, to, SIGNALS.callNews, news, onGone);

/** Where a child runs may be known for sure only once it has been started: it is asked for when its turn comes. */
const tellChild = (
  host: Host,
  { id, to }: { readonly id: string; readonly to: string },
  news: CallNews,
  onGone: () => void,
): void => send(host, to, SIGNALS.callNews, news, onGone, () => host.children.get(id) ?? to);

/**
 * Asks a called instance to cancel. One that is gone has told its end before it went; should it have been
 * terminated from outside, it counts as cancelled.
 */
export function cancelChild(host: Host, { id }: EffectOf<'cancelChild'>): void {
  const isGone = (): void => {
    if (hasToldItsEnd(host, id)) return;
    enqueue(host, { kind: 'childEnded', childId: id, outcome: 'cancelled', variables: {} });
  };
  const workflowId = host.children.get(id);
  if (workflowId === undefined) {
    takeBackCall(host, id);
    isGone();
  } else {
    const news = { kind: 'cancel', requestId: null, actor: null } as const;
    tellChild(host, { id, to: workflowId }, news, isGone);
  }
}

/** Whether the end of a called instance is known to the core, or on its way there. */
function hasToldItsEnd({ state, deciding, queue }: Host, childId: string): boolean {
  const isItsEnd = ({ event }: Queued): boolean =>
    event.kind === 'childEnded' && event.childId === childId;
  if (deciding.some(isItsEnd) || queue.some(isItsEnd)) return true;
  return state !== null && own(state.calls, childId) === undefined;
}

/** A call that waits for room is not started any more. Histories of before started it all the same, and replay so. */
function takeBackCall({ window }: Host, id: string): void {
  if (!window.isWaiting('startChild', id)) return;
  if (patched('a-cancelled-call-is-not-started')) window.cancel('startChild', id);
}

/** Tells a called instance what became of what it threw. */
export function answerChild(host: Host, effect: EffectOf<'answerChild'>): void {
  const { id, throwId, outcome } = effect;
  const workflowId = host.children.get(id);
  if (workflowId === undefined) return;
  const news = { kind: 'throwAnswered', throwId, outcome } as const;
  tellChild(host, { id, to: workflowId }, news, () => {});
}

/** Asks the caller about an error or escalation; a caller that is gone catches nothing. */
export function askCaller(host: Host, { id, thrown }: EffectOf<'askCaller'>): void {
  const { callerWorkflowId, seed } = host.start;
  const uncaught = (): void =>
    enqueue(host, { kind: 'throwAnswered', throwId: id, outcome: 'uncaught' });
  const childId = seed.caller?.childId;
  if (!callerWorkflowId || childId === undefined) uncaught();
  else tell(host, callerWorkflowId, { kind: 'childThrew', childId, throwId: id, thrown }, uncaught);
}

/** The instance has ended: caller and message correlators are told. */
export function endInstance(
  host: Host,
  { status, variables, output }: EffectOf<'endInstance'>,
): void {
  const { callerWorkflowId, seed } = host.start;
  host.ended = { status, variables };
  for (const scope of host.timers.values()) scope.cancel();
  host.timers.clear();
  if (callerWorkflowId && seed.caller) {
    const { childId } = seed.caller;
    tell(
      host,
      callerWorkflowId,
      { kind: 'childEnded', childId, outcome: status, variables: only(variables, output) },
      () => {},
    );
  }
  giveBackKey(host);
}

/** The correlators of the messages that start its process: the key is free for the next one (S62). */
function giveBackKey(host: Host): void {
  const { seed, startedBy } = host.start;
  const news = { workflowId: workflowInfo().workflowId, processId: seed.processId };
  for (const correlator of startedBy ?? []) {
    send(host, correlator, SIGNALS.instanceEnded, news, () => {});
  }
}

/**
 * The instance could not begin: a caller learns why, and has an incident of it (S77); the key of the message that
 * was to start it is free again. Histories recorded before kept it.
 */
export function tellNotStarted(host: Host, code: string, message: string): void {
  if (host.start.startedBy !== null && patched('refused-start-gives-back-its-key')) {
    giveBackKey(host);
  }
  const { callerWorkflowId, seed } = host.start;
  const childId = seed.caller?.childId;
  if (!callerWorkflowId || childId === undefined) return;
  tell(host, callerWorkflowId, { kind: 'childNotStarted', childId, code, message }, () => {});
}
