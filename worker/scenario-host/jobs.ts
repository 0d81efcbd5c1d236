/**
 * Jobs of a scenario on real activities. What a job answers, and when in virtual time, is planned when it starts, in
 * the way of the in-memory host; the activity that serves it fails and answers by that plan. Answers are given one
 * after the other, each when the one before has been decided, so that a run is the same each time.
 */
import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { JobInput, JobOutput, ServiceTask } from '../../contracts/job.js';
import { BPMN_ERROR } from '../../contracts/names.js';
import type { InstanceEvent, JobEvent, StartJob } from '../../engine/model/index.js';
import type { Alarms } from '../../engine/play/alarms.js';
import type { JobAnswer, JobProvider } from '../../engine/play/index.js';
import { createJobs, type Jobs } from '../../engine/play/jobs.js';
import type { RunInstance } from './run-instance.js';

/** What is planned for one job. */
interface Plan {
  /** Messages of the attempts that fail and are tried again, in order. */
  readonly failures: string[];
  /** Null until it may be given. */
  answer: JobEvent | 'cancelled' | null;
  /** Wakes the activity that waits. */
  changed: () => void;
}

/** What jobs need of their run. */
export interface JobClock {
  readonly alarms: Alarms;
  now(): string;
  nowMs(): number;
}

/** Temporal waits so long between attempts: what a model asks for passes in virtual time. */
const RETRY_DELAY = '1 millisecond';

/** The jobs of one run. */
export class PlannedJobs {
  private readonly plans = new Map<string, Plan>();
  private readonly ready: { readonly key: string; readonly event: JobEvent }[] = [];
  private readonly planner: Jobs;
  /** Answers inside decisions, by attempt: a decision that is taken anew hears the same. */
  private readonly localAnswers = new Map<string, JobAnswer>();

  constructor(
    clock: JobClock,
    private readonly provide: JobProvider,
  ) {
    const enqueue = ({ id }: { readonly id: string }, event: InstanceEvent): void => {
      const answer = event as JobEvent;
      this.ready.push({ key: keyOf(id, answer.jobId), event: answer });
    };
    this.planner = createJobs({ ...clock, enqueue }, (call) => {
      const answer = provide(call);
      const plan = this.plans.get(keyOf(call.instanceId, call.job.id));
      if (answer?.kind === 'fail' && call.attempt < call.job.retries && plan) {
        plan.failures.push(answer.message);
        plan.changed();
      }
      return answer;
    });
  }

  /** Plans a job; one that is planned already, by a decision that is taken anew, stays as it is. */
  start(instance: RunInstance, job: StartJob): void {
    if (this.plans.has(keyOf(instance.id, job.id))) return;
    const plan: Plan = { failures: [], answer: null, changed: () => {} };
    this.plans.set(keyOf(instance.id, job.id), plan);
    this.planner.start(instance, job);
  }

  cancel(instance: RunInstance, jobId: string): void {
    const key = keyOf(instance.id, jobId);
    this.planner.cancel(instance, jobId);
    const index = this.ready.findIndex((one) => one.key === key);
    if (index >= 0) this.ready.splice(index, 1);
    this.give(key, 'cancelled');
    this.plans.delete(key);
  }

  /** Gives the next answer that is due. @returns whose it is, as `instance job`; null: none is */
  release(): string | null {
    const next = this.ready.shift();
    if (!next) return null;
    this.give(next.key, next.event);
    return next.key;
  }

  /** How many jobs of an instance are open: their activities wait for an answer. */
  openOf(instanceId: string): number {
    let count = 0;
    for (const [key, { answer }] of this.plans) {
      if (answer === null && key.startsWith(`${instanceId} `)) count += 1;
    }
    return count;
  }

  /** The answer was decided: nobody asks for it again. */
  forget(instanceId: string, jobId: string): void {
    this.plans.delete(keyOf(instanceId, jobId));
  }

  /** Ends the activities that still wait. */
  close(): void {
    for (const key of this.plans.keys()) this.give(key, 'cancelled');
    this.plans.clear();
  }

  /** Serves one attempt as an activity. */
  async serve({ instanceId, jobId }: JobInput): Promise<JobOutput> {
    const { attempt } = activityInfo();
    const plan = this.plans.get(keyOf(instanceId, jobId));
    for (;;) {
      if (!plan || plan.answer === 'cancelled') throw ApplicationFailure.nonRetryable('cancelled');
      const failure = plan.failures[attempt - 1];
      if (failure !== undefined) {
        throw ApplicationFailure.create({ message: failure, nextRetryDelay: RETRY_DELAY });
      }
      if (plan.answer) return outputOf(plan.answer);
      await new Promise<void>((resolve) => {
        plan.changed = resolve;
      });
    }
  }

  /** Serves jobs that run inside a decision: they answer at once, and take no virtual time. */
  localTask(type: string, at: string): ServiceTask {
    let attempt = 0;
    const { localAnswers } = this;
    return async ({ instanceId, processId, jobId: id, ...input }) => {
      attempt += 1;
      const { elementId, elementInstanceId, headers, variables } = input;
      const place = { elementId, elementInstanceId, headers, variables };
      const job: StartJob = { kind: 'startJob', id, type, retries: 1, ...place };
      const call = { instanceId, processId, job, attempt, at };
      const key = `${keyOf(instanceId, id)} ${attempt}`;
      const answer = localAnswers.get(key) ?? this.provide(call);
      if (answer) localAnswers.set(key, answer);
      if (!answer || answer.kind === 'complete') return answer?.variables;
      if (answer.kind === 'throw') throw bpmnError(answer);
      throw ApplicationFailure.create({ message: answer.message });
    };
  }

  private give(key: string, answer: JobEvent | 'cancelled'): void {
    const plan = this.plans.get(key);
    if (!plan) return;
    plan.answer = answer;
    plan.changed();
  }
}

/** Names a job among those of all instances. */
export function keyOf(instanceId: string, jobId: string): string {
  return `${instanceId} ${jobId}`;
}

function outputOf(event: JobEvent): JobOutput {
  if (event.kind === 'jobCompleted') return event.variables;
  if (event.kind === 'jobFailed') throw ApplicationFailure.create({ message: event.message });
  throw bpmnError({ ...event, code: event.errorCode });
}

function bpmnError(thrown: {
  readonly code: string;
  readonly message: string;
  readonly variables: JobInput['variables'];
}): ApplicationFailure {
  const { code: errorCode, message, variables } = thrown;
  const details = [{ errorCode, message, variables }];
  return ApplicationFailure.create({ type: BPMN_ERROR, message, details, nonRetryable: true });
}
