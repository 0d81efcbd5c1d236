/**
 * Jobs in memory: a provider answers each attempt, at once or after virtual time; a failed one is tried again
 * after the back-off of its task, as often as its model allows (S40).
 * Class: pure seen from outside.
 */
import { type InstanceEvent, own, type StartJob } from '../model/index.js';
import { armTimer, elapsedMs } from '../triggers/timer/index.js';
import type { Alarms } from './alarms.js';
import type { JobAnswer, JobProvider, PlayInstance } from './types.js';

/** What jobs need of their host. */
export interface JobHost {
  readonly alarms: Alarms;
  nowMs(): number;
  now(): string;
  enqueue(instance: PlayInstance, event: InstanceEvent): void;
}

/** Open jobs by instance and id. */
export interface Jobs {
  start(instance: PlayInstance, job: StartJob): void;
  cancel(instance: PlayInstance, jobId: string): void;
}

/** Makes the jobs of a run. */
export function createJobs(host: JobHost, provide: JobProvider): Jobs {
  const open = new Set<string>();
  const attempt = (instance: PlayInstance, job: StartJob, number: number): void => {
    const { id: instanceId, process } = instance;
    const call = { instanceId, processId: process.id, job, attempt: number, at: host.now() };
    const answer = provide(call);
    if (answer) later(instance, job, answer.afterMs, () => take(instance, job, number, answer));
  };
  const later = (instance: PlayInstance, job: StartJob, ms: number, then: () => void): void => {
    if (ms <= 0) then();
    else host.alarms.set(keyOf(instance, job.id), host.nowMs() + ms, then);
  };
  const take = (instance: PlayInstance, job: StartJob, number: number, answer: JobAnswer): void => {
    if (answer.kind === 'fail' && number < job.retries) {
      later(instance, job, backOffOf(job, host.now()), () => attempt(instance, job, number + 1));
      return;
    }
    open.delete(keyOf(instance, job.id));
    host.enqueue(instance, eventOf(job, answer, host.now()));
  };
  return {
    start: (instance, job) => {
      open.add(keyOf(instance, job.id));
      attempt(instance, job, 1);
    },
    cancel: (instance, jobId) => {
      const key = keyOf(instance, jobId);
      if (open.delete(key)) host.alarms.cancel(key);
    },
  };
}

function keyOf(instance: PlayInstance, jobId: string): string {
  return `job ${instance.id} ${jobId}`;
}

/** Milliseconds between two attempts: `jornada:backoff` of the task (ISO 8601), else none. */
function backOffOf({ headers }: StartJob, at: string): number {
  const text = own(headers, 'jornada:backoff');
  const armed = text === undefined ? null : armTimer('duration', text, { at, zone: 'UTC' });
  return armed?.ok === true ? elapsedMs(at, armed.series.dueAt) : 0;
}

function eventOf({ id: jobId }: StartJob, answer: JobAnswer, at: string): InstanceEvent {
  switch (answer.kind) {
    case 'complete':
      return { kind: 'jobCompleted', at, jobId, variables: answer.variables };
    case 'fail':
      return { kind: 'jobFailed', at, jobId, code: null, message: answer.message };
    case 'throw': {
      const { code: errorCode, message, variables } = answer;
      return { kind: 'jobThrew', at, jobId, errorCode, message, variables };
    }
  }
}
