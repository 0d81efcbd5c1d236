/** Moves: what happens inside a step, first in, first out, until nothing is left to do (S02, S06). */
import { fault } from '../errors/index.js';
import type { ElementInstance, Entry, FlowNodeBase, Move } from '../model/index.js';
import { drainFirst } from './first-moves.js';
import { openIncident } from './incidents.js';
import { retryScope } from './instance.js';
import { arriveAtJoin, findDeadlocks, fireReachable, rejoin, releaseJoin } from './joins.js';
import { behave, complete, depart, enter, enterNode } from './lifecycle.js';
import { completeBody, startInner } from './multi-instance.js';
import type { Run } from './run.js';
import { closeScope } from './scopes.js';
import { createElement, isHandler, occupy, remove, store } from './tree.js';
import { isFirst } from './under-way.js';

type Arrival = Extract<Move, { kind: 'arrive' }>;

const arrive = (run: Run, { nodeId, flowId, scopeId, entry }: Arrival): void => {
  const scope = run.state.elements[scopeId];
  if (scope === undefined) return;
  occupy(run, scope, flowId ?? nodeId, -1);
  run.moves += 1;
  if (run.moves > run.process.limits.movesAStep) {
    park(run, scope, nodeId, flowId, entry);
    return;
  }
  const { join } = run.stop(nodeId);
  if (join !== null && flowId !== null) arriveAtJoin(run, scope, join, flowId);
  else if (entry === undefined) enterNode(run, scope, nodeId, flowId);
  else {
    // A join that is activated fires with what waits at it.
    if (join !== null) releaseJoin(run, scope, join);
    enterNode(run, scope, nodeId, flowId, 'S97', entry);
  }
};

/** Holds a token that moved too often before its next node. */
const park = (
  run: Run,
  scope: ElementInstance,
  nodeId: string,
  flowId: string | null,
  entry?: Entry,
): void => {
  const token = createElement(run, nodeId, scope.id, 'node', flowId);
  token.phase = 'parked';
  if (entry !== undefined) token.begins = [entry];
  store(run, token);
  const limit = run.process.limits.movesAStep;
  openIncident(run, token, fault('LOOP_LIMIT', { limit, element: nodeId }), nodeId, 'S06');
};

/** Whether what an activation does is under way: then its incident was about something beside it. */
const isAtWork = (run: Run, instance: ElementInstance, { boundary }: FlowNodeBase): boolean => {
  const { id, jobId, childId, timers, subscriptions } = instance;
  const isOwn = (row: { readonly elementId: string } | undefined): boolean =>
    row !== undefined && !boundary.includes(row.elementId);
  return (
    jobId !== null ||
    childId !== null ||
    run.state.tasks[id] !== undefined ||
    timers.some((timer) => isOwn(run.state.timers[timer])) ||
    subscriptions.some((row) => isOwn(run.state.subscriptions[row]))
  );
};

const isOpenScope = ({ role, phase }: ElementInstance): boolean =>
  role === 'scope' && phase === 'active';

/** Runs exactly the part of an activation again that an incident stopped (S98). */
const resume = (run: Run, instance: ElementInstance): void => {
  run.cause = instance.since;
  const node = run.process.nodes[instance.elementId];
  if (instance.phase === 'parked') {
    const scope = run.element(instance.parentId as string);
    remove(run, instance);
    occupy(run, scope, instance.flowId ?? instance.elementId, 1);
    const { elementId: nodeId, flowId, since: cause, begins: [entry] = [] } = instance;
    const { actor } = run;
    const token = { nodeId, flowId, scopeId: scope.id, ...(entry && { entry }) };
    run.push({ kind: 'arrive', ...token, cause, actor });
  } else if (node === undefined || isHandler(run, instance) || isOpenScope(instance)) {
    retryScope(run, instance);
  } else if (instance.phase === 'entering') enter(run, instance, node);
  else if (instance.phase === 'active') {
    if (!isAtWork(run, instance, node)) behave(run, instance, node);
  } else if (instance.phase === 'leaving' && instance.role === 'body') completeBody(run, instance);
  else if (instance.phase === 'leaving') complete(run, instance, node, null);
  else depart(run, instance, node, null);
};

/** Makes one move; what it was about may be gone by now. */
const move = (run: Run, next: Move): void => {
  run.cause = next.cause === 0 ? null : next.cause;
  run.actor = next.actor;
  if (next.kind === 'arrive') {
    arrive(run, next);
    return;
  }
  const { elements } = run.state;
  if (next.kind === 'inner') {
    const body = elements[next.bodyId];
    if (body !== undefined) startInner(run, body, next.index);
  } else if (next.kind === 'close') {
    const scope = elements[next.scopeId];
    if (scope !== undefined) closeScope(run, scope);
  } else if (next.kind === 'rejoin') {
    const scope = elements[next.scopeId];
    if (scope !== undefined) rejoin(run, scope);
  } else if (next.kind === 'enter') {
    const instance = elements[next.id];
    if (instance !== undefined) resume(run, instance);
  }
};

/**
 * Makes moves until none is left, or it is enough for one step.
 *
 * @returns whether the instance is at rest
 */
export function drain(run: Run, isEnough: () => boolean): boolean {
  for (;;) {
    if (!drainFirst(run, isEnough)) return false;
    if (run.changed.size > 0 && fireReachable(run)) {
      run.moves += 1;
      continue;
    }
    if (isEnough() && run.hasMoves) return false;
    const next = run.next();
    if (next === null) return true;
    move(run, next);
    run.made += 1;
  }
}

/**
 * Does all of what is under way as a whole (S03): a host goes on piece by piece before it asks.
 *
 * @returns whether anything was under way
 */
export function finishUnderWay(run: Run): boolean {
  const never = (): boolean => false;
  if (!isFirst(run.first)) return false;
  drainFirst(run, never);
  if (run.state.suspendedAt === null && drain(run, never)) settleAtRest(run, never);
  return true;
}

/**
 * At rest: joins that can never fire any more become incidents, until it is enough for one step.
 *
 * @returns whether all have been looked at
 */
export function settleAtRest(run: Run, isEnough: () => boolean): boolean {
  if (run.state.status === 'active') return findDeadlocks(run, isEnough);
  run.settle();
  return true;
}
