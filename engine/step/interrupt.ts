/**
 * Interruption: what is below ends first, innermost first, called instances confirm, and only then goes the
 * token on (S46). Thousands may have to end, so it is a move of many pieces: a decision may end between any two, and
 * nothing else happens before the last. A scope whose tokens are taken from it holds one live count until it does.
 */
import type { Continuation, ElementInstance, Move } from '../model/index.js';
import { closeWaits } from './arming.js';
import { proceed } from './continuations.js';
import { closeIncident, closeIncidents } from './incidents.js';
import { dropThrowsOf } from './pending-throws.js';
import type { Run } from './run.js';
import { endTask } from './tasks.js';
import { occupy, remove } from './tree.js';

type Interrupt = Extract<Move, { readonly kind: 'interrupt' }>;

/** Ends an element instance and all below it, then goes on. */
export function interruptWhole(run: Run, instance: ElementInstance, then: Continuation): void {
  begin(run, instance, true, then);
}

/** Ends everything inside a scope or body, which stays itself, then goes on. */
export function interruptInside(run: Run, instance: ElementInstance, then: Continuation): void {
  begin(run, instance, false, then);
}

const begin = (run: Run, { id }: ElementInstance, isWhole: boolean, then: Continuation): void => {
  const { cause, actor, reason } = run;
  const origin = { cause: cause ?? 0, actor };
  run.pushFirst({ kind: 'interrupt', id, isWhole, reason, interruptionId: null, then, ...origin });
};

/** One piece: the innermost of the oldest ends; after the last the token goes on, once no called instance is left. */
export function goOnInterrupting(run: Run, interrupt: Interrupt): void {
  run.reason = interrupt.reason;
  const top = run.element(interrupt.id);
  const instance = innermost(run, top);
  const calls: string[] = [];
  empty(run, instance, interrupt, calls);
  if (instance !== top || interrupt.isWhole) end(run, instance, calls);
  const interruptionId = waitFor(run, interrupt, calls);
  if (instance !== top) return;
  run.next();
  if (interruptionId === null) proceed(run, interrupt.then);
  else hold(run, interrupt.then, 1);
}

const innermost = (run: Run, top: ElementInstance): ElementInstance => {
  let at = top;
  while (at.firstChildId !== null) at = run.element(at.firstChildId);
  return at;
};

/** Has the interruption wait for these called instances. @returns what holds those that it waits for */
const waitFor = (run: Run, interrupt: Interrupt, calls: readonly string[]): string | null => {
  if (calls.length === 0) return interrupt.interruptionId;
  const { then } = interrupt;
  const id = interrupt.interruptionId ?? run.nextId('interruption');
  for (const childId of calls) {
    run.put('calls', childId, { childId, elementInstanceId: null, interruptionId: id });
  }
  const pending = (run.state.interruptions[id]?.pending ?? 0) + calls.length;
  run.put('interruptions', id, { id, pending, then });
  if (interrupt.interruptionId === null) {
    run.next();
    run.pushFirst({ ...interrupt, interruptionId: id });
  }
  return id;
};

/** While a boundary event waits for its turn, joins see its token there. */
const hold = (run: Run, then: Continuation, by: number): void => {
  const scope = then.kind === 'boundary' ? run.state.elements[then.scopeId] : undefined;
  if (scope !== undefined && then.kind === 'boundary') occupy(run, scope, then.elementId, by);
};

/** Ends an element instance in which nothing lives any more; a called instance is asked to end. */
const end = (run: Run, instance: ElementInstance, calls: string[]): void => {
  closeWaits(run, instance);
  closeIncidents(run, instance);
  endJob(run, instance);
  endTask(run, instance, 'taskCancelled', run.reason);
  if (instance.childId !== null) {
    run.effect({ kind: 'cancelChild', id: instance.childId });
    calls.push(instance.childId);
  }
  run.record('elementCancelled', instance, { reason: run.reason }, 'S46');
  remove(run, instance);
};

/** Takes away the tokens of a scope or body that are on their way or wait at joins. */
const empty = (
  run: Run,
  instance: ElementInstance,
  { interruptionId }: Interrupt,
  calls: string[],
): void => {
  if (instance.role === 'node') return;
  run.purge(instance.id);
  run.dropAll('waiting', instance.id);
  run.dropAll('positions', instance.id);
  closeDeadlocks(run, instance);
  adoptInterruptions(run, instance, interruptionId, calls);
};

/** Joins that held tokens hold none any more. */
const closeDeadlocks = (run: Run, scope: ElementInstance): void => {
  for (const id of scope.incidents) {
    if (run.state.incidents[id]?.elementId === scope.elementId) continue;
    closeIncident(run, scope, id, 'incidentClosed');
  }
};

/** Called instances that an interruption inside still waits for are waited for by the outer one. */
const adoptInterruptions = (
  run: Run,
  scope: ElementInstance,
  outerId: string | null,
  calls: string[],
): void => {
  for (const { id, then } of Object.values(run.state.interruptions)) {
    const owner = 'scopeId' in then ? then.scopeId : 'bodyId' in then ? then.bodyId : null;
    if (owner !== scope.id || id === outerId) continue;
    run.drop('interruptions', id);
    for (const call of Object.values(run.state.calls)) {
      if (call.interruptionId === id) calls.push(call.childId);
    }
  }
};

const endJob = (run: Run, instance: ElementInstance): void => {
  if (instance.jobId === null) return;
  run.effect({ kind: 'cancelJob', id: instance.jobId });
  run.record('jobCancelled', instance, { jobId: instance.jobId });
  run.drop('jobs', instance.jobId);
  instance.jobId = null;
};

/** Ends the work that an element instance has asked for: somebody says that it is done. */
export function endWork(run: Run, instance: ElementInstance): void {
  endJob(run, instance);
  endTask(run, instance, 'taskCancelled', run.reason);
  dropThrowsOf(run, instance);
  if (instance.childId === null) return;
  run.effect({ kind: 'cancelChild', id: instance.childId });
  run.drop('calls', instance.childId);
  instance.childId = null;
  run.touch(instance);
}

/** A called instance that an interruption waits for has ended. */
export function confirmEnd(run: Run, interruptionId: string): void {
  const interruption = run.state.interruptions[interruptionId];
  if (interruption === undefined) return;
  if (interruption.pending > 1) {
    run.put('interruptions', interruptionId, {
      ...interruption,
      pending: interruption.pending - 1,
    });
    return;
  }
  run.drop('interruptions', interruptionId);
  hold(run, interruption.then, -1);
  proceed(run, interruption.then);
}
