/** What a service task's activity is given and gives back, in any SDK language. */
import type { Json, Variables } from '../engine/model/index.js';
import type { Decision } from './decision.js';

/** The one argument of the activity that serves a task type. */
export interface JobInput {
  readonly variables: Variables;
  readonly headers: Readonly<Record<string, string>>;
  /** base32(sha256(instance, element instance, ordinal)): the same at each attempt and in each run. */
  readonly effectKey: string;
  /** Key that the instance is encrypted under: its customer's, or `system`. */
  readonly customerKeyId: string;
  readonly instanceId: string;
  readonly processId: string;
  readonly elementId: string;
  readonly elementInstanceId: string;
  readonly jobId: string;
}

/** Its result: variables for the output mappings; nothing is the same as none. */
// biome-ignore lint/suspicious/noConfusingVoidType: an activity may simply return
export type JobOutput = Variables | null | undefined | void;

/** What the engine's own worker is given beside it. */
export interface JobCall extends JobInput {
  /** Name under which a worker may keep the state that this job belongs to; absent, nothing is asked beside the result. */
  readonly stateKey?: string;
}

/** What the engine's own worker answers when it was given a name: the result, and what follows from it. */
export interface JobOutcome {
  readonly kind: 'jobOutcome';
  readonly variables: Variables;
  /** Taken by the worker at once, on the state of that name; null when it could not. */
  readonly decision: Decision | null;
}

/** The detail of an `ApplicationFailure` of type `BPMN_ERROR`. */
export interface BpmnErrorDetail {
  readonly errorCode: string;
  readonly message?: string;
  readonly variables?: Readonly<Record<string, Json>>;
}

/** An activity that serves one task type. */
export type ServiceTask = (input: JobInput) => Promise<JobOutput>;
