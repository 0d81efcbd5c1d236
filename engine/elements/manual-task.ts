/** Manual task: done without the engine's help; completes at once. Source: BPMN 2.0.2 §13.3.3, A10. */
import type { FlowNodeBase } from '../model/index.js';
import { defineElement } from './define.js';
import { ACTIVITY_BOUNDARY } from './job.js';

export type ManualTask = FlowNodeBase<'manualTask'>;

export const manualTask = defineElement<ManualTask>({
  kind: 'manualTask',
  tag: 'manualTask',
  attaches: ACTIVITY_BOUNDARY,
});
