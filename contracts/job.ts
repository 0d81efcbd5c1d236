/** What a service task's activity is given and gives back, in any SDK language. */
import type { Json, Variables } from '../engine/model/index.js';

/** The one argument of the activity that serves a task type. */
export interface JobInput {
  readonly variables: Variables;
  readonly headers: Readonly<Record<string, string>>;
  /** base32(sha256(instance, element instance, ordinal)): the same at each attempt and in each run. */
  readonly effectKey: string;
  readonly instanceId: string;
  readonly processId: string;
  readonly elementId: string;
  readonly elementInstanceId: string;
  readonly jobId: string;
}

/** Its result: variables for the output mappings; nothing is the same as none. */
// biome-ignore lint/suspicious/noConfusingVoidType: an activity may simply return
export type JobOutput = Variables | null | undefined | void;

/** The detail of an `ApplicationFailure` of type `BPMN_ERROR`. */
export interface BpmnErrorDetail {
  readonly errorCode: string;
  readonly message?: string;
  readonly variables?: Readonly<Record<string, Json>>;
}

/** An activity that serves one task type. */
export type ServiceTask = (input: JobInput) => Promise<JobOutput>;
