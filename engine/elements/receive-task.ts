/** Receive task: waits for its message. Source: BPMN 2.0.2 §10.3.3, A08, S59. */
import { finding } from '../errors/index.js';
import type { FlowNodeBase, MessageTrigger } from '../model/index.js';
import { compileMessage, WAIT } from '../triggers/index.js';
import { defineElement } from './define.js';
import { ACTIVITY_BOUNDARY } from './job.js';

/** `trigger` as on an event: an event-based gateway arms it too. */
export interface ReceiveTask extends FlowNodeBase<'receiveTask'> {
  readonly trigger: MessageTrigger;
}

export const receiveTask = defineElement<ReceiveTask>({
  kind: 'receiveTask',
  tag: 'receiveTask',
  attaches: ACTIVITY_BOUNDARY,
  validate: ({ node: { id, tag: type, messageRef } }) =>
    messageRef === null ? [finding('BPMN_TASK_MESSAGE_MISSING', id, { type, id })] : [],
  compile: (context) => ({
    trigger: compileMessage(context.node.messageRef, context, context.node.extensions),
  }),
  onEnter: ({ id, trigger }, activation) => {
    const problem = activation.arm(id, trigger);
    return problem === null ? WAIT : { kind: 'incident', fault: problem };
  },
});
