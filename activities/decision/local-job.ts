/**
 * Runs a service task inside a decision: short and idempotent by its model's word (`jornada:local`). Retries follow
 * each other closely; what fails for good is an event like any other. Class: side effect.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import type { Unstamped } from '../../contracts/instance.js';
import type { BpmnErrorDetail, JobInput, ServiceTask } from '../../contracts/job.js';
import { BPMN_ERROR } from '../../contracts/names.js';
import { explain } from '../../engine/errors/index.js';
import type { JobEvent } from '../../engine/model/index.js';
import { inTime } from './in-time.js';
import { plain } from './plain.js';

const MOST_MESSAGE = 2048;
const MOST_WAIT_MS = 200;

/** Milliseconds of one attempt, and of all together: a decision that takes 30 s is given up, and its jobs run again. */
const LIMITS = { attemptMs: 5000, allMs: 20_000 };

/**
 * Runs a job with all its attempts, as many as there is time for. Never throws: a failure is the event `jobFailed` or
 * `jobThrew`.
 */
export async function runLocalJob(
  serve: ServiceTask | undefined,
  type: string,
  retries: number,
  input: JobInput,
  { attemptMs, allMs } = LIMITS,
): Promise<Unstamped<JobEvent>> {
  const { jobId } = input;
  if (!serve) {
    const message = explain('TASK_TYPE_UNKNOWN', { type });
    return { kind: 'jobFailed', jobId, code: 'TASK_TYPE_UNKNOWN', message };
  }
  const endMs = performance.now() + allMs;
  for (let attempt = 1; ; attempt += 1) {
    const withinMs = Math.min(attemptMs, endMs - performance.now());
    try {
      const variables = plain(
        await inTime(serve(input), withinMs, () => refuseLate(type, withinMs)),
      );
      return { kind: 'jobCompleted', jobId, variables };
    } catch (error) {
      const waitMs = Math.min(10 * 2 ** attempt, MOST_WAIT_MS);
      const isOver = attempt >= retries || performance.now() + waitMs >= endMs;
      if (isOver || isFinal(error)) return failed(jobId, error);
      await wait(waitMs);
    }
  }
}

function refuseLate(type: string, withinMs: number): never {
  const detail = `it took more than ${Math.round(withinMs)} ms inside a decision`;
  const message = explain('JOB_TIMEOUT', { type, detail });
  throw ApplicationFailure.create({ type: 'JOB_TIMEOUT', message });
}

function isFinal(error: unknown): boolean {
  return (
    error instanceof ApplicationFailure &&
    (error.nonRetryable || error.type === BPMN_ERROR) === true
  );
}

function failed(jobId: string, error: unknown): Unstamped<JobEvent> {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, MOST_MESSAGE);
  const type = error instanceof ApplicationFailure ? (error.type ?? null) : null;
  if (type !== BPMN_ERROR) return { kind: 'jobFailed', jobId, code: type, message };
  const detail = (error as ApplicationFailure).details?.[0] as BpmnErrorDetail | undefined;
  const { errorCode = '', variables = {} } = detail ?? {};
  return { kind: 'jobThrew', jobId, errorCode, message: detail?.message ?? message, variables };
}
