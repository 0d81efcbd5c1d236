/** What operators do: cancel, suspend and resume, set variables, resolve incidents. */
import { fault } from '../../errors/index.js';
import { type ElementInstance, own } from '../../model/index.js';
import { elapsedMs, shiftTimer } from '../../triggers/timer/index.js';
import { checkVariables } from '../declarations.js';
import { closeIncidents } from '../incidents.js';
import { cancelChildren, interrupt } from '../interrupt.js';
import { deliver } from '../lifecycle.js';
import type { Run } from '../run.js';
import { setLocal, write } from '../variables.js';
import { type Handler, handle } from './index.js';

/** Cancels the instance: everything inside ends first, called instances confirm. */
export const cancel: Handler<'cancel'> = (run, { actor }) => {
  const { state } = run;
  if (state.rootId === null) {
    state.status = 'cancelled';
    return null;
  }
  const root = run.element(state.rootId);
  state.suspendedAt = null;
  state.deferred = [];
  if (state.status === 'ending') return null;
  state.status = 'ending';
  root.isClosing = true;
  run.reason = `was cancelled with the instance by ${actor ?? 'somebody'}`;
  interrupt(run, (calls) => cancelChildren(run, root, calls), {
    kind: 'instance',
    status: 'cancelled',
  });
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

/** Moves every open timer by the time suspended. */
const shiftTimers = (run: Run, byMs: number): void => {
  for (const timer of Object.values(run.state.timers)) {
    const series = shiftTimer(timer.series, byMs);
    run.put('timers', timer.id, { ...timer, series });
    run.effect({ kind: 'cancelTimer', id: timer.id });
    run.effect({ kind: 'startTimer', id: timer.id, dueAt: series.dueAt });
  }
};

/** Resumes: kept events are taken in order; timers stand, or move by the time suspended (S58). */
export const resume: Handler<'resume'> = (run, { timers }) => {
  const { suspendedAt, instanceId, rootId, deferred } = run.state;
  if (suspendedAt === null) return fault('INSTANCE_NOT_SUSPENDED', { instance: instanceId });
  run.state.suspendedAt = null;
  run.state.deferred = [];
  run.record('instanceResumed', rootId === null ? null : run.element(rootId), { timers });
  const isShifted = timers === 'shift';
  if (isShifted) shiftTimers(run, elapsedMs(suspendedAt, run.at));
  for (const event of deferred) {
    // A shifted timer is due later: its new timer will bring it.
    if (!(isShifted && event.kind === 'timerFired')) handle(run, { ...event, at: run.at });
  }
  return null;
};

/** Sets variables of the process or of a live scope. */
export const setVariables: Handler<'setVariables'> = (run, { scopeId, variables }) => {
  const id = scopeId ?? run.state.rootId;
  const scope = id === null ? undefined : own(run.state.elements, id);
  if (scope === undefined) return fault('SCOPE_UNKNOWN', { scope: id ?? 'the process' });
  const problem = checkVariables(run.process, variables);
  if (problem !== null) return problem;
  setLocal(run, scope, variables);
  return null;
};

/** Resolves an incident: the failed part runs again, or the job is taken as done. */
export const resolveIncident: Handler<'resolveIncident'> = (run, event) => {
  const { incidentId, variables, how } = event;
  const incident = own(run.state.incidents, incidentId);
  if (incident === undefined) return fault('INCIDENT_UNKNOWN', { incident: incidentId });
  const problem = checkVariables(run.process, variables);
  if (problem !== null) return problem;
  const instance = run.element(incident.elementInstanceId);
  run.cause = instance.since;
  closeIncidents(run, instance, 'incidentResolved');
  if (how === 'complete') {
    deliver(run, instance, { kind: 'done', variables });
    return null;
  }
  write(run, instance, variables);
  retry(run, instance, incident.elementId);
  return null;
};

const retry = (run: Run, instance: ElementInstance, elementId: string): void => {
  if (elementId !== instance.elementId) run.unsettled.add(instance.id);
  else run.push({ kind: 'enter', id: instance.id, cause: instance.since });
};
