/** Tokens on sequence flows: which flows a completed node takes (S19), and putting tokens on them. */
import { type Fault, fault } from '../errors/index.js';
import type { ElementInstance, Entry, Flow, FlowNodeBase } from '../model/index.js';
import { condition } from './compute.js';
import type { Run } from './run.js';
import { live, occupy } from './tree.js';

/** Flows that a token takes, or why none can be chosen. */
export type Selection = { readonly flows: readonly Flow[] } | { readonly fault: Fault };

/**
 * Flows out of a completed activity: all unconditional ones and those whose condition holds; the default only
 * if no other is taken. Source: BPMN 2.0.2 §8.4.13, rules S19 and S24.
 */
export function selectFlows(run: Run, instance: ElementInstance, node: FlowNodeBase): Selection {
  const { outgoing } = node;
  const [only] = outgoing;
  if (outgoing.length === 0) return { flows: outgoing };
  if (outgoing.length === 1 && only !== undefined && only.condition === null)
    return { flows: outgoing };
  const taken: Flow[] = [];
  for (const flow of outgoing) {
    if (flow.isDefault) continue;
    if (flow.condition === null) {
      taken.push(flow);
      continue;
    }
    const holds = condition(run, instance, flow.condition, flow.id);
    if (!holds.ok) return { fault: holds.fault };
    if (holds.value) taken.push(flow);
  }
  if (taken.length > 0) return { flows: taken };
  const otherwise = outgoing.find(({ isDefault }) => isDefault);
  if (otherwise !== undefined) return { flows: [otherwise] };
  return { fault: fault('NO_FLOW_SELECTED', { element: node.id }) };
}

/**
 * Replaces one token of the scope by one on each of these flows; none consumes it.
 *
 * @param cause - journal entry that led here
 */
export function take(
  run: Run,
  scope: ElementInstance,
  flows: readonly Flow[],
  cause: number,
): void {
  for (const flow of flows) {
    const sequence = run.recordAt('flowTaken', flow.id, null, scope.id);
    occupy(run, scope, flow.id, 1);
    run.push({
      kind: 'arrive',
      nodeId: flow.target,
      flowId: flow.id,
      scopeId: scope.id,
      cause: sequence,
      actor: run.actor,
    });
  }
  const before = run.cause;
  run.cause = cause;
  live(run, scope, flows.length - 1);
  run.cause = before;
}

/** Puts a new token on a node without a flow: starts of a level, links. */
export function place(run: Run, scope: ElementInstance, nodeId: string): void {
  occupy(run, scope, nodeId, 1);
  const { cause, actor } = run;
  run.push({ kind: 'arrive', nodeId, flowId: null, scopeId: scope.id, cause: cause ?? 0, actor });
}

/** Puts a new token where a modification wants it: before a node, or on a flow (S97). */
export function placeEntry(run: Run, scope: ElementInstance, entry: Entry): void {
  const { nodeId, flowId } = entry;
  const before = run.cause;
  if (flowId !== null) run.cause = run.recordAt('flowTaken', flowId, null, scope.id, null, 'S97');
  occupy(run, scope, flowId ?? nodeId, 1);
  const { cause, actor } = run;
  run.push({ kind: 'arrive', nodeId, flowId, scopeId: scope.id, entry, cause: cause ?? 0, actor });
  run.cause = before;
}
