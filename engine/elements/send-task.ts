/** Send task: publishes its message, or is a job. Source: BPMN 2.0.2 §10.3.3, A07. */
import { finding } from '../errors/index.js';
import type { FlowNodeBase, MessageTrigger } from '../model/index.js';
import { compileMessage, LEAVE } from '../triggers/index.js';
import { defineElement } from './define.js';
import { ACTIVITY_BOUNDARY, jobOf, startJob, type TaskJob } from './job.js';

export interface SendTask extends FlowNodeBase<'sendTask'> {
  readonly job: TaskJob | null;
  readonly message: MessageTrigger;
}

export const sendTask = defineElement<SendTask>({
  kind: 'sendTask',
  tag: 'sendTask',
  attaches: ACTIVITY_BOUNDARY,
  validate: ({ node: { id, tag: type, messageRef, extensions } }) =>
    messageRef === null && extensions.taskDefinition === null
      ? [finding('BPMN_TASK_MESSAGE_MISSING', id, { type, id })]
      : [],
  compile: (context) => ({
    job: jobOf(context.node),
    message: compileMessage(context.node.messageRef, context, context.node.extensions),
  }),
  onEnter: ({ job, message }, activation) => {
    if (job !== null) return startJob(job, activation);
    const problem = activation.publish(message);
    return problem === null ? LEAVE : { kind: 'incident', fault: problem };
  },
});
