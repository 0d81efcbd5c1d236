/**
 * Interruption: what is below ends first, innermost first, called instances confirm, and only then goes the
 * token on (S46). A scope whose tokens are taken from it holds one live count until it does.
 */
import type { Continuation, ElementInstance } from '../model/index.js';
import { closeWaits } from './arming.js';
import { proceed } from './continuations.js';
import { closeIncident, closeIncidents } from './incidents.js';
import { dropThrowsOf } from './pending-throws.js';
import type { Run } from './run.js';
import { endTask } from './tasks.js';
import { occupy, remove } from './tree.js';

/**
 * Cancels, then goes on: at once, or when the last called instance has ended.
 *
 * @param cancel - cancels what is to end and adds the child ids of called instances to its argument
 */
export function interrupt(run: Run, cancel: (calls: string[]) => void, then: Continuation): void {
  const calls: string[] = [];
  cancel(calls);
  if (calls.length === 0) {
    proceed(run, then);
    return;
  }
  const id = run.nextId('interruption');
  for (const childId of calls) {
    run.put('calls', childId, { childId, elementInstanceId: null, interruptionId: id });
  }
  run.put('interruptions', id, { id, pending: calls.length, then });
  hold(run, then, 1);
}

/** While a boundary event waits for its turn, joins see its token there. */
const hold = (run: Run, then: Continuation, by: number): void => {
  const scope = then.kind === 'boundary' ? run.state.elements[then.scopeId] : undefined;
  if (scope !== undefined && then.kind === 'boundary') occupy(run, scope, then.elementId, by);
};

/** Ends an element instance and all below it; called instances are asked to end. */
export function cancelTree(run: Run, instance: ElementInstance, calls: string[]): void {
  cancelChildren(run, instance, calls);
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
}

/** Ends everything inside a scope or body and leaves it empty; it stays itself. */
export function cancelChildren(run: Run, instance: ElementInstance, calls: string[]): void {
  while (instance.firstChildId !== null) {
    cancelTree(run, run.element(instance.firstChildId), calls);
  }
  if (instance.role === 'node') return;
  run.purge(instance.id);
  run.dropAll('waiting', instance.id);
  run.dropAll('positions', instance.id);
  closeDeadlocks(run, instance);
  adoptInterruptions(run, instance, calls);
}

/** Joins that held tokens hold none any more. */
const closeDeadlocks = (run: Run, scope: ElementInstance): void => {
  for (const id of scope.incidents) {
    if (run.state.incidents[id]?.elementId === scope.elementId) continue;
    closeIncident(run, scope, id, 'incidentClosed');
  }
};

/** Called instances that an interruption inside still waits for are waited for by the outer one. */
const adoptInterruptions = (run: Run, scope: ElementInstance, calls: string[]): void => {
  for (const { id, then } of Object.values(run.state.interruptions)) {
    const owner = 'scopeId' in then ? then.scopeId : 'bodyId' in then ? then.bodyId : null;
    if (owner !== scope.id) continue;
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
