/** How many start events a sub-process has. Source: BPMN 2.0.2 §10.3.5, §13.3.4, S17. */
import { finding } from '../../errors/index.js';
import type { Rule } from '../rule.js';

/** Findings: BPMN_SUBPROCESS_START_COUNT, BPMN_ESP_START_COUNT. */
export const startCount: Rule = {
  level: ({ id, kind, starts }) => {
    const n = starts.length;
    if (kind === 'subProcess' && n > 1)
      return [finding('BPMN_SUBPROCESS_START_COUNT', id, { id, n })];
    return kind === 'eventSubProcess' && n !== 1
      ? [finding('BPMN_ESP_START_COUNT', id, { id, n })]
      : [];
  },
};
