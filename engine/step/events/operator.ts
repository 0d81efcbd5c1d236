/** What operators do: cancel, suspend and resume, set variables, resolve incidents. */
import { fault } from '../../errors/index.js';
import {
  type ElementInstance,
  type EventNode,
  type Move,
  own,
  sameJson,
} from '../../model/index.js';
import { elapsedMs, shiftTimer } from '../../triggers/timer/index.js';
import { arm } from '../arming.js';
import { definitionOf } from '../chart.js';
import { endAll } from '../continuations.js';
import { checkNames, checkResult, checkVariables, checkWritten } from '../declarations.js';
import { closeIncident, openIncident } from '../incidents.js';
import { endInstance } from '../instance.js';
import { endWork } from '../interrupt.js';
import { deliver } from '../lifecycle.js';
import type { Run } from '../run.js';
import { setLocal, write } from '../variables.js';
import type { Handler } from './index.js';

/** Cancels the instance: everything inside ends first, called instances confirm. */
export const cancel: Handler<'cancel'> = (run, { actor }) => {
  const { state } = run;
  // What was kept while suspended is taken afterwards: a called instance may have confirmed its end.
  state.suspendedAt = null;
  if (state.rootId === null) {
    endInstance(run, 'cancelled');
    return null;
  }
  run.cause = run.record('instanceCancelling', run.element(state.rootId));
  if (state.status === 'ending') return null;
  run.reason = `was cancelled with the instance by ${actor ?? 'somebody'}`;
  endAll(run, 'cancelled');
  return null;
};

/** Suspends: from now on events are kept, not acted on (S58). */
export const suspend: Handler<'suspend'> = (run) => {
  const { suspendedAt, instanceId, rootId } = run.state;
  if (suspendedAt !== null) {
    return fault('INSTANCE_SUSPENDED', { instance: instanceId, since: suspendedAt });
  }
  run.state.suspendedAt = run.at;
  run.record('instanceSuspended', rootId === null ? null : run.element(rootId));
  return null;
};

const shift = (run: Run, timerIds: readonly string[], byMs: number, cause: number): void => {
  if (timerIds.length === 0) return;
  run.pushFirst({ kind: 'shift', timerIds, byMs, cause, actor: run.actor });
};

/** Timers by the milliseconds that they stood still: one that was armed meanwhile only its part of the suspension. */
function standstills(
  { state, at }: Run,
  suspendedAt: string,
): readonly (readonly [byMs: number, timerIds: readonly string[]])[] {
  const groups = new Map<number, string[]>();
  for (const { id, armedAt = suspendedAt } of Object.values(state.timers)) {
    const byMs = Math.min(elapsedMs(suspendedAt, at), elapsedMs(armedAt, at));
    const ids = groups.get(byMs) ?? [];
    ids.push(id);
    groups.set(byMs, ids);
  }
  return [...groups];
}

/** One piece: the first of the timers that are left moves. */
export function goOnShifting(run: Run, move: Extract<Move, { readonly kind: 'shift' }>): void {
  const [id = '', ...others] = move.timerIds;
  run.next();
  shift(run, others, move.byMs, move.cause);
  const timer = run.state.timers[id];
  if (timer === undefined) return;
  const series = shiftTimer(timer.series, move.byMs);
  run.put('timers', id, { ...timer, series });
  run.effect({ kind: 'cancelTimer', id });
  run.effect({ kind: 'startTimer', id, dueAt: series.dueAt });
  const { id: ownerId, parentId } = run.element(timer.ownerId);
  const data = { timerId: id, dueAt: series.dueAt, text: series.text };
  run.recordAt('timerArmed', timer.elementId, ownerId, parentId, data);
}

