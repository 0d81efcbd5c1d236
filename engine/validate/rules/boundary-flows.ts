/** Flows leave a boundary event and none enters it. Source: BPMN 2.0.2 §10.5.4. */
import { finding } from '../../errors/index.js';
import { triggerOf } from '../kinds.js';
import type { Rule } from '../rule.js';

/** Findings: BPMN_BOUNDARY_INCOMING, BPMN_BOUNDARY_NO_OUTGOING. */
export const boundaryFlows: Rule = {
  node: (node) => {
    if (node.tag !== 'boundaryEvent') return [];
    const { id, incoming, outgoing } = node;
    const entering = incoming.map((flow) => finding('BPMN_BOUNDARY_INCOMING', id, { id, flow }));
    // A compensation handler is reached by an association.
    return outgoing.length > 0 || triggerOf(node) === 'compensation'
      ? entering
      : [...entering, finding('BPMN_BOUNDARY_NO_OUTGOING', id, { id })];
  },
};
