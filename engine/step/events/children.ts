/** News from called instances, and the caller's word on what this one threw (S37, S43, S46, S79). */
import { fault } from '../../errors/index.js';
import { type ElementInstance, own } from '../../model/index.js';
import { endAll } from '../continuations.js';
import { openIncident } from '../incidents.js';
import { confirmEnd } from '../interrupt.js';
import { complete, deliver } from '../lifecycle.js';
import { dropThrow } from '../pending-throws.js';
import type { Run } from '../run.js';
import { answer, spend, throwFrom, uncaughtError } from '../throwing.js';
import type { Handler } from './index.js';
import { notAwaited } from './not-awaited.js';

/** The call activity that waits for a called instance; null when nobody does any more. */
const takeCall = (run: Run, childId: string, outcome: string): ElementInstance | null => {
  const call = own(run.state.calls, childId);
  if (call === undefined) {
    notAwaited(run, childId, 'called instance');
    return null;
  }
  run.drop('calls', childId);
  if (call.interruptionId !== null) {
    const elementId = childId.slice(0, childId.lastIndexOf(':'));
    run.cause = run.recordAt('childEnded', elementId, null, null, { childId, outcome }, 'S46');
    confirmEnd(run, call.interruptionId);
    return null;
  }
  const instance = run.element(call.elementInstanceId as string);
  instance.childId = null;
  run.touch(instance);
  run.cause = instance.since;
  return instance;
};

/** A called instance has ended; its variables are the call's result, as its propagation says. */
export const childEnded: Handler<'childEnded'> = (run, { childId, outcome, variables }) => {
  const instance = takeCall(run, childId, outcome);
  if (instance === null) return null;
  run.cause = run.record('childEnded', instance, { childId, outcome });
  if (outcome === 'completed') deliver(run, instance, { kind: 'done', variables });
  else {
    const problem = fault('CALL_CANCELLED', { element: instance.elementId });
    openIncident(run, instance, problem, undefined, 'S79');
  }
  return null;
};

/** The called process could not be started: there is none of that name. */
export const childNotStarted: Handler<'childNotStarted'> = (run, { childId, code, message }) => {
  const instance = takeCall(run, childId, 'notStarted');
  if (instance === null) return null;
  run.cause = run.record('childEnded', instance, { childId, outcome: 'notStarted' });
  openIncident(run, instance, { code, message }, undefined, 'S77');
  return null;
};

/** A called instance threw what it does not catch itself. */
export const childThrew: Handler<'childThrew'> = (run, { childId, throwId, thrown }) => {
  const call = own(run.state.calls, childId);
  const instance = call?.elementInstanceId ? run.state.elements[call.elementInstanceId] : undefined;
  if (instance === undefined) {
    answer(run, { childId, throwId }, 'interrupted');
    return null;
  }
  run.cause = instance.since;
  throwFrom(run, instance, thrown, { childId, throwId });
  return null;
};

/** The caller has decided about something that was thrown here, or further in. */
export const throwAnswered: Handler<'throwAnswered'> = (run, { throwId, outcome }) => {
  const pending = own(run.state.throws, throwId);
  if (pending !== undefined) dropThrow(run, pending);
  // States of before may hold throws of elements that have ended.
  const instance = pending && own(run.state.elements, pending.elementInstanceId);
  if (pending === undefined || instance === undefined) {
    notAwaited(run, throwId, 'thrown error or escalation');
    return null;
  }
  run.cause = instance.since;
  run.cause = run.record('throwAnswered', instance, { throwId, code: pending.code, outcome });
  if (pending.child !== null) answer(run, pending.child, outcome);
  if (outcome === 'interrupted') {
    if (pending.child === null) spend(run, instance, pending.kind);
    run.reason = `was ended because the caller took '${pending.code}'`;
    endAll(run, 'failed');
  } else if (pending.child === null)
    goOn(run, instance, pending.kind, pending.code, pending.message);
  return null;
};

const goOn = (
  run: Run,
  instance: ElementInstance,
  kind: 'error' | 'escalation',
  code: string,
  message: string,
): void => {
  if (kind === 'escalation') complete(run, instance, run.node(instance.elementId), null);
  else openIncident(run, instance, uncaughtError(instance, code, message), undefined, 'S39');
};
