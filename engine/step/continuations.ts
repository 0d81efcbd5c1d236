/** What comes after an interruption, and the events that start without a token of their own. */
import type { Continuation, ElementInstance, Payload } from '../model/index.js';
import { endInstance } from './instance.js';
import { interruptInside, interruptWhole } from './interrupt.js';
import { fireEvent } from './lifecycle.js';
import { completeBody, innerCancelled } from './multi-instance.js';
import type { Run } from './run.js';
import { closeHandlers, handlerGone, startHandler } from './scopes.js';
import { live } from './tree.js';

/** Goes on after an interruption, if what it was for still lives. */
export function proceed(run: Run, then: Continuation): void {
  if (then.kind === 'instance') {
    endInstance(run, then.status);
    return;
  }
  const scope = run.state.elements[then.kind === 'body' ? then.bodyId : then.scopeId];
  if (scope === undefined) return;
  if (then.kind === 'boundary') fireEvent(run, scope, then.elementId, then.payload, then.locals);
  else if (then.kind === 'handler') {
    startHandler(run, scope, then.elementId, then.payload, then.locals);
  } else if (then.kind === 'scope') live(run, scope, -scope.live);
  else if (then.kind === 'left') goOnWithout(run, scope, then.isHandler);
  else completeBody(run, scope);
}

/** A scope or body goes on without something that a modification cancelled in it (S97). */
const goOnWithout = (run: Run, scope: ElementInstance, isHandler: boolean): void => {
  if (scope.role === 'body') innerCancelled(run, scope);
  else if (isHandler) handlerGone(run, scope);
  else live(run, scope, -1);
};

/** An event as it reaches its catcher: what is written, and what only mappings may read. */
export interface Occurrence {
  readonly payload: Payload;
  readonly locals: Payload;
}

/** A boundary event triggers: interrupting, it takes the host's token; else it brings one of its own (S47). */
export function triggerBoundary(
  run: Run,
  host: ElementInstance,
  eventId: string,
  isInterrupting: boolean,
  { payload, locals }: Occurrence,
): void {
  const scope = run.element(host.parentId as string);
  const seen = { ...run.state.variables[host.id], ...locals };
  if (!isInterrupting) {
    live(run, scope, 1);
    fireEvent(run, scope, eventId, payload, seen);
    return;
  }
  interruptWhole(run, host, {
    kind: 'boundary',
    elementId: eventId,
    scopeId: scope.id,
    payload,
    locals: seen,
  });
}

/** An event sub-process of a live scope triggers (S50, S51). `eventId` is its start event. */
export function triggerHandler(
  run: Run,
  scope: ElementInstance,
  eventId: string,
  isInterrupting: boolean,
  { payload, locals }: Occurrence,
): void {
  if (scope.isClosing) return;
  if (!isInterrupting) {
    scope.handlers += 1;
    run.touch(scope);
    startHandler(run, scope, eventId, payload, locals);
    return;
  }
  scope.isClosing = true;
  closeHandlers(run, scope);
  scope.live = 0;
  scope.handlers = 1;
  run.touch(scope);
  const then = { kind: 'handler', elementId: eventId, scopeId: scope.id, payload, locals } as const;
  interruptInside(run, scope, then);
}

/** Ends all of the instance, called instances first; from now on nothing in it starts any more. */
export function endAll(run: Run, status: 'cancelled' | 'failed'): void {
  const root = run.element(run.state.rootId as string);
  run.state.status = 'ending';
  root.isClosing = true;
  closeHandlers(run, root);
  root.live = 1;
  root.handlers = 0;
  run.touch(root);
  interruptInside(run, root, { kind: 'instance', status });
}

/** A terminate end event ends all of its scope instance, which then completes normally (S36). */
export function terminateScope(run: Run, scope: ElementInstance): void {
  scope.isTerminated = true;
  scope.isClosing = true;
  // Handlers that could not be armed need not be any more.
  scope.phase = 'active';
  closeHandlers(run, scope);
  scope.live = 1;
  scope.handlers = 0;
  run.touch(scope);
  interruptInside(run, scope, { kind: 'scope', scopeId: scope.id });
}
