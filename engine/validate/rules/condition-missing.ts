/** A diverging exclusive or inclusive gateway knows when to take each flow. Source: BPMN 2.0.2 §10.6. */
import { finding } from '../../errors/index.js';
import type { Rule } from '../rule.js';

/** Findings: BPMN_CONDITION_MISSING. */
export const conditionMissing: Rule = {
  node: ({ id, tag, outgoing, defaultFlow }, _level, { flows }) => {
    const isJudged = tag === 'exclusiveGateway' || tag === 'inclusiveGateway';
    if (!isJudged || outgoing.length < 2) return [];
    return outgoing
      .filter((flow) => flow !== defaultFlow && flows.get(flow)?.condition === null)
      .map((flow) => finding('BPMN_CONDITION_MISSING', id, { id, flow }));
  },
};
