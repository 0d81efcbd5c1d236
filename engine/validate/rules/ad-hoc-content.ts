/** An ad-hoc sub-process holds activities, and neither begins nor ends by events. Source: BPMN 2.0.2 §10.3.5. */
import { finding } from '../../errors/index.js';
import { isActivity } from '../kinds.js';
import type { Rule } from '../rule.js';

/** Findings: BPMN_ADHOC_CONTENT. */
export const adHocContent: Rule = {
  level: ({ id, kind, container, nodes, starts, ends }) => {
    // As an event sub-process it has a finding of its own.
    if (kind !== 'adHocSubProcess' || container?.isTriggeredByEvent) return [];
    const details = [
      ...[...starts, ...ends].map((event) => `it has ${event.tag} ${event.id}`),
      ...(nodes.some(isActivity) ? [] : ['it has no activity']),
    ];
    return details.map((detail) => finding('BPMN_ADHOC_CONTENT', id, { id, detail }));
  },
};
