/**
 * Joins: tokens that wait on the incoming flows of a parallel or inclusive gateway (S26–S29), and joins that
 * can never fire (S05). What a token can reach was computed when the process was compiled.
 */
import { fault } from '../errors/index.js';
import type { ElementInstance, JoinPlan } from '../model/index.js';
import { closeIncident, openIncident } from './incidents.js';
import { enterNode } from './lifecycle.js';
import type { Run } from './run.js';
import { live } from './tree.js';

const count = (run: Run, scope: ElementInstance, flowId: string): number =>
  run.state.waiting[scope.id]?.[flowId] ?? 0;

const change = (run: Run, scope: ElementInstance, flowId: string, by: number): void => {
  const now = count(run, scope, flowId) + by;
  if (now > 0) run.putIn('waiting', scope.id, flowId, now);
  else run.dropIn('waiting', scope.id, flowId);
};

/** A token arrives at a join and waits there until the join fires. */
export function arriveAtJoin(
  run: Run,
  scope: ElementInstance,
  join: JoinPlan,
  flowId: string,
): void {
  run.recordAt('tokenWaiting', join.nodeId, null, scope.id, { flow: flowId });
  change(run, scope, flowId, 1);
  run.unsettle(scope);
  if (join.kind === 'all-flows') fireParallel(run, scope, join);
}

/** Parallel: fires while every incoming flow holds a token; surplus tokens stay (S26). */
function fireParallel(run: Run, scope: ElementInstance, join: JoinPlan): void {
  while (join.incoming.every((flow) => count(run, scope, flow) > 0)) fire(run, scope, join, 'S26');
}

/** Looks at the joins of a scope again, whose process is another one now: what has all that it waits for fires. */
export function rejoin(run: Run, scope: ElementInstance): void {
  for (const join of run.plan(scope.elementId).joins) {
    if (join.kind === 'all-flows') fireParallel(run, scope, join);
  }
  run.unsettle(scope);
}

const fire = (run: Run, scope: ElementInstance, join: JoinPlan, rule: string): void => {
  live(run, scope, 1 - consume(run, scope, join));
  enterNode(run, scope, join.nodeId, null, rule);
};

/** Takes one token from each flow that holds one. @returns how many */
const consume = (run: Run, scope: ElementInstance, join: JoinPlan): number => {
  const taken = join.incoming.filter((flow) => count(run, scope, flow) > 0);
  for (const flow of taken) change(run, scope, flow, -1);
  closeDeadlock(run, scope, join);
  return taken.length;
};

/** A modification activates a join: it fires with the tokens that wait at it, few or none (S97). */
export function releaseJoin(run: Run, scope: ElementInstance, join: JoinPlan): void {
  live(run, scope, -consume(run, scope, join));
  run.unsettle(scope);
}

/** How many tokens wait for a join on each of its flows; flows without any are left out. */
export function waitingAtJoin(
  run: Run,
  scope: ElementInstance,
  join: JoinPlan,
): readonly { readonly flowId: string; readonly tokens: number }[] {
  return join.incoming
    .map((flowId) => ({ flowId, tokens: count(run, scope, flowId) }))
    .filter(({ tokens }) => tokens > 0);
}

/** Takes all tokens away that wait for a join on one of its flows: a modification cancels or moves them (S97). */
export function takeFromJoin(
  run: Run,
  scope: ElementInstance,
  join: JoinPlan,
  { flowId, tokens, reason }: { flowId: string; tokens: number; reason: string },
): void {
  change(run, scope, flowId, -tokens);
  const data = { flow: flowId, tokens, reason };
  run.recordAt('tokenRemoved', join.nodeId, null, scope.id, data, 'S97');
  if (waitingAtJoin(run, scope, join).length === 0) closeDeadlock(run, scope, join);
  live(run, scope, -tokens);
  run.unsettle(scope);
}

/** Whether each position that can still feed an empty flow can also feed one that holds a token (S27). */
const isEnabled = (run: Run, scope: ElementInstance, join: JoinPlan): boolean => {
  const empty = join.incoming.filter((flow) => count(run, scope, flow) === 0);
  if (empty.length === join.incoming.length) return false;
  const isAwaited = (flows: readonly string[] = []): boolean =>
    flows.length > 0 && flows.every((flow) => empty.includes(flow));
  return !positionsBeside(run, scope, join).some(
    (position) => isAwaited(join.reach[position]) || isAwaited(join.nearReach?.[position]),
  );
};

/** Where tokens of the level are, other than waiting at this join: tokens at other joins count by their flow. */
const positionsBeside = (run: Run, scope: ElementInstance, join: JoinPlan): readonly string[] => [
  ...Object.keys(run.state.positions[scope.id] ?? {}),
  ...Object.keys(run.state.waiting[scope.id] ?? {}).filter((flow) => !join.incoming.includes(flow)),
];

