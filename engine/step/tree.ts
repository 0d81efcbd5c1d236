/** The tree of live element instances: an intrusive list, so that its upkeep costs the same at any size. */
import type { ElementInstance, ElementPhase } from '../model/index.js';
import { dropThrowsOf } from './pending-throws.js';
import type { Run } from './run.js';

/** No timers, subscriptions, incidents: lists of an element instance are replaced, never changed. */
const NONE: readonly string[] = [];

/** A new element instance, not yet in the tables. */
export function createElement(
  run: Run,
  elementId: string,
  parentId: string | null,
  role: ElementInstance['role'],
  flowId: string | null = null,
  index: number | null = null,
): ElementInstance {
  const instance: ElementInstance = {
    id: run.nextId(elementId),
    elementId,
    role,
    parentId,
    phase: 'entering' as ElementPhase,
    flowId,
    index,
    previousId: null,
    nextId: null,
    firstChildId: null,
    lastChildId: null,
    live: 0,
    handlers: 0,
    isClosing: false,
    isTerminated: false,
    loop: null,
    timers: NONE,
    subscriptions: NONE,
    incidents: NONE,
    jobId: null,
    attempts: 0,
    childId: null,
    since: run.state.sequence,
  };
  run.passing.push(instance);
  return instance;
}

/** Where the token of an element instance is: a parked one is still on the flow by which it came. */
export const positionOf = ({ phase, flowId, elementId }: ElementInstance): string =>
  phase === 'parked' ? (flowId ?? elementId) : elementId;

/** Whether an element instance is in the tables. */
export const isStored = (run: Run, instance: ElementInstance): boolean =>
  placeIn(run.passing, instance) < 0;

/** Where an element instance is in a short list; built-in searches take longer than the few steps they make here. */
const placeIn = (list: readonly ElementInstance[], instance: ElementInstance): number => {
  let at = list.length - 1;
  while (at >= 0 && list[at] !== instance) at -= 1;
  return at;
};

/** Ends the passage of an element instance; false when it was in the tables already. */
const endPassage = ({ passing }: Run, instance: ElementInstance): boolean => {
  const at = placeIn(passing, instance);
  if (at < 0) return false;
  const last = passing.pop() as ElementInstance;
  if (at < passing.length) passing[at] = last;
  return true;
};

/** Puts an element instance into the tables, as the last child of its parent. Does nothing twice. */
export function store(run: Run, instance: ElementInstance): void {
  if (!endPassage(run, instance)) return;
  run.put('elements', instance.id, instance);
  if (instance.parentId === null) return;
  const parent = run.element(instance.parentId);
  instance.previousId = parent.lastChildId;
  if (parent.lastChildId === null) parent.firstChildId = instance.id;
  else {
    const last = run.element(parent.lastChildId);
    last.nextId = instance.id;
    run.touch(last);
  }
  parent.lastChildId = instance.id;
  run.touch(parent);
  if (instance.role !== 'scope' || !isHandler(run, instance)) {
    occupy(run, parent, positionOf(instance), 1);
  }
}

/** Whether an element instance is that of an event sub-process. */
export const isHandler = (run: Run, instance: ElementInstance): boolean =>
  instance.role === 'scope' &&
  instance.parentId !== null &&
  run.process.nodes[instance.elementId]?.kind === 'eventSubProcess';

/** Takes an element instance and its data out of the tables; its children are gone already. */
export function remove(run: Run, instance: ElementInstance): void {
  if (endPassage(run, instance)) return;
  for (const table of ['variables', 'positions', 'waiting', 'outputs', 'items'] as const) {
    run.dropAll(table, instance.id);
  }
  dropThrowsOf(run, instance);
  run.drop('elements', instance.id);
  if (instance.parentId === null) return;
  unlink(run, instance, run.element(instance.parentId));
}

const unlink = (run: Run, instance: ElementInstance, parent: ElementInstance): void => {
  const { previousId, nextId } = instance;
  if (previousId === null) parent.firstChildId = nextId;
  else {
    const previous = run.element(previousId);
    previous.nextId = nextId;
    run.touch(previous);
  }
  if (nextId === null) parent.lastChildId = previousId;
  else {
    const next = run.element(nextId);
    next.previousId = previousId;
    run.touch(next);
  }
  run.touch(parent);
  if (instance.role !== 'scope' || !isHandler(run, instance)) {
    occupy(run, parent, positionOf(instance), -1);
  }
};

/** Counts tokens at a position, on levels whose joins need to know (S27). */
export function occupy(run: Run, scope: ElementInstance, position: string, by: number): void {
  if (scope.role !== 'scope' || !run.isCounted(scope.elementId)) return;
  const now = (run.state.positions[scope.id]?.[position] ?? 0) + by;
  if (now === 0) run.dropIn('positions', scope.id, position);
  else run.putIn('positions', scope.id, position, now);
  run.unsettle(scope);
}

/** Changes how many tokens live in a scope or body; at none, the scope is asked to close. */
export function live(run: Run, scope: ElementInstance, by: number): void {
  if (by === 0) return;
  scope.live += by;
  run.touch(scope);
  if (scope.live === 0) askToClose(run, scope);
}

/** Lets a scope or body close, after all that is under way: it does if nothing lives in it by then. */
export function askToClose(run: Run, { id: scopeId }: ElementInstance): void {
  const { cause, actor } = run;
  run.push({ kind: 'close', scopeId, cause: cause ?? 0, actor });
}

/** The nearest scope around an element instance: its parent, or what is around its multi-instance body. */
export function scopeOf(run: Run, instance: ElementInstance): ElementInstance {
  let parent = run.element(instance.parentId as string);
  while (parent.role !== 'scope') parent = run.element(parent.parentId as string);
  return parent;
}

/** How many scopes lie around an element instance; the body of a multi-instance activity is none. */
export function depthOf(run: Run, instance: ElementInstance): number {
  let depth = 0;
  let at = instance;
  while (at.parentId !== null) {
    at = run.element(at.parentId);
    if (at.role === 'scope') depth += 1;
  }
  return depth;
}
