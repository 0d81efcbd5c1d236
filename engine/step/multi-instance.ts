/** Multi-instance: one body holds the inner instances and counts them. Source: BPMN 2.0.2 §13.3.7, S70–S75. */
import { type Fault, fault, reasonIn } from '../errors/index.js';
import type {
  ElementInstance,
  FlowNodeBase,
  Json,
  LoopCounters,
  MultiInstance,
} from '../model/index.js';
import { closeWaits } from './arming.js';
import { roleOf } from './chart.js';
import { condition, evaluateIn, tooMuch } from './compute.js';
import { closeIncidents, openIncident } from './incidents.js';
import { interruptInside } from './interrupt.js';
import { depart, enter } from './lifecycle.js';
import type { Run } from './run.js';
import { askToClose, createElement, live, remove } from './tree.js';
import { setLocal, write } from './variables.js';

/** Name under which item and output of an inner instance are kept. */
const slot = (index: number): string => `i${index}`;

const loopOf = (body: ElementInstance): LoopCounters => body.loop as LoopCounters;

const multiOf = (node: FlowNodeBase): MultiInstance => node.multiInstance as MultiInstance;

type Size = { readonly total: number; readonly items: readonly Json[] } | { readonly fault: Fault };

const sizeOf = (run: Run, body: ElementInstance, node: FlowNodeBase): Size => {
  const { collection, cardinality } = multiOf(node);
  const feel = collection ?? cardinality ?? 'null';
  const result = evaluateIn(run, body, feel, `${node.id} (multi-instance)`);
  const refuse = (detail: string): Size => ({
    fault: fault('MI_SIZE', { element: node.id, limit: run.process.limits.collectionSize, detail }),
  });
  if (!result.ok) return refuse(reasonIn(result.fault.message));
  const { value } = result;
  if (collection !== null) {
    if (!Array.isArray(value)) return refuse(`it is ${JSON.stringify(value).slice(0, 80)}`);
    if (value.length > run.process.limits.collectionSize) return refuse(`it has ${value.length}`);
    return { total: value.length, items: value as readonly Json[] };
  }
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    return refuse(`it is ${JSON.stringify(value).slice(0, 80)}`);
  }
  if (value > run.process.limits.collectionSize) return refuse(`it is ${value}`);
  return { total: value, items: [] };
};

/**
 * Opens a body: freezes its collection and starts the inner instances (S70, S71). One whose event has spent its budget of
 * inner instances waits behind an incident: collections in collections multiply (S06).
 */
export function openBody(run: Run, body: ElementInstance, node: FlowNodeBase): void {
  const size = sizeOf(run, body, node);
  if ('fault' in size) {
    openIncident(run, body, size.fault);
    return;
  }
  const limit = Math.max(run.process.limits.movesAStep, size.total);
  if (run.innerStarts >= limit) {
    openIncident(run, body, fault('LOOP_LIMIT', { limit, element: node.id }), undefined, 'S06');
    return;
  }
  const first = multiOf(node).isSequential ? Math.min(size.total, 1) : size.total;
  // All that begin at once are active at once, also while the first of them runs (S71).
  body.loop = { total: size.total, started: first, completed: 0, terminated: 0 };
  run.touch(body);
  for (const [i, item] of size.items.entries()) run.putIn('items', body.id, slot(i + 1), item);
  for (let index = 1; index <= first; index += 1) pushInner(run, body, index);
  if (first === 0) askToClose(run, body);
  else live(run, body, first);
}

const pushInner = (run: Run, { id: bodyId }: ElementInstance, index: number): void => {
  const { cause, actor } = run;
  run.innerStarts += 1;
  run.push({ kind: 'inner', bodyId, index, cause: cause ?? 0, actor });
};

/** Starts one inner instance. */
export function startInner(run: Run, body: ElementInstance, index: number): void {
  const node = run.node(body.elementId);
  const { inputElement } = multiOf(node);
  const inner = createElement(run, node.id, body.id, roleOf(node), null, index);
  const data = { kind: node.kind, name: node.name, loopCounter: index };
  run.cause = run.record('elementEntered', inner, data);
  inner.since = run.cause;
  const item = run.state.items[body.id]?.[slot(index)];
  setLocal(run, inner, {
    loopCounter: index,
    ...(inputElement !== null && item !== undefined && { [inputElement]: item }),
  });
  enter(run, inner, node);
}

