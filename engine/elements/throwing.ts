/** What events that throw have in common: their trigger, or a job that does its work (A07). */
import type { Activation, EventNode, NodeContext, Outcome } from '../model/index.js';
import { compileTrigger, throwTrigger } from '../triggers/index.js';
import { jobOf, startJob, type TaskJob } from './job.js';

/** A message event may be a job instead of publishing. */
export interface ThrowingEvent<K extends string> extends EventNode<K> {
  readonly job: TaskJob | null;
}

/** What the IR node of a throwing event adds. */
export const compileThrowing = (
  context: NodeContext,
): Pick<ThrowingEvent<string>, 'trigger' | 'isInterrupting' | 'job'> => ({
  trigger: compileTrigger(context.node, context),
  isInterrupting: true,
  job: jobOf(context.node),
});

/** What its token does. */
export const enterThrowing = (
  { trigger, job }: ThrowingEvent<string>,
  activation: Activation,
): Outcome => (job === null ? throwTrigger(trigger, activation) : startJob(job, activation));
