/**
 * Service task: a job that a worker does. Give it a type by `zeebe:taskDefinition`. Source: BPMN 2.0.2
 * §10.3.3, S40.
 */
import { finding } from '../errors/index.js';
import type { FlowNodeBase } from '../model/index.js';
import { defineElement } from './define.js';
import { ACTIVITY_BOUNDARY, jobOf, startJob, type TaskJob, withoutJob } from './job.js';

export interface ServiceTask extends FlowNodeBase<'serviceTask'> {
  readonly job: TaskJob | null;
}

export const serviceTask = defineElement<ServiceTask>({
  kind: 'serviceTask',
  tag: 'serviceTask',
  attaches: ACTIVITY_BOUNDARY,
  validate: ({ node: { id, extensions } }) =>
    extensions.taskDefinition === null
      ? [finding('BPMN_TASK_IMPLEMENTATION_MISSING', id, { id })]
      : [],
  compile: ({ node }) => ({ job: jobOf(node) }),
  onEnter: ({ id, job }, activation) => (job === null ? withoutJob(id) : startJob(job, activation)),
});