/**
 * Fires the inclusive joins that have become free in the scopes that changed, in document order, one move at
 * a time (S28). A scope in which none is free is not looked at again before its tokens move. Returns whether
 * one fired.
 */
export function fireReachable(run: Run): boolean {
  for (const scopeId of run.changed) {
    const scope = run.state.elements[scopeId];
    if (scope !== undefined && fireIn(run, scope)) return true;
    run.changed.delete(scopeId);
  }
  return false;
}

const fireIn = (run: Run, scope: ElementInstance): boolean => {
  if (run.state.waiting[scope.id] === undefined) return false;
  const { joins } = run.plan(scope.elementId);
  const free = joins.find((join) => join.kind === 'reachable' && isEnabled(run, scope, join));
  if (free !== undefined) fire(run, scope, free, 'S27');
  return free !== undefined;
};

/**
 * At rest: opens incidents on joins that hold tokens and can never fire (S05). When it is enough for one step, the rest
 * is left for a later one.
 *
 * @returns whether all scopes have been looked at
 */
export function findDeadlocks(run: Run, isEnough: () => boolean): boolean {
  const before = run.made;
  for (const scopeId of run.unsettled) {
    if (run.made > before && isEnough()) {
      const { cause, actor } = run;
      run.pushFirst({ kind: 'settle', cause: cause ?? 0, actor });
      return false;
    }
    for (const [scope, join] of blocked(run, scopeId)) {
      if (isStarved(run, scope, join)) openDeadlock(run, scope, join);
    }
    run.unsettled.delete(scopeId);
  }
  run.settle();
  findMutualDeadlock(run);
  return true;
}

/** One piece: the next scope with a deadlock. */
export function goOnSettling(run: Run): void {
  run.next();
  findDeadlocks(run, () => true);
}

const findMutualDeadlock = (run: Run): void => {
  // Joins that wait for each other stay blocked once nothing else can happen, wherever it happened last.
  const scopeIds = Object.keys(run.state.waiting);
  if (scopeIds.length === 0 || !isAtDeadRest(run)) return;
  const [first] = scopeIds.flatMap((scopeId) => blocked(run, scopeId));
  if (first !== undefined) openDeadlock(run, ...first);
};

type Blocked = readonly [scope: ElementInstance, join: JoinPlan];

/** The joins of a scope instance that hold tokens and have no incident yet. */
const blocked = (run: Run, scopeId: string): readonly Blocked[] => {
  const scope = run.state.elements[scopeId];
  if (scope === undefined || run.state.waiting[scopeId] === undefined) return [];
  return run
    .plan(scope.elementId)
    .joins.filter((join) => join.incoming.some((flow) => count(run, scope, flow) > 0))
    .filter((join) => deadlockOf(run, scope, join) === undefined)
    .map((join) => [scope, join]);
};

const emptyFlows = (run: Run, scope: ElementInstance, { incoming }: JoinPlan): readonly string[] =>
  incoming.filter((flow) => count(run, scope, flow) === 0);

/** A parallel join none of whose empty flows any token of its level can still reach. */
const isStarved = (run: Run, scope: ElementInstance, join: JoinPlan): boolean => {
  if (join.kind !== 'all-flows') return false;
  const empty = emptyFlows(run, scope, join);
  return !positionsBeside(run, scope, join).some((position) =>
    (join.reach[position] ?? []).some((flow) => empty.includes(flow)),
  );
};

const openDeadlock = (run: Run, scope: ElementInstance, join: JoinPlan): void => {
  const flows = emptyFlows(run, scope, join).join(', ');
  const problem = fault('DEADLOCK', { element: join.nodeId, flows });
  openIncident(run, scope, problem, join.nodeId, 'S05');
  run.made += 1;
};

const deadlockOf = (run: Run, scope: ElementInstance, join: JoinPlan): string | undefined =>
  scope.incidents.find((id) => run.state.incidents[id]?.elementId === join.nodeId);

const closeDeadlock = (run: Run, scope: ElementInstance, join: JoinPlan): void => {
  const id = deadlockOf(run, scope, join);
  if (id !== undefined) closeIncident(run, scope, id, 'incidentClosed');
};

const isEmpty = (table: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(table).length === 0;

/** Nothing is awaited but what may start an event sub-process: mutual waiting has no end. */
const isAtDeadRest = (run: Run): boolean => {
  const { jobs, tasks, calls, interruptions, throws, incidents, timers, subscriptions } = run.state;
  const isStart = ({ elementId }: { readonly elementId: string }): boolean =>
    run.node(elementId).kind === 'startEvent';
  return (
    [jobs, tasks, calls, interruptions, throws, incidents].every(isEmpty) &&
    Object.values(timers).every(isStart) &&
    Object.values(subscriptions).every(isStart)
  );
};
