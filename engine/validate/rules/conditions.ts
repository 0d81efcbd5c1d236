/** Where a flow may have a condition. Source: BPMN 2.0.2 §8.4.13, §10.5, §10.6. */
import { type Finding, finding } from '../../errors/index.js';
import type { ParsedFlow, ParsedNode } from '../../model/index.js';
import { isEvent } from '../kinds.js';
import type { Rule } from '../rule.js';

function misplaced({ id: flow }: ParsedFlow, source: ParsedNode): Finding | null {
  const { id, tag, outgoing } = source;
  if (isEvent(source)) return finding('BPMN_CONDITION_AFTER_EVENT', flow, { id: flow });
  if (tag === 'parallelGateway' || tag === 'eventBasedGateway') {
    return finding('BPMN_CONDITION_AFTER_GATEWAY', flow, { gw: id, id: flow });
  }
  return outgoing.length === 1 ? finding('BPMN_CONDITION_ONLY_FLOW', id, { id, flow }) : null;
}

/** Findings: BPMN_CONDITION_AFTER_EVENT, BPMN_CONDITION_AFTER_GATEWAY, BPMN_CONDITION_ONLY_FLOW. */
export const conditions: Rule = {
  flow: (flow, _level, { nodes }) => {
    const source = flow.condition === null ? undefined : nodes.get(flow.source);
    const found = source ? misplaced(flow, source) : null;
    return found ? [found] : [];
  },
};
