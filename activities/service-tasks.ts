/** Service tasks as Temporal activities: one a task type, and one for all types that nobody serves. */
import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { JobInput, JobOutput, ServiceTask } from '../contracts/job.js';
import { ACTIVITY_PREFIX } from '../contracts/names.js';
import { explain, InvariantError } from '../engine/errors/index.js';

/** Refuses a task type that this worker does not serve: an incident, never a workflow that waits for ever. */
async function refuseUnknownType(): Promise<never> {
  const type = activityInfo().activityType;
  const message = explain('TASK_TYPE_UNKNOWN', { type });
  throw ApplicationFailure.nonRetryable(message, 'TASK_TYPE_UNKNOWN');
}

/**
 * Makes the activities of the service tasks by task type, with `default` for the rest.
 *
 * @throws InvariantError when a type begins like the engine's own activities
 */
export function createServiceActivities(
  services: ReadonlyMap<string, ServiceTask>,
): Record<string, (input: JobInput) => Promise<JobOutput>> {
  for (const type of services.keys()) {
    if (type.startsWith(ACTIVITY_PREFIX)) throw new InvariantError(`reserved task type ${type}`);
  }
  return { ...Object.fromEntries(services), default: refuseUnknownType };
}
