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
import type {
  BpmnErrorDetail,
  JobCall,
  JobInput,
  JobOutcome,
  JobOutput,
} from '../../contracts/job.js';
import { ACTIVITY_PREFIX, BPMN_ERROR, JOB_HEADERS } from '../../contracts/names.js';
import { type InstanceEvent, own, type Variables } from '../../engine/model/index.js';
import { fixedDurationMs } from '../../engine/triggers/timer/fixed-duration.js';
import { takeEarly } from '../instance/early.js';
import type { Host } from '../instance/host.js';
import { enqueue } from '../instance/queue.js';
import type { Outcome } from '../instance/window.js';

type StartJob = Extract<HostEffect, { readonly kind: 'startJob' }>;

const MOST_MESSAGE = 2048;
const DAY_MS = 24 * 60 * 60 * 1000;

type RunJob = (call: JobCall) => Promise<JobOutput | JobOutcome>;

/** Runs a job to its end; what came of it is queued, unless it is decided already. Rejects by cancellation alone. */
export async function runJob(host: Host, effect: StartJob): Promise<Outcome> {
  const { id: jobId, type } = effect;
  if (type.startsWith(ACTIVITY_PREFIX)) {
    const message = `reserved: ${type}`;
    return () => enqueue(host, { kind: 'jobFailed', jobId, code: 'TASK_TYPE_UNKNOWN', message });
  }
  const stateKey = stateKeyFor(host, effect);
  const input = inputOf(host, effect);
  try {
    const run = proxyActivities<Record<string, RunJob>>(optionsOf(effect))[type] as RunJob;
    const answer = await run(stateKey === null ? input : { ...input, stateKey });
    return () => takeAnswer(host, jobId, stateKey, answer);
  } catch (error) {
    if (isCancellation(error)) throw error;
    return () => enqueue(host, failureOf(jobId, error));
  }
}

/** Asks for an early decision where one can be taken: by our own workers, on a journal that is stored so far. */
function stateKeyFor({ start, stateKey, unacknowledged }: Host, effect: StartJob): string | null {
  const isElsewhere = own(effect.headers, JOB_HEADERS.taskQueue) !== undefined;
  const isVirtual = start.clock === 'virtual';
  return isElsewhere || isVirtual || unacknowledged.length > 0 ? null : stateKey;
}

function takeAnswer(
  host: Host,
  jobId: string,
  stateKey: string | null,
  answer: JobOutput | JobOutcome,
): void {
  const outcome = stateKey !== null && isOutcome(answer) ? answer : null;
  if (outcome?.decision && takeEarly(host, stateKey, outcome.decision)) return;
  const variables = outcome ? outcome.variables : ((answer ?? {}) as Variables);
  enqueue(host, { kind: 'jobCompleted', jobId, variables });
}

/** Workers in other languages, and those of before, answer with variables alone. */
const isOutcome = (answer: JobOutput | JobOutcome): answer is JobOutcome =>
  answer?.kind === 'jobOutcome' && 'decision' in answer;

function inputOf(host: Host, effect: StartJob): JobInput {
  const { id, elementId, elementInstanceId, effectKey, headers, variables } = effect;
  const { instanceId, processId } = host.start.seed;
  return {
    variables,
    headers,
    effectKey,
    customerKeyId: host.keyId,
    instanceId,
    processId,
    elementId,
    elementInstanceId,
    jobId: id,
  };
}

/** Our own workers give a sign by themselves: a job of one that was killed is tried again after this time. */
const OWN_HEARTBEAT_MS = 60_000;

/** The model's own words on retries and time-outs; validation refuses other texts. */
function optionsOf({ retries, headers }: StartJob): ActivityOptions {
  const ms = (name: string): number | null => fixedDurationMs(own(headers, name) ?? '');
  const taskQueue = own(headers, JOB_HEADERS.taskQueue);
  const heartbeat = ms(JOB_HEADERS.heartbeat) ?? (taskQueue ? null : OWN_HEARTBEAT_MS);
  const coefficient = Number(own(headers, JOB_HEADERS.backoffCoefficient) ?? 2);
  const initialInterval = Math.max(1, ms(JOB_HEADERS.backoff) ?? 1000);
  return {
    ...(taskQueue ? { taskQueue } : {}),
    ...(heartbeat ? { heartbeatTimeout: heartbeat } : {}),
    startToCloseTimeout: ms(JOB_HEADERS.timeout) || 5 * 60 * 1000,
    scheduleToCloseTimeout: ms(JOB_HEADERS.deadline) || 7 * DAY_MS,
    retry: {
      maximumAttempts: Math.max(1, retries),
      initialInterval,
      backoffCoefficient: coefficient >= 1 ? coefficient : 2,
      maximumInterval: Math.max(DAY_MS, initialInterval),
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
