/** Service tasks as Temporal activities: one a task type, and one for all types that nobody serves. */
import { activityInfo, heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { MOST_PAYLOAD_BYTES } from '../contracts/instance.js';
import type { JobCall, JobOutcome, JobOutput, ServiceTask } from '../contracts/job.js';
import { ACTIVITY_PREFIX } from '../contracts/names.js';
import { explain, InvariantError } from '../engine/errors/index.js';
import { sizeOf } from '../engine/model/index.js';
import type { DecideEarly } from './decide-early.js';
import { plain } from './decision/plain.js';
import type { TemporalClock } from './decision/temporal-clock.js';

/** Serves one task type, and tells what follows when it is asked to. */
export type ServiceActivity = (call: JobCall) => Promise<JobOutput | JobOutcome>;

/** What service tasks lean on. */
export interface ServiceDeps {
  /** Service tasks by task type. */
  readonly services: ReadonlyMap<string, ServiceTask>;
  readonly decideEarly: DecideEarly;
  readonly clock: TemporalClock;
}

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
export function createServiceActivities(deps: ServiceDeps): Record<string, ServiceActivity> {
  const activities = [...deps.services].map(([type, serve]): [string, ServiceActivity] => {
    if (type.startsWith(ACTIVITY_PREFIX)) throw new InvariantError(`reserved task type ${type}`);
    return [type, serving(deps, serve)];
  });
  return { ...Object.fromEntries(activities), default: refuseUnknownType };
}

function serving({ decideEarly, clock }: ServiceDeps, serve: ServiceTask): ServiceActivity {
  return async ({ stateKey, ...input }) => {
    const startedAt = performance.now();
    clock.hear(activityInfo().currentAttemptScheduledTimestampMs);
    const output = await beating(() => serve(input));
    if (stateKey === undefined) return output;
    const variables = plain(output);
    const usedMs = performance.now() - startedAt;
    const decision = hasTimeLeft(usedMs)
      ? await decideEarly({ stateKey, jobId: input.jobId, variables })
      : null;
    const outcome: JobOutcome = { kind: 'jobOutcome', variables, decision };
    return sizeOf(outcome) <= MOST_PAYLOAD_BYTES ? outcome : { ...outcome, decision: null };
  };
}

/** How often a job gives a sign of life. */
const BEAT_MS = 10_000;

/** Gives signs of life as long as work goes on: without them Temporal gives the job to another worker. */
async function beating<T>(work: () => Promise<T>): Promise<T> {
  const timer = setInterval(heartbeat, BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** Twice what an early decision may take at most: it must not make a job late that was done in time. */
const ENOUGH_MS = 4000;

function hasTimeLeft(usedMs: number): boolean {
  const { startToCloseTimeoutMs, heartbeatTimeoutMs, ...info } = activityInfo();
  const deadlineAt = info.scheduledTimestampMs + info.scheduleToCloseTimeoutMs;
  // Temporal says 0 where there is no heartbeat.
  const beat = heartbeatTimeoutMs || Number.POSITIVE_INFINITY;
  return Math.min(startToCloseTimeoutMs - usedMs, beat, deadlineAt - Date.now()) > ENOUGH_MS;
}
