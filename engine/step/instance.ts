/** The instance as a whole: its start and its end. */
import type { ElementInstance, InstanceState, StartEvent } from '../model/index.js';
import { closeWaits } from './arming.js';
import { closeIncidents, openIncident } from './incidents.js';
import { behave } from './lifecycle.js';
import type { Run } from './run.js';
import { armHandlers, beginAt, openScope } from './scopes.js';
import { createElement, remove, store } from './tree.js';
import { setLocal } from './variables.js';

/**
 * Begins an instance at its none start event or implicit starts, or at the start event that was triggered.
 * What is passed to a none start are variables of the process; what triggers another is that event's payload.
 */
export function beginInstance(run: Run, { elementId, variables }: StartEvent): void {
  const root = createElement(run, run.process.id, null, 'scope');
  root.phase = 'active';
  Object.assign(run.state, { rootId: root.id, startedAt: run.at });
  run.state.status = 'active';
  run.cause = run.record('instanceStarted', root, { processId: run.process.id, elementId });
  root.since = run.cause;
  store(run, root);
  const node = elementId === null ? null : run.process.nodes[elementId];
  if (elementId !== null && node !== undefined && node !== null && isTriggered(run, elementId)) {
    beginAt(run, root, elementId, variables, {});
    return;
  }
  setLocal(run, root, variables);
  if (elementId === null) reopen(run, root);
  else beginAt(run, root, elementId, {}, {});
}

const isTriggered = (run: Run, elementId: string): boolean =>
  run.process.starts.some((start) => start.elementId === elementId && start.trigger !== 'none');

const reopen = (run: Run, root: ElementInstance): void => {
  const problem = openScope(run, root);
  if (problem !== null) openIncident(run, root, problem);
};

/** Runs again what an incident on a scope stopped: arming alone when its tokens are there already. */
export function retryScope(run: Run, scope: ElementInstance): void {
  if (scope.parentId !== null && scope.live === 0) {
    behave(run, scope, run.node(scope.elementId));
    return;
  }
  const problem = scope.live > 0 ? armHandlers(run, scope) : openScope(run, scope);
  if (problem !== null) openIncident(run, scope, problem);
}

const ENDED = {
  completed: 'instanceCompleted',
  cancelled: 'instanceCancelled',
  failed: 'instanceFailed',
} as const;

/** Ends the instance: everything inside has ended before. */
export function endInstance(run: Run, status: keyof typeof ENDED): void {
  const { state } = run;
  const root = run.element(state.rootId as string);
  const variables = { ...state.variables[root.id] };
  closeWaits(run, root);
  closeIncidents(run, root, 'incidentClosed');
  run.record(ENDED[status], root);
  remove(run, root);
  state.status = status;
  state.agenda = [];
  state.deferred = [];
  run.effect({ kind: 'endInstance', status, variables });
}

/** Whether an instance has ended. */
export const hasEnded = ({ status }: InstanceState): boolean =>
  status === 'completed' || status === 'cancelled' || status === 'failed';
