/**
 * Business rule task: evaluates a DMN decision of its deployment, or is a job. Source: BPMN 2.0.2 §10.3.3, A06.
 */
import type { FlowNodeBase } from '../model/index.js';
import { LEAVE } from '../triggers/index.js';
import { defineElement } from './define.js';
import { ACTIVITY_BOUNDARY, jobOf, startJob, type TaskJob, withoutJob } from './job.js';

export interface BusinessRuleTask extends FlowNodeBase<'businessRuleTask'> {
  readonly job: TaskJob | null;
  readonly decision: { readonly decisionId: string; readonly resultVariable: string } | null;
}

export const businessRuleTask = defineElement<BusinessRuleTask>({
  kind: 'businessRuleTask',
  tag: 'businessRuleTask',
  attaches: ACTIVITY_BOUNDARY,
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
