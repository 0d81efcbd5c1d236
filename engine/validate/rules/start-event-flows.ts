/** Flows leave a start event and none enters it. Source: BPMN 2.0.2 §10.5.2. */
import { finding } from '../../errors/index.js';
import type { Rule } from '../rule.js';

/** Findings: BPMN_START_INCOMING, BPMN_START_NO_OUTGOING. */
export const startEventFlows: Rule = {
  node: ({ tag, id, incoming, outgoing }) => {
    if (tag !== 'startEvent') return [];
    const entering = incoming.map((flow) => finding('BPMN_START_INCOMING', id, { id, flow }));
    return outgoing.length > 0
      ? entering
      : [...entering, finding('BPMN_START_NO_OUTGOING', id, { id })];
  },
};
