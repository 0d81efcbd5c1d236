/** Scopes: the levels of process, sub-processes and event sub-processes, from entry to completion (S34, S35, S49). */
import type { Fault } from '../errors/index.js';
import type { ElementInstance, EventNode, Payload } from '../model/index.js';
import { arm, closeWaits, closeWaitsBut } from './arming.js';
import { place, placeEntry } from './flows.js';
import { closeIncidents, openIncident } from './incidents.js';
import { completeInstance } from './instance.js';
import { complete, fireEvent } from './lifecycle.js';
import { completeBody } from './multi-instance.js';
import type { Run } from './run.js';
import { askToClose, createElement, live, remove, store } from './tree.js';

/** Arms the event sub-processes of a scope; on a fault none stays armed (S49). */
function armHandlers(run: Run, scope: ElementInstance): Fault | null {
  for (const { startEventId, isInterrupting } of run.plan(scope.elementId).eventSubProcesses) {
    const { trigger } = run.node(startEventId) as EventNode;
    const problem = arm(run, scope, startEventId, trigger, isInterrupting);
    if (problem !== null) {
      closeHandlers(run, scope);
      return problem;
    }
  }
  return null;
}

/** Closes what waits to start event sub-processes; boundary events of the scope itself stay open. */
export function closeHandlers(run: Run, scope: ElementInstance): void {
  if (scope.timers.length === 0 && scope.subscriptions.length === 0) return;
  closeWaitsBut(run, scope, (elementId) => run.node(elementId).kind === 'boundaryEvent');
}

/** Opens a level: event sub-processes first, then a token on each start, or where a modification wants it (S10, S17, S49, S97). */
export function openScope(run: Run, scope: ElementInstance): Fault | null {
  store(run, scope);
  const problem = armHandlers(run, scope);
  if (problem !== null) return problem;
  const { begins } = scope;
  if (begins !== undefined) {
    delete scope.begins;
    live(run, scope, begins.length);
    for (const entry of begins) placeEntry(run, scope, entry);
    return null;
  }
  const { starts } = run.plan(scope.elementId);
  for (const start of starts) place(run, scope, start);
  if (starts.length === 0) askToClose(run, scope);
  else live(run, scope, starts.length);
  return null;
}

/** An instance of an event sub-process begins; its scope has counted it already. */
export function startHandler(
  run: Run,
  scope: ElementInstance,
  eventId: string,
  payload: Payload,
  locals: Payload,
): void {
  const node = run.node(run.node(eventId).scopeId);
  const handler = createElement(run, node.id, scope.id, 'scope');
  run.cause = run.record('elementEntered', handler, { kind: node.kind, name: node.name });
  handler.since = run.cause;
  handler.phase = 'active';
  store(run, handler);
  beginAt(run, handler, eventId, payload, locals);
}

/** A level begins at one start event that something triggered. */
export function beginAt(
  run: Run,
  scope: ElementInstance,
  eventId: string,
  payload: Payload,
  locals: Payload,
): void {
  live(run, scope, 1);
  fireEvent(run, scope, eventId, payload, locals);
  armBegun(run, scope);
}

/** Arms the event sub-processes of a scope whose tokens are there; until it succeeds the scope stays open. */
export function armBegun(run: Run, scope: ElementInstance): void {
  const problem = armHandlers(run, scope);
  scope.phase = problem === null ? 'active' : 'entering';
  run.touch(scope);
  if (problem !== null) openIncident(run, scope, problem);
  else if (scope.live === 0) askToClose(run, scope);
}

/** The last token of a scope or body is gone: it completes once nothing else runs in it (S34, S35). */
export function closeScope(run: Run, scope: ElementInstance): void {
  if (scope.live > 0) return;
  if (scope.role === 'body') {
    completeBody(run, scope);
    return;
  }
  if (scope.phase !== 'active') return;
  if (!scope.isClosing) {
    scope.isClosing = true;
    closeHandlers(run, scope);
    run.touch(scope);
  }
  if (scope.handlers > 0) return;
  if (scope.parentId === null) completeInstance(run, scope);
  else if (run.node(scope.elementId).kind === 'eventSubProcess') endHandler(run, scope);
  else complete(run, scope, run.node(scope.elementId), null);
}

const endHandler = (run: Run, handler: ElementInstance): void => {
  const parent = run.element(handler.parentId as string);
  closeWaits(run, handler);
  closeIncidents(run, handler);
  run.cause = run.record('elementCompleted', handler);
  remove(run, handler);
  handlerGone(run, parent);
};

/** One event sub-process instance less runs in a scope. */
export function handlerGone(run: Run, scope: ElementInstance): void {
  scope.handlers -= 1;
  run.touch(scope);
  if (scope.handlers === 0 && scope.live === 0) askToClose(run, scope);
}
