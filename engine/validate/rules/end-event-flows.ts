/** Flows enter an end event and none leaves it. Source: BPMN 2.0.2 §10.5.3. */
import { finding } from '../../errors/index.js';
import type { Rule } from '../rule.js';

/** Findings: BPMN_END_OUTGOING, BPMN_END_NO_INCOMING. */
export const endEventFlows: Rule = {
  node: ({ tag, id, incoming, outgoing }) => {
    if (tag !== 'endEvent') return [];
    const leaving = outgoing.map((flow) => finding('BPMN_END_OUTGOING', id, { id, flow }));
    return incoming.length > 0
      ? leaving
      : [...leaving, finding('BPMN_END_NO_INCOMING', id, { id })];
  },
};
