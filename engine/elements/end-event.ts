/**
 * End event: consumes its token, after producing its result. Source: BPMN 2.0.2 §10.5.3, S34, S36, S39, S42.
 */
import type { EventNode } from '../model/index.js';
import { compileTrigger, throwTrigger } from '../triggers/index.js';
import { defineElement } from './define.js';
import { jobOf, startJob, type TaskJob } from './job.js';

/** A message end event may be a job instead of publishing (A07). */
export interface EndEvent extends EventNode<'endEvent'> {
  readonly job: TaskJob | null;
}

export const endEvent = defineElement<EndEvent>({
  kind: 'endEvent',
  tag: 'endEvent',
  compile: (context) => ({
    trigger: compileTrigger(context.node, context),
    isInterrupting: true,
    job: jobOf(context.node),
  }),
  onEnter: ({ id, trigger, job }, activation) =>
    job === null ? throwTrigger(trigger, activation, id) : startJob(job, activation),
});
