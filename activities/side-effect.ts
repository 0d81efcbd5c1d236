/** What all side effects share: how one is defined, how its input is read, how it becomes a service task. */
import { ApplicationFailure } from '@temporalio/common';
import * as z from 'zod';
import type { BpmnErrorDetail, JobInput, ServiceTask } from '../contracts/job.js';
import { BPMN_ERROR } from '../contracts/names.js';
import type { Json, Variables } from '../engine/model/index.js';
import { type CustomerRecord, type Effects, type Queryable, StoreFailure } from '../store/index.js';
import type { ErasurePorts } from './erasure/ports.js';
import type { Exports } from './export/exports.js';
import { final } from './failures.js';
import type { Egress } from './http/egress.js';
import type { Sender } from './mail/compose.js';
import type { SmtpTarget } from './mail/smtp.js';
import type { TemplateFiles } from './mail/template.js';
import { requestHash } from './request-hash.js';
import type { System } from './systems/declaration.js';

/** What side effects lean on. */
export interface SideEffectDeps {
  readonly effects: Effects;
  readonly record: CustomerRecord;
  /** What erasing a customer leans on beside the store. */
  readonly erasure: ErasurePorts;
  readonly exports: Exports;
  /** Files of the package that an instance was started with, by path. */
  readonly packageFiles: (
    job: Pick<JobInput, 'instanceId' | 'processId'>,
  ) => Promise<TemplateFiles>;
  /** Systems that the operator connected; our own registry is there besides. */
  readonly systems: readonly System[];
  /** Where requests may go. */
  readonly egress: Egress;
  readonly smtp: SmtpTarget;
  readonly sender: Sender;
  /** Absolute, without a slash at its end; links in mails begin with it. */
  readonly publicUrl: string;
  /** A keyed hash: equal texts give equal marks, and a mark tells nothing. */
  readonly fingerprint: (text: string) => Promise<string>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What a designer is told of a side effect. */
export interface Describes {
  /** In the imperative, as a task is named. */
  readonly title: string;
  /** One sentence or two. */
  readonly says: string;
  /** Its results: by name, what each is. */
  readonly output: Readonly<Record<string, string>>;
  /** It sends the mail that the header `jornada:mail` names. */
  readonly sendsMail?: true;
}

/** One side effect as its file defines it: its BPMN task type, the variables that it reads, and what it does. */
interface Definition<I> {
  readonly type: string;
  readonly describes: Describes;
  readonly input: z.ZodType<I>;
  readonly run: (input: I, job: JobInput, deps: SideEffectDeps) => Promise<Variables>;
}

/** One side effect. */
export interface SideEffect {
  readonly type: string;
  readonly input: z.ZodType;
  readonly describes: Describes;
  /** Makes its service task. Errors: `JOB_INPUT_INVALID`, those of the ledger, its own. */
  readonly create: (deps: SideEffectDeps) => ServiceTask;
}

/** Defines a side effect. */
export function sideEffect<I>(definition: Definition<I>): SideEffect {
  const { type, input, describes } = definition;
  return { type, input, describes, create: (deps) => serve(definition, deps) };
}

function serve<I>(effect: Definition<I>, deps: SideEffectDeps): ServiceTask {
  return async (job) => {
    const read = effect.input.safeParse(job.variables);
    if (!read.success) throw invalidInput(effect.type, read.error);
    try {
      return await effect.run(read.data, job, deps);
    } catch (error) {
      throw error instanceof StoreFailure ? ofStore(error) : error;
    }
  };
}

/** Paths and reasons, never values. */
function invalidInput(type: string, { issues }: z.ZodError): ApplicationFailure {
  const faults = issues
    .slice(0, 10)
    .map(({ path, message }) => `${path.join('.') || 'variables'}: ${message}`)
    .join('; ');
  return invalidJob(type, faults);
}

/** `JOB_INPUT_INVALID`, for good. @param faults - paths and reasons, never values. Class: pure. */
export function invalidJob(type: string, faults: string): ApplicationFailure {
  return final('JOB_INPUT_INVALID', { type, faults });
}

const FINAL: readonly string[] = [
  'ACCESS_FROZEN',
  'CUSTOMER_ERASED',
  'CUSTOMER_UNKNOWN',
  'EFFECT_CONFLICT',
  'EFFECT_ERASED',
  'LEGAL_HOLD',
  'PROVISIONING_BARRED',
];

function ofStore({ code, message }: StoreFailure): ApplicationFailure {
  return ApplicationFailure.create({ type: code, message, nonRetryable: FINAL.includes(code) });
}

/** A BPMN error: the model catches it. Its message may be shown to people. */
export function bpmnError(errorCode: string, message: string): ApplicationFailure {
  const detail: BpmnErrorDetail = { errorCode, message };
  return ApplicationFailure.nonRetryable(message, BPMN_ERROR, detail);
}

/** Where in the ledger an effect stands, the key of the customer under which its answer is sealed, and whose job it is. */
export type EffectOf = Pick<JobInput, 'effectKey' | 'customerKeyId' | 'instanceId'>;

/** A part of a job that is an effect of its own. Class: pure. */
export const partOf = <J extends EffectOf>(job: J, part: string): J => ({
  ...job,
  effectKey: `${job.effectKey}.${part}`,
});

/**
 * A change of our own tables that happens once for a job, whatever attempts there are. What it returns is kept sealed
 * under the key of the job's instance.
 *
 * @param request - what makes this change this change; another one under the same job is `EFFECT_CONFLICT`
 */
export function once<T extends Json>(
  { effects }: Pick<SideEffectDeps, 'effects'>,
  { effectKey, customerKeyId }: EffectOf,
  kind: string,
  request: Json,
  change: (tx: Queryable) => Promise<T>,
): Promise<T> {
  const hash = requestHash(request);
  return effects.runOnce(effectKey, kind, hash, change, customerKeyId);
}

/** A contact as a process gives it; `contactId` once it has one. */
export const CONTACT = z.object({
  name: z.string().min(1).max(200),
  mail: z.string().min(3).max(320),
  contactId: z.string().min(1).optional(),
  phone: z.string().optional(),
  role: z.string().optional(),
  tz: z.string().optional(),
  locale: z.string().optional(),
});

/** A contact. */
export type Contact = z.infer<typeof CONTACT>;

/** An instant, ISO 8601. */
export const INSTANT = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'must be an instant');

/** Money: whole minor units of a currency. */
export const MONEY = z.object({ minor: z.number().int(), currency: z.string() });
