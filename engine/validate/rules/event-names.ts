/** Messages and signals that are used have a name. Source: BPMN 2.0.2 §8.4.11. */
import { finding } from '../../errors/index.js';
import { namedEvents } from '../named-events.js';
import type { Rule } from '../rule.js';

/** Findings: BPMN_EVENT_NAME_MISSING, at the message or signal. */
export const eventNames: Rule = {
  node: (node, _level, { definitions }) =>
    namedEvents(node, definitions)
      .filter(({ name }) => name === null)
      .map(({ id, type }) => finding('BPMN_EVENT_NAME_MISSING', id, { type, id })),
};
