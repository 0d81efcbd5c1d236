/** What waits for a message inside an instance has a key that tells instances apart. Source: BPMN 2.0.2 §8.4.2, S59. */
import { finding } from '../../errors/index.js';
import { namedEvents } from '../named-events.js';
import type { Rule } from '../rule.js';

const CATCHES = ['startEvent', 'intermediateCatchEvent', 'boundaryEvent', 'receiveTask'];

/** Findings: BPMN_CORRELATION_MISSING. A message that starts an instance needs none. */
export const correlation: Rule = {
  node: (node, { kind }, { definitions }) => {
    const { id, tag, extensions } = node;
    const isStart = tag === 'startEvent' && kind === 'process';
    if (!CATCHES.includes(tag) || isStart || extensions.correlationKey !== null) return [];
    return namedEvents(node, definitions)
      .filter(({ type, correlationKey }) => type === 'message' && correlationKey === null)
      .map(() => finding('BPMN_CORRELATION_MISSING', id, { id }));
  },
};
