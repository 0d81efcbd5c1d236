/** What tasks that workers do have in common: a job type, retries, headers. */
import { fault } from '../errors/index.js';
import type { Activation, Computed, Outcome, ParsedNode, TriggerKind } from '../model/index.js';
import { computed, WAIT } from '../triggers/index.js';

/** A job as the model describes it. Headers hold `zeebe:header`s and `jornada:…` properties. */
export interface TaskJob {
  readonly type: Computed;
  readonly retries: Computed;
  readonly headers: Readonly<Record<string, string>>;
}

/** Attempts of a job whose model does not say. */
const DEFAULT_RETRIES = 3;

/** Triggers that may sit on an activity. */
export const ACTIVITY_BOUNDARY: readonly TriggerKind[] = [
  'message',
  'timer',
  'signal',
  'error',
  'escalation',
];

/** The job of a node; null when it has no `zeebe:taskDefinition`. */
export function jobOf({ extensions }: ParsedNode): TaskJob | null {
  const { taskDefinition, headers, properties } = extensions;
  if (taskDefinition === null) return null;
  return {
    type: computed(taskDefinition.type),
    retries:
      taskDefinition.retries === null
        ? { value: DEFAULT_RETRIES }
        : computed(taskDefinition.retries),
    headers: { ...properties, ...headers },
  };
}

/** Starts the job and waits for its worker. */
export function startJob(job: TaskJob, activation: Activation): Outcome {
  const type = activation.compute(job.type);
  if (!type.ok) return { kind: 'incident', fault: type.fault };
  const retries = activation.compute(job.retries);
  if (!retries.ok) return { kind: 'incident', fault: retries.fault };
  const attempts = Number(retries.value);
  if (typeof type.value !== 'string' || type.value === '' || !Number.isInteger(attempts)) {
    const detail = `type is ${JSON.stringify(type.value)}, retries ${JSON.stringify(retries.value)}`;
    return { kind: 'incident', fault: activation.refuse('the job', detail) };
  }
  const problem = activation.startJob(type.value, Math.max(1, attempts), job.headers);
  return problem === null ? WAIT : { kind: 'incident', fault: problem };
}

/** The fault of a task that has nothing to do its work; validation refuses such a model. */
export const withoutJob = (element: string): Outcome => ({
  kind: 'incident',
  fault: fault('EXPRESSION_FAILED', { place: element, detail: 'it has no job type' }),
});
