/** A default flow leaves its node without a condition. Source: BPMN 2.0.2 §8.4.13. */
import { finding } from '../../errors/index.js';
import type { Rule } from '../rule.js';

/** Findings: BPMN_DEFAULT_NOT_OUTGOING, BPMN_DEFAULT_CONDITIONED. Where none may be, parse knows no such attribute. */
export const defaults: Rule = {
  node: ({ id, defaultFlow: flow, outgoing }, _level, { flows }) => {
    if (flow === null) return [];
    if (!outgoing.includes(flow)) return [finding('BPMN_DEFAULT_NOT_OUTGOING', id, { id, flow })];
    const condition = flows.get(flow)?.condition ?? null;
    return condition === null ? [] : [finding('BPMN_DEFAULT_CONDITIONED', id, { flow })];
  },
};
