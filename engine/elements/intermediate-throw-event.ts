/**
 * Intermediate throw event: produces its result and goes on. Source: BPMN 2.0.2 §10.5.4, S33, S42, S65.
 */
import type { EventNode } from '../model/index.js';
import { compileTrigger, throwTrigger } from '../triggers/index.js';
import { defineElement } from './define.js';
import { jobOf, startJob, type TaskJob } from './job.js';

/** A message throw event may be a job instead of publishing (A07). */
export interface IntermediateThrowEvent extends EventNode<'intermediateThrowEvent'> {
  readonly job: TaskJob | null;
}

export const intermediateThrowEvent = defineElement<IntermediateThrowEvent>({
  kind: 'intermediateThrowEvent',
  tag: 'intermediateThrowEvent',
  compile: (context) => ({
    trigger: compileTrigger(context.node, context),
    isInterrupting: true,
    job: jobOf(context.node),
  }),
  onEnter: ({ id, trigger, job }, activation) =>
    job === null ? throwTrigger(trigger, activation, id) : startJob(job, activation),
});
