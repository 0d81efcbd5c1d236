/**
 * Errors and escalations on their way outwards (S37–S43): boundary events of the thrower, event sub-processes
 * of its scope, boundary events of that scope, and so on; then the caller is asked.
 */
import { type Fault, fault } from '../errors/index.js';
import type { ElementInstance, EventNode, PendingThrow, Thrown } from '../model/index.js';
import { type Occurrence, triggerBoundary, triggerHandler } from './continuations.js';
import { keepThrow } from './pending-throws.js';
import type { Run } from './run.js';
import { remove, store } from './tree.js';

/** `gone`: the thrower was interrupted; `on`: it continues; `asked`: the caller decides; else uncaught. */
export type ThrowOutcome = 'gone' | 'on' | 'asked' | Fault;

interface Catcher {
  readonly at: 'boundary' | 'handler';
  readonly instance: ElementInstance;
  readonly event: EventNode;
}

/** Among the catchers of one level, an exact code beats a catch-all (S37). */
const best = (run: Run, ids: readonly string[], { kind, code }: Thrown): EventNode | null => {
  let catchAll: EventNode | null = null;
  for (const id of ids) {
    const event = run.node(id) as EventNode;
    const { trigger } = event;
    if (trigger.kind !== kind) continue;
    if ('code' in trigger && trigger.code === code) return event;
    if ('code' in trigger && trigger.code === null) catchAll ??= event;
  }
  return catchAll;
};

const onBoundary = (run: Run, host: ElementInstance, thrown: Thrown): Catcher | null => {
  const node = run.process.nodes[host.elementId];
  if (node === undefined || host.index !== null || node.boundary.length === 0) return null;
  const event = best(run, node.boundary, thrown);
  return event && { at: 'boundary', instance: host, event };
};

/** A handler does not catch what comes from inside itself (S38). */
const inScope = (
  run: Run,
  scope: ElementInstance,
  from: ElementInstance,
  thrown: Thrown,
): Catcher | null => {
  if (scope.role !== 'scope' || scope.isClosing) return null;
  const handlers = run.plan(scope.elementId).eventSubProcesses;
  const ids = handlers.filter(({ id }) => id !== from.elementId).map((esp) => esp.startEventId);
  const event = best(run, ids, thrown);
  return event && { at: 'handler', instance: scope, event };
};

const findCatcher = (run: Run, from: ElementInstance, thrown: Thrown): Catcher | null => {
  let at = from;
  for (;;) {
    const boundary = onBoundary(run, at, thrown);
    if (boundary !== null) return boundary;
    if (at.parentId === null) return null;
    const parent = run.element(at.parentId);
    const handler = inScope(run, parent, at, thrown);
    if (handler !== null) return handler;
    at = parent;
  }
};

const occurrenceOf = ({ kind, code, message, variables }: Thrown): Occurrence => ({
  payload: variables,
  locals: kind === 'error' ? { errorCode: code, errorMessage: message } : { escalationCode: code },
});

/**
 * Throws an error or escalation from an element instance.
 *
 * @param child - set when a called instance threw it: it gets the answer that is found
 */
export function throwFrom(
  run: Run,
  from: ElementInstance,
  thrown: Thrown,
  child: PendingThrow['child'] = null,
): ThrowOutcome {
  const kind = thrown.kind === 'error' ? 'errorThrown' : 'escalationThrown';
  const data = { code: thrown.code, message: thrown.message };
  run.cause = run.record(kind, from, data, thrown.kind === 'error' ? 'S37' : 'S42');
  const catcher = findCatcher(run, from, thrown);
  if (catcher === null) return uncaught(run, from, thrown, child);
  const { at, instance, event } = catcher;
  if (child !== null) answer(run, child, event.isInterrupting ? 'interrupted' : 'caught');
  run.reason = `was interrupted by ${thrown.kind} '${thrown.code}'`;
  if (event.isInterrupting) spend(run, from, thrown.kind);
  const trigger = at === 'boundary' ? triggerBoundary : triggerHandler;
  trigger(run, instance, event.id, event.isInterrupting, occurrenceOf(thrown));
  return event.isInterrupting ? 'gone' : 'on';
}

/** An end event has done its work once its throw is caught; any other thrower ends with what is interrupted. */
export function spend(run: Run, from: ElementInstance, kind: Thrown['kind']): void {
  const node = run.process.nodes[from.elementId] as EventNode | undefined;
  if (node?.kind !== 'endEvent' || node.trigger.kind !== kind) {
    store(run, from);
    return;
  }
  run.cause = run.record('elementCompleted', from);
  remove(run, from);
}

const uncaught = (
  run: Run,
  from: ElementInstance,
  thrown: Thrown,
  child: PendingThrow['child'],
): ThrowOutcome => {
  if (run.state.caller !== null) {
    const id = run.nextId('throw');
    const { kind, code, message } = thrown;
    store(run, from);
    keepThrow(run, { id, kind, code, message, elementInstanceId: from.id, child });
    run.effect({ kind: 'askCaller', id, thrown });
    return 'asked';
  }
  if (child !== null) answer(run, child, 'uncaught');
  return thrown.kind === 'escalation' ? 'on' : uncaughtError(from, thrown.code, thrown.message);
};

/** The incident of an error that nobody catches (S39). */
export const uncaughtError = (from: ElementInstance, error: string, message: string): Fault => {
  const detail = message === '' ? 'add one, or correct what threw it' : message;
  return fault('UNCAUGHT_ERROR', { error, element: from.elementId, detail });
};

/** Tells a called instance what became of what it threw. */
export function answer(
  run: Run,
  { childId, throwId }: NonNullable<PendingThrow['child']>,
  outcome: 'uncaught' | 'caught' | 'interrupted',
): void {
  run.effect({ kind: 'answerChild', id: childId, throwId, outcome });
}
