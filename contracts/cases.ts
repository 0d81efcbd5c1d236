/**
 * Case files as the API and the files themselves speak of them: how one process instance went, with all that shows it.
 * Instants are ISO 8601 UTC.
 */
import { z } from 'zod';
import { wholeCertificate } from './certificates.js';
import { actRow, json, list, variables } from './control-rows.js';
import { exportRow } from './exports.js';

const maybe = z.string().nullable();

/** Whose a case is. Null names: the customer was erased. */
export const caseCustomer = z.object({
  customerId: z.string(),
  legalName: maybe,
  isErased: z.boolean(),
  /** Number of the certificate of deletion. */
  certificateNumber: z.number().nullable(),
});

/** A case in a list: an instance that nobody called. */
export const caseRow = z.object({
  caseId: z.string(),
  processId: z.string(),
  processName: maybe,
  version: z.number(),
  state: z.string(),
  outcome: maybe,
  businessKey: maybe,
  startedAt: maybe,
  endedAt: maybe,
  customer: caseCustomer.nullable(),
});

/** One of its instances: itself, and those that were called. */
export const caseInstance = z.object({
  instanceId: z.string(),
  callerInstanceId: maybe,
  processId: z.string(),
  processName: maybe,
  version: z.number(),
  /** SHA-256 of the package that it ran. */
  definitionHash: z.string(),
  state: z.string(),
  outcome: maybe,
  startedAt: maybe,
  endedAt: maybe,
  /** How deep it was called: 0 is the case itself. */
  depth: z.number(),
  /** Entries of its journal. */
  entries: z.number(),
});

/** One thing that happened. `actor` null: the engine. */
export const caseStep = z.object({
  instanceId: z.string(),
  at: z.string(),
  actor: maybe,
  kind: z.string(),
  elementId: maybe,
  elementName: maybe,
  what: z.string(),
  why: maybe,
  /** Number of the entry of the journal; null: it is an act of the audit. */
  sequence: z.number().nullable(),
});

/** A form as it was shown and answered. */
export const caseForm = z.object({
  instanceId: z.string(),
  taskId: z.string(),
  elementId: z.string(),
  name: z.string(),
  completedAt: z.string(),
  completedBy: maybe,
  /** The button. */
  action: maybe,
  /** Null: the task had none. */
  formId: maybe,
  /** As it was deployed with the package; null: the task had none. */
  schema: json,
  /** What it was shown with: variables that it names, as they were. Null: erased. */
  shown: variables.nullable(),
  /** What was answered; null: nothing, or erased. */
  answer: variables.nullable(),
  isErased: z.boolean(),
});

/** What shows something of an access. `content` null: it was erased. */
export const caseEvidence = z.object({
  evidenceId: z.string(),
  grantId: maybe,
  system: z.string(),
  step: z.string(),
  result: z.string(),
  doneBy: maybe,
  at: z.string(),
  /** SHA-256 in hex of the content. */
  hash: z.string(),
  /** The text that was hashed. */
  content: maybe,
});

/** A package that was run. */
export const caseDefinition = z.object({
  hash: z.string(),
  processId: z.string(),
  version: z.number(),
  name: maybe,
  deployedAt: maybe,
  deployedBy: maybe,
  paths: list(z.string()),
});

/** Who stands behind a name or an id. */
export const casePerson = z.object({
  id: z.string(),
  loginName: z.string(),
  displayName: maybe,
});

/** The whole case. */
export const wholeCase = z.object({
  case: caseRow,
  instances: list(caseInstance),
  steps: list(caseStep),
  forms: list(caseForm),
  evidence: list(caseEvidence),
  exports: list(exportRow),
  certificates: list(wholeCertificate),
  definitions: list(caseDefinition),
  acts: list(actRow),
  people: list(casePerson),
});

export type CaseRow = z.infer<typeof caseRow>;
export type CaseInstance = z.infer<typeof caseInstance>;
export type CaseStep = z.infer<typeof caseStep>;
export type CaseForm = z.infer<typeof caseForm>;
export type CaseEvidence = z.infer<typeof caseEvidence>;
export type CaseDefinition = z.infer<typeof caseDefinition>;
export type WholeCase = z.infer<typeof wholeCase>;
