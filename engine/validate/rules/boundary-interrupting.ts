/** Errors and cancels always interrupt. Source: BPMN 2.0.2 §10.5.4. */
import { finding } from '../../errors/index.js';
import { triggerOf } from '../kinds.js';
import type { Rule } from '../rule.js';

/** Findings: BPMN_BOUNDARY_NON_INTERRUPTING. */
export const boundaryInterrupting: Rule = {
  node: (node) => {
    const { id, tag, isInterrupting } = node;
    const type = triggerOf(node);
    const isFault = type === 'error' || type === 'cancel';
    return tag === 'boundaryEvent' && !isInterrupting && isFault
      ? [finding('BPMN_BOUNDARY_NON_INTERRUPTING', id, { id, type })]
      : [];
  },
};