/** Resumes: kept events will be taken in order; timers stand, or move by the time suspended (S58). */
export const resume: Handler<'resume'> = (run, { timers }) => {
  const { suspendedAt, instanceId, rootId, deferred } = run.state;
  if (suspendedAt === null) return fault('INSTANCE_NOT_SUSPENDED', { instance: instanceId });
  run.state.suspendedAt = null;
  const resumed = run.record('instanceResumed', rootId === null ? null : run.element(rootId), {
    timers,
  });
  if (timers === 'keep') return null;
  for (const [byMs, timerIds] of standstills(run, suspendedAt).toReversed()) {
    shift(run, timerIds, byMs, resumed);
  }
  // A shifted timer is due later: its new timer will bring it.
  run.state.deferred = deferred.filter(({ kind }) => kind !== 'timerFired');
  return null;
};

/** Sets variables of the process or of a live scope; where somebody looked before, only if they are as they were then. */
export const setVariables: Handler<'setVariables'> = (run, { scopeId, variables, seen }) => {
  const id = scopeId ?? run.state.rootId;
  const scope = id === null ? undefined : own(run.state.elements, id);
  if (scope === undefined) return fault('SCOPE_UNKNOWN', { scope: id ?? 'the process' });
  const table = run.state.variables[scope.id] ?? {};
  const changed = Object.keys(variables).find(
    (name) => seen !== undefined && !sameJson(own(table, name), own(seen, name)),
  );
  if (changed !== undefined) return fault('VARIABLE_CHANGED', { name: changed });
  const problem =
    scope.parentId === null
      ? checkWritten(run, scope, variables)
      : checkVariables(run.process, variables);
  const unknown = problem ?? checkNames(run, scope, variables);
  if (unknown !== null) return unknown;
  setLocal(run, scope, variables);
  return null;
};

/** Resolves an incident: the failed part runs again, or the job is taken as done. */
export const resolveIncident: Handler<'resolveIncident'> = (run, event) => {
  const { incidentId, variables, how } = event;
  const incident = own(run.state.incidents, incidentId);
  if (incident === undefined) return fault('INCIDENT_UNKNOWN', { incident: incidentId });
  const instance = run.element(incident.elementInstanceId);
  if (how === 'complete' && !isWork(run, instance)) {
    return fault('INCIDENT_WITHOUT_JOB', { incident: incidentId, element: incident.elementId });
  }
  const problem =
    how === 'complete'
      ? checkResult(run, instance, variables)
      : (checkWritten(run, instance, variables) ?? checkNames(run, instance, variables));
  if (problem !== null) return problem;
  run.cause = instance.since;
  closeIncident(run, instance, incidentId, 'incidentResolved');
  if (how === 'complete') {
    run.reason = `was ended by ${event.actor ?? 'somebody'}, who said that its work is done`;
    endWork(run, instance);
    deliver(run, instance, { kind: 'done', variables });
    return null;
  }
  write(run, instance, variables);
  if (incident.unopened === undefined) retry(run, instance, incident.elementId);
  else reopen(run, instance, incident.unopened);
  return null;
};

/** Whether an element instance does work that somebody else can say is done. */
const isWork = (run: Run, { elementId, role, phase }: ElementInstance): boolean => {
  const node = run.process.nodes[elementId];
  if (node === undefined || role !== 'node' || phase === 'parked') return false;
  return definitionOf(node).attaches !== undefined || ('job' in node && node.job !== null);
};

/** Opens the timer or subscription of one event again; what its owner does besides goes on. */
const reopen = (run: Run, owner: ElementInstance, elementId: string): void => {
  const { trigger, isInterrupting = true } = run.node(elementId) as Partial<EventNode>;
  const problem =
    trigger === undefined ? null : arm(run, owner, elementId, trigger, isInterrupting);
  if (problem !== null) openIncident(run, owner, problem, undefined, null, elementId);
};

const retry = (run: Run, instance: ElementInstance, elementId: string): void => {
  if (elementId !== instance.elementId) run.unsettle(instance);
  else run.push({ kind: 'enter', id: instance.id, cause: instance.since, actor: run.actor });
};
