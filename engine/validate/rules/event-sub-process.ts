/** An event sub-process stands outside all flows and starts by its event alone. Source: BPMN 2.0.2 §10.3.5. */
import { finding } from '../../errors/index.js';
import { isHandler, triggerOf } from '../kinds.js';
import type { Rule } from '../rule.js';

/** Findings: BPMN_ESP_FLOWS, BPMN_ESP_LOOP, BPMN_SUBPROCESS_KIND, BPMN_ESP_NON_INTERRUPTING. */
export const eventSubProcess: Rule = {
  node: (node, { kind, boundary }) => {
    const { id, tag, incoming, outgoing, loop, isInterrupting } = node;
    if (kind === 'eventSubProcess' && tag === 'startEvent' && !isInterrupting) {
      const isFault = ['error', 'compensation'].includes(triggerOf(node));
      return isFault ? [finding('BPMN_ESP_NON_INTERRUPTING', id, { id })] : [];
    }
    if (!isHandler(node)) return [];
    const attached = (boundary.get(id) ?? []).map((event) => event.id);
    const touching = [...incoming, ...outgoing, ...attached];
    return [
      ...touching.map((ref) => finding('BPMN_ESP_FLOWS', id, { id, ref })),
      ...(loop === null ? [] : [finding('BPMN_ESP_LOOP', id, { id })]),
      ...(tag === 'subProcess' ? [] : [finding('BPMN_SUBPROCESS_KIND', id, { id, type: tag })]),
    ];
  },
};
