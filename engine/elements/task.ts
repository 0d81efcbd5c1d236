/** Abstract task: nothing to do; completes at once and is recorded. Source: BPMN 2.0.2 §13.3.3, A10. */
import type { FlowNodeBase } from '../model/index.js';
import { defineElement } from './define.js';
import { ACTIVITY_BOUNDARY } from './job.js';

export type Task = FlowNodeBase<'task'>;

export const task = defineElement<Task>({
  kind: 'task',
  tag: 'task',
  attaches: ACTIVITY_BOUNDARY,
});
