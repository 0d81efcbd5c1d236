/** Service tasks: an activity whose type is the BPMN task type. Class: workflow. Source: docs/design.md D4; S40. */
import {
  ActivityFailure,
  type ActivityOptions,
  ApplicationFailure,
  isCancellation,
  proxyActivities,
  TimeoutFailure,
} from '@temporalio/workflow';
import type { HostEffect } from '../../contracts/decision.js';
import type { Unstamped } from '../../contracts/instance.js';
import type { BpmnErrorDetail, JobInput, JobOutput } from '../../contracts/job.js';
import { ACTIVITY_PREFIX, BPMN_ERROR, JOB_HEADERS } from '../../contracts/names.js';
import { type InstanceEvent, own } from '../../engine/model/index.js';
import type { Host } from '../instance/host.js';
import { enqueue } from '../instance/queue.js';
import { durationMs } from './duration.js';
import { tooLargeFor } from './payload.js';

type StartJob = Extract<HostEffect, { readonly kind: 'startJob' }>;

const MOST_MESSAGE = 2048;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Runs a job to its end and queues what came of it. Rejects by cancellation alone. */
export async function runJob(host: Host, effect: StartJob): Promise<void> {
  enqueue(host, await outcomeOf(host, effect));
}

async function outcomeOf(host: Host, effect: StartJob): Promise<Unstamped<InstanceEvent>> {
  const { id: jobId, type } = effect;
  if (type.startsWith(ACTIVITY_PREFIX)) {
    return { kind: 'jobFailed', jobId, code: 'TASK_TYPE_UNKNOWN', message: `reserved: ${type}` };
  }
  const input = inputOf(host, effect);
  const tooLarge = tooLargeFor('a job', input);
  if (tooLarge) return { kind: 'jobFailed', jobId, ...tooLarge };
  try {
    const run = proxyActivities<Record<string, (input: JobInput) => Promise<JobOutput>>>(
      optionsOf(effect),
    )[type] as (input: JobInput) => Promise<JobOutput>;
    const output = await run(input);
    return { kind: 'jobCompleted', jobId, variables: output ?? {} };
  } catch (error) {
    if (isCancellation(error)) throw error;
    return failureOf(jobId, error);
  }
}

function inputOf(host: Host, effect: StartJob): JobInput {
  const { id, elementId, elementInstanceId, effectKey, headers, variables } = effect;
  const { instanceId, processId } = host.start.seed;
  return {
    variables,
    headers,
    effectKey,
    instanceId,
    processId,
    elementId,
    elementInstanceId,
    jobId: id,
  };
}

/** The model's own words on retries and time-outs; a text that is no duration keeps the default. */
function optionsOf({ retries, headers }: StartJob): ActivityOptions {
  const ms = (name: string): number | null => durationMs(own(headers, name) ?? '');
  const taskQueue = own(headers, JOB_HEADERS.taskQueue);
  const heartbeat = ms(JOB_HEADERS.heartbeat);
  const coefficient = Number(own(headers, JOB_HEADERS.backoffCoefficient) ?? 2);
  return {
    ...(taskQueue ? { taskQueue } : {}),
    ...(heartbeat ? { heartbeatTimeout: heartbeat } : {}),
    startToCloseTimeout: ms(JOB_HEADERS.timeout) || 5 * 60 * 1000,
    scheduleToCloseTimeout: ms(JOB_HEADERS.deadline) || 7 * DAY_MS,
    retry: {
      maximumAttempts: Math.max(1, retries),
      initialInterval: Math.max(1, ms(JOB_HEADERS.backoff) ?? 1000),
      backoffCoefficient: coefficient >= 1 ? coefficient : 2,
      maximumInterval: DAY_MS,
      nonRetryableErrorTypes: [BPMN_ERROR],
    },
  };
}

/** A failure as an event: a BPMN error is the business's, all else is technical. */
export function failureOf(jobId: string, error: unknown): Unstamped<InstanceEvent> {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure && cause.type === BPMN_ERROR) {
    const detail = cause.details?.[0] as BpmnErrorDetail | undefined;
    const { errorCode = '', message = cause.message, variables = {} } = detail ?? {};
    return {
      kind: 'jobThrew',
      jobId,
      errorCode,
      message: message.slice(0, MOST_MESSAGE),
      variables,
    };
  }
  const message = (cause instanceof Error ? cause.message : String(cause)).slice(0, MOST_MESSAGE);
  if (cause instanceof TimeoutFailure) {
    return { kind: 'jobFailed', jobId, code: 'JOB_TIMEOUT', message };
  }
  // A failure without a type comes back from Temporal with an empty one.
  const code = cause instanceof ApplicationFailure ? cause.type || null : null;
  return { kind: 'jobFailed', jobId, code, message };
}