/** An inner instance has done its work: its output, the counters, and what they lead to (S72, S73). */
export function innerCompleted(run: Run, inner: ElementInstance, node: FlowNodeBase): void {
  const body = run.element(inner.parentId as string);
  const before = loopOf(body);
  const isTerminated = inner.isTerminated;
  const output = isTerminated ? null : outputOf(run, inner, node);
  if (output !== null && 'fault' in output) {
    openIncident(run, inner, output.fault);
    return;
  }
  body.loop = isTerminated
    ? { ...before, terminated: before.terminated + 1 }
    : { ...before, completed: before.completed + 1 };
  const isEnough = isTerminated ? { value: false } : isConditionMet(run, inner, node);
  if ('fault' in isEnough) {
    body.loop = before;
    openIncident(run, inner, isEnough.fault);
    return;
  }
  run.touch(body);
  if (output !== null) run.putIn('outputs', body.id, slot(inner.index as number), output.value);
  closeWaits(run, inner);
  closeIncidents(run, inner);
  run.cause = run.record(isTerminated ? 'elementCancelled' : 'elementCompleted', inner);
  remove(run, inner);
  goOn(run, body, node, isEnough.value);
}

/** A modification has cancelled an inner instance: it counts as terminated, and the others go on (S71, S97). */
export function innerCancelled(run: Run, body: ElementInstance): void {
  const loop = loopOf(body);
  body.loop = { ...loop, terminated: loop.terminated + 1 };
  run.touch(body);
  goOn(run, body, run.node(body.elementId), false);
}

type Output = { readonly value: Json } | { readonly fault: Fault } | null;

const outputOf = (run: Run, inner: ElementInstance, node: FlowNodeBase): Output => {
  const { outputElement, outputCollection } = multiOf(node);
  if (outputElement === null || outputCollection === null) return null;
  const result = evaluateIn(run, inner, outputElement, `${node.id} (output element)`);
  return result.ok ? { value: result.value } : { fault: result.fault };
};

const isConditionMet = (
  run: Run,
  inner: ElementInstance,
  node: FlowNodeBase,
): { readonly value: boolean } | { readonly fault: Fault } => {
  const { completionCondition } = multiOf(node);
  if (completionCondition === null) return { value: false };
  const result = condition(run, inner, completionCondition, `${node.id} (completion condition)`);
  return result.ok ? { value: result.value } : { fault: result.fault };
};

const goOn = (run: Run, body: ElementInstance, node: FlowNodeBase, isEnough: boolean): void => {
  if (isEnough) {
    body.live = 1;
    run.reason = `was ended because the completion condition of '${node.id}' held`;
    interruptInside(run, body, { kind: 'body', bodyId: body.id });
    return;
  }
  const loop = loopOf(body);
  if (multiOf(node).isSequential && loop.started < loop.total) {
    const index = loop.started + 1;
    body.loop = { ...loop, started: index };
    pushInner(run, body, index);
    return;
  }
  live(run, body, -1);
};

/** All inner instances have ended: writes the output collection and sends the body's token on. */
export function completeBody(run: Run, body: ElementInstance): void {
  Object.assign(body, { phase: 'leaving', live: 0 });
  const node = run.node(body.elementId);
  const { outputCollection } = multiOf(node);
  if (outputCollection !== null) {
    const outputs = run.state.outputs[body.id] ?? {};
    const { total } = loopOf(body);
    const list = Array.from({ length: total }, (_, i) => outputs[slot(i + 1)] ?? null);
    const problem = tooMuch(run, outputCollection, list);
    if (problem !== null) {
      openIncident(run, body, problem);
      return;
    }
    write(run, run.element(body.parentId as string), { [outputCollection]: list });
  }
  depart(run, body, node, null);
}
