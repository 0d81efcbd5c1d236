/** Events name the message or signal, and what is thrown has a code. Source: BPMN 2.0.2 §8.4, §10.5.5. */
import { type Finding, finding } from '../../errors/index.js';
import {
  own,
  type ParsedDefinitions,
  type ParsedNode,
  type ParsedTrigger,
} from '../../model/index.js';
import type { Rule } from '../rule.js';

const THROWS = ['endEvent', 'intermediateThrowEvent'];

/** A reference to nothing was refused already. */
function lacksCode(ref: string | null, roots: ParsedDefinitions['errors']): boolean {
  if (ref === null) return true;
  const root = own(roots, ref);
  return root !== undefined && root.code === null;
}

function missing(
  trigger: ParsedTrigger,
  { id, tag, extensions }: ParsedNode,
  { errors, escalations }: ParsedDefinitions,
): Finding | null {
  const isThrow = THROWS.includes(tag);
  switch (trigger.kind) {
    case 'message': {
      const isJob = isThrow && extensions.taskDefinition !== null;
      return trigger.ref === null && !isJob
        ? finding('BPMN_MESSAGE_REF_MISSING', id, { id })
        : null;
    }
    case 'signal':
      return trigger.ref === null ? finding('BPMN_SIGNAL_REF_MISSING', id, { id }) : null;
    case 'error':
      return isThrow && lacksCode(trigger.ref, errors)
        ? finding('BPMN_ERROR_CODE_MISSING', id, { id })
        : null;
    case 'escalation':
      return isThrow && lacksCode(trigger.ref, escalations)
        ? finding('BPMN_ESCALATION_CODE_MISSING', id, { id })
        : null;
    case 'conditional':
      return trigger.condition === null
        ? finding('BPMN_CONDITIONAL_EXPRESSION_MISSING', id, { id })
        : null;
    default:
      return null;
  }
}

/** Findings: BPMN_MESSAGE_REF_MISSING, BPMN_SIGNAL_REF_MISSING, BPMN_ERROR_CODE_MISSING,
 * BPMN_ESCALATION_CODE_MISSING, BPMN_CONDITIONAL_EXPRESSION_MISSING. */
export const references: Rule = {
  node: (node, _level, { definitions }) =>
    node.triggers
      .map((trigger) => missing(trigger, node, definitions))
      .filter((found) => found !== null),
};
