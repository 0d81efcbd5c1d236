/**
 * Embedded sub-process: a scope of its own with its content; completes when that has. Source: BPMN 2.0.2
 * §13.3.4, S17, S34.
 */
import type { FlowNodeBase } from '../model/index.js';
import { WAIT } from '../triggers/index.js';
import { defineElement } from './define.js';
import { ACTIVITY_BOUNDARY } from './job.js';

export type SubProcess = FlowNodeBase<'subProcess'>;

export const subProcess = defineElement<SubProcess>({
  kind: 'subProcess',
  tag: 'subProcess',
  matches: ({ isTriggeredByEvent }) => !isTriggeredByEvent,
  attaches: ACTIVITY_BOUNDARY,
  onEnter: (_node, activation) => {
    const problem = activation.openScope();
    return problem === null ? WAIT : { kind: 'incident', fault: problem };
  },
});
