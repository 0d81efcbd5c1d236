/** The instance as a whole: its start and its end. */
import type {
  ElementInstance,
  InstanceState,
  Move,
  StartEvent,
  Variables,
} from '../model/index.js';
import { closeWaits } from './arming.js';
import { notAwaited } from './events/not-awaited.js';
import { closeIncidents, openIncident } from './incidents.js';
import { behave } from './lifecycle.js';
import { tooLarge } from './payloads.js';
import type { Run } from './run.js';
import { armBegun, beginAt, openScope } from './scopes.js';
import { askToClose, createElement, remove, store } from './tree.js';
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

/** Runs again what an incident on a scope stopped. What failed outside of it leaves nothing to run. */
export function retryScope(run: Run, scope: ElementInstance): void {
  if (scope.phase === 'entering') armBegun(run, scope);
  else if (scope.live > 0 || scope.handlers > 0) return;
  else if (scope.isClosing) askToClose(run, scope);
  else if (scope.parentId === null) reopen(run, scope);
  else behave(run, scope, run.node(scope.elementId));
}

const ENDED = {
  completed: 'instanceCompleted',
  cancelled: 'instanceCancelled',
  failed: 'instanceFailed',
} as const;

/** Completes the instance, once what it leaves behind is small enough to be told. */
export function completeInstance(run: Run, root: ElementInstance): void {
  const problem = tooLarge(run, variablesOf(run, root));
  if (problem === null) finish(run, 'completed', root);
  else openIncident(run, root, problem);
}

/** Ends an instance that does not complete: everything inside has ended before, or it never began. */
export function endInstance(run: Run, status: 'cancelled' | 'failed'): void {
  const { rootId } = run.state;
  finish(run, status, rootId === null ? null : run.element(rootId));
}

const variablesOf = ({ state }: Run, root: ElementInstance): Variables => ({
  ...state.variables[root.id],
});

type Finish = Extract<Move, { readonly kind: 'finish' }>;

/** From now on nothing happens but the end: events that were kept come too late. */
const finish = (run: Run, status: Finish['status'], root: ElementInstance | null): void => {
  if (root !== null) {
    closeWaits(run, root);
    closeIncidents(run, root);
  }
  const { cause, actor } = run;
  run.pushFirst({ kind: 'finish', status, cause: cause ?? 0, actor });
};

/** One piece: a note on an event that was kept; after the last the instance ends. */
export function goOnFinishing(run: Run, { status }: Finish): void {
  const { state } = run;
  const late = state.deferred.shift();
  if (late === undefined)
    end(run, status, state.rootId === null ? null : run.element(state.rootId));
  else if (late.kind !== 'subscriptionsLapsed') notAwaited(run, late.kind, 'event that was kept');
}

const end = (run: Run, status: Finish['status'], root: ElementInstance | null): void => {
  const { state } = run;
  const all = root === null ? {} : variablesOf(run, root);
  // Nobody goes on with what a cancelled one had, so it does not wait for it to be smaller.
  const variables = tooLarge(run, all) === null ? all : {};
  run.record(ENDED[status], root);
  if (root !== null) remove(run, root);
  state.status = status;
  state.agenda = [];
  const output = run.process.variables.filter(({ isOutput }) => isOutput).map(({ name }) => name);
  run.effect({ kind: 'endInstance', status, variables, ...(output.length > 0 && { output }) });
};

/** Whether an instance has ended. */
export const hasEnded = ({ status }: InstanceState): boolean =>
  status === 'completed' || status === 'cancelled' || status === 'failed';
