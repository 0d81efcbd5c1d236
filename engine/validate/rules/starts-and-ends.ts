/** A level has start and end events both, or neither. Source: BPMN 2.0.2 §10.5.2, §10.5.3, S11. */
import { finding } from '../../errors/index.js';
import type { Rule } from '../rule.js';

/** Findings: BPMN_START_WITHOUT_END, BPMN_END_WITHOUT_START. */
export const startsAndEnds: Rule = {
  level: ({ id, kind, starts, ends }) => {
    if (kind === 'adHocSubProcess') return [];
    if (starts.length > 0 && ends.length === 0)
      return [finding('BPMN_START_WITHOUT_END', id, { scope: id })];
    return ends.length > 0 && starts.length === 0 && kind !== 'eventSubProcess'
      ? [finding('BPMN_END_WITHOUT_START', id, { scope: id })]
      : [];
  },
};
