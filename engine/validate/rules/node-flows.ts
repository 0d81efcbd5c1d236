/**
 * Where a level has a start event, tokens reach each activity and gateway by a flow; where it has an end event,
 * they leave by one. Source: BPMN 2.0.2 §10.5.2, §10.5.3.
 */
import { finding } from '../../errors/index.js';
import { isEvent, isHandler, startsElsewhere } from '../kinds.js';
import type { Rule } from '../rule.js';

/** Findings: BPMN_NODE_WITHOUT_INCOMING, BPMN_NODE_WITHOUT_OUTGOING. */
export const nodeFlows: Rule = {
  node: (node, { kind, starts, ends }) => {
    if (isEvent(node) || kind === 'adHocSubProcess') return [];
    const { id, incoming, outgoing } = node;
    const lacksIn = starts.length > 0 && incoming.length === 0 && !startsElsewhere(node);
    const lacksOut = ends.length > 0 && outgoing.length === 0;
    const isOutside = isHandler(node) || node.isForCompensation;
    return [
      ...(lacksIn ? [finding('BPMN_NODE_WITHOUT_INCOMING', id, { id })] : []),
      ...(lacksOut && !isOutside ? [finding('BPMN_NODE_WITHOUT_OUTGOING', id, { id })] : []),
    ];
  },
};
