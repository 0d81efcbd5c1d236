/**
 * Business rule task: evaluates a DMN decision of its deployment, or is a job. Source: BPMN 2.0.2 §10.3.3, A06.
 */
import { type Finding, finding } from '../errors/index.js';
import type { FlowNodeBase, ParsedNode } from '../model/index.js';
import { LEAVE } from '../triggers/index.js';
import { isBinding } from './binding.js';
import { defineElement } from './define.js';
import { ACTIVITY_BOUNDARY, jobOf, startJob, type TaskJob, withoutJob } from './job.js';

export interface BusinessRuleTask extends FlowNodeBase<'businessRuleTask'> {
  readonly job: TaskJob | null;
  readonly decision: { readonly decisionId: string; readonly resultVariable: string } | null;
}

/** What is said of a decision and not carried out, with what to write instead. */
const refusals = ({ extensions }: ParsedNode): readonly (readonly [string, string])[] => {
  const { calledDecision: decision, taskDefinition } = extensions;
  if (decision === null) return [];
  const isComputed = decision.decisionId.trim().startsWith('=');
  return [
    ...(taskDefinition === null
      ? []
      : [['a decision and a job type', 'keep one of them'] as const]),
    ...(isComputed ? [['a computed decision id', 'name the decision by its id'] as const] : []),
    ...(decision.bindingType === 'versionTag'
      ? [['a version tag', 'bind the decision by `deployment`'] as const]
      : []),
  ];
};

const findings = (node: ParsedNode): readonly Finding[] => {
  const { id, extensions } = node;
  if (extensions.calledDecision === null && extensions.taskDefinition === null) {
    return [finding('BPMN_DECISION_MISSING', id, { id })];
  }
  const bindingType = extensions.calledDecision?.bindingType ?? 'latest';
  return [
    ...refusals(node).map(([what, remedy]) =>
      finding('BPMN_NOT_EXECUTED', id, { id, type: `businessRuleTask with ${what}`, remedy }),
    ),
    ...(isBinding(bindingType)
      ? []
      : [finding('BPMN_CALL_BINDING', id, { id, value: `'${bindingType}'` })]),
  ];
};

export const businessRuleTask = defineElement<BusinessRuleTask>({
  kind: 'businessRuleTask',
  tag: 'businessRuleTask',
  attaches: ACTIVITY_BOUNDARY,
  validate: ({ node }) => findings(node),
  compile: ({ node }) => {
    const { calledDecision } = node.extensions;
    if (calledDecision === null) return { job: jobOf(node), decision: null };
    const { decisionId, resultVariable } = calledDecision;
    return { job: null, decision: { decisionId, resultVariable } };
  },
  onEnter: ({ id, job, decision }, activation) => {
    if (decision === null) return job === null ? withoutJob(id) : startJob(job, activation);
    const result = activation.evaluateDecision(decision.decisionId);
    if (!result.ok) return { kind: 'incident', fault: result.fault };
    activation.result({ [decision.resultVariable]: result.value });
    return LEAVE;
  },
});
