/**
 * The life of one activation: entered, waiting, left. Every element shares it; what sets one apart is its
 * `onEnter` and `onEvent`. A fault on the way opens an incident and leaves a phase from which a retry runs
 * exactly the failed part again.
 */
import type { Fault } from '../errors/index.js';
import type {
  ElementEvent,
  ElementInstance,
  Entry,
  Flow,
  FlowNodeBase,
  Outcome,
  Payload,
  Variables,
} from '../model/index.js';
import { createActivation } from './activation.js';
import { armBoundary, closeWaits } from './arming.js';
import { selectFlows, take } from './flows.js';
import { closeIncidents, openIncident } from './incidents.js';
import { mapInputs, mapOutputs } from './mappings.js';
import { innerCompleted, openBody } from './multi-instance.js';
import type { Run } from './run.js';
import { createElement, isStored, remove, store } from './tree.js';
import { setLocal, write } from './variables.js';

/** A token enters a node: a new element instance lives from here. */
export function enterNode(
  run: Run,
  scope: ElementInstance,
  nodeId: string,
  flowId: string | null,
  rule: string | null = null,
  entry: Entry | null = null,
): void {
  const { node, role, entered } = run.stop(nodeId);
  const instance = createElement(run, nodeId, scope.id, role, flowId);
  run.cause = run.record('elementEntered', instance, entered, rule);
  instance.since = run.cause;
  if (entry !== null) {
    if (entry.inside.length > 0) instance.begins = entry.inside;
    setLocal(run, instance, entry.variables);
  }
  enter(run, instance, node);
}

/** Phase `entering`: inputs, boundary events; then what the element does. */
export function enter(run: Run, instance: ElementInstance, node: FlowNodeBase): void {
  const problem = prepare(run, instance, node);
  if (problem !== null) {
    closeWaits(run, instance);
    openIncident(run, instance, problem);
    return;
  }
  instance.phase = 'active';
  if (isStored(run, instance)) run.touch(instance);
  behave(run, instance, node);
}

const prepare = (run: Run, instance: ElementInstance, node: FlowNodeBase): Fault | null => {
  if (instance.role === 'body') store(run, instance);
  else if (node.inputs.length > 0) {
    const problem = mapInputs(run, instance, node.inputs);
    if (problem !== null) return problem;
  }
  if (node.boundary.length === 0 || instance.index !== null) return null;
  store(run, instance);
  return armBoundary(run, instance, node);
};

/** Phase `active`: what the element does with its token. */
export function behave(run: Run, instance: ElementInstance, node: FlowNodeBase): void {
  if (instance.role === 'body') {
    openBody(run, instance, node);
    return;
  }
  const { onEnter } = run.stop(node.id).definition;
  if (onEnter === undefined) complete(run, instance, node, null);
  else settle(run, instance, node, onEnter(node, createActivation(run, instance, node)));
}

/** Hands an event to a waiting activation. */
export function deliver(run: Run, instance: ElementInstance, event: ElementEvent): void {
  const { node, definition } = run.stop(instance.elementId);
  const { onEvent } = definition;
  if (onEvent !== undefined) {
    settle(run, instance, node, onEvent(node, event, createActivation(run, instance, node)));
    return;
  }
  takeResult(run, instance, node, event.kind === 'done' ? event.variables : event.payload);
  complete(run, instance, node, null);
}

const settle = (
  run: Run,
  instance: ElementInstance,
  node: FlowNodeBase,
  outcome: Outcome,
): void => {
  switch (outcome.kind) {
    case 'leave':
      complete(run, instance, node, outcome.flows);
      return;
    case 'wait':
      store(run, instance);
      run.waits.push(instance);
      return;
    case 'incident':
      openIncident(run, instance, outcome.fault);
      return;
    case 'gone':
      return;
  }
};

/** Takes values as an activation's result: its output mappings read them, without any S93 writes them. */
export function takeResult(
  run: Run,
  instance: ElementInstance,
  node: FlowNodeBase,
  values: Variables,
  visibleToMappings: Variables = {},
): void {
  if (node.outputs.length === 0) write(run, instance, values);
  else setLocal(run, instance, { ...visibleToMappings, ...values });
}

/** Phase `leaving`: output mappings; then the way on. */
export function complete(
  run: Run,
  instance: ElementInstance,
  node: FlowNodeBase,
  flows: readonly Flow[] | null,
): void {
  instance.phase = 'leaving';
  if (node.outputs.length > 0 && instance.role !== 'body') {
    const problem = mapOutputs(run, instance, node.outputs);
    if (problem !== null) {
      openIncident(run, instance, problem);
      return;
    }
  }
  depart(run, instance, node, flows);
}

/** Phase `departing`: chooses flows, ends the activation and puts tokens on them. */
export function depart(
  run: Run,
  instance: ElementInstance,
  node: FlowNodeBase,
  chosen: readonly Flow[] | null,
): void {
  instance.phase = 'departing';
  if (instance.index !== null) {
    innerCompleted(run, instance, node);
    return;
  }
  const selection = chosen === null ? selectFlows(run, instance, node) : { flows: chosen };
  if ('fault' in selection) {
    openIncident(run, instance, selection.fault);
    return;
  }
  finish(run, instance, selection.flows);
}

/** Ends an activation normally and sends its token on. */
export function finish(run: Run, instance: ElementInstance, flows: readonly Flow[]): void {
  const scope = run.element(instance.parentId as string);
  closeWaits(run, instance);
  closeIncidents(run, instance);
  const sequence = run.record('elementCompleted', instance);
  remove(run, instance);
  const before = run.cause;
  run.cause = sequence;
  take(run, scope, flows, sequence);
  run.cause = before;
}

/** An event happens in a scope without having been waited for by a token of its own: boundary, arm. */
export function fireEvent(
  run: Run,
  scope: ElementInstance,
  nodeId: string,
  payload: Payload,
  locals: Payload,
): void {
  const node = run.node(nodeId);
  const instance = createElement(run, nodeId, scope.id, 'node');
  run.cause = run.record('elementEntered', instance, { kind: node.kind, name: node.name });
  instance.since = run.cause;
  takeResult(run, instance, node, payload, locals);
  complete(run, instance, node, null);
}
