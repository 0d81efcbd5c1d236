/** What the control socket answers with, as zod schemas: rows of what people read. Instants are ISO 8601 UTC. */
import { z } from 'zod';
import type { Json } from '../engine/model/index.js';

const instant = z.string();
const maybe = z.string().nullable();

/** Any JSON value. */
export const json = z.json() as z.ZodType<Json>;

/** A list that nobody changes. */
export const list = <Row extends z.ZodType>(row: Row) => z.array(row).readonly();

/** Variables by name. */
export const variables = z.record(z.string(), json);

/** One version of a process. */
export const processRow = z.object({
  processId: z.string(),
  version: z.number(),
  versionTag: maybe,
  name: maybe,
  packageHash: z.string(),
  deployedAt: instant,
  isLatest: z.boolean(),
});

/** One instance. */
export const instanceRow = z.object({
  instanceId: z.string(),
  processId: z.string(),
  definitionVersion: z.number(),
  state: z.string(),
  hasIncident: z.boolean(),
  businessKey: maybe,
  callerInstanceId: maybe,
  rootInstanceId: z.string(),
  lastSequence: z.number(),
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
});

/** One instance and how it ended: the variable `outcome`, else the end events reached; null: it did not complete. */
export const listedInstance = instanceRow.extend({ outcome: maybe });

/** One user task. */
export const taskRow = z.object({
  instanceId: z.string(),
  taskId: z.string(),
  elementId: z.string(),
  processId: z.string(),
  businessKey: maybe,
  name: maybe,
  assignee: maybe,
  owner: maybe,
  candidateGroups: list(z.string()),
  candidateUsers: list(z.string()),
  dueAt: instant.nullable(),
  followUpAt: instant.nullable(),
  priority: z.number(),
  formId: maybe,
  state: z.string(),
  openedAt: instant,
  endedAt: instant.nullable(),
  action: maybe,
  completedBy: maybe,
  version: z.number(),
});

/** A remark on a task; `text` null: it was erased. */
export const commentRow = z.object({ at: instant, actor: maybe, text: maybe });

/** One field of a form. */
export const fieldRow = z.object({
  /** Dotted path of its value; `[]` stands after a list. */
  key: z.string(),
  label: maybe,
  type: z.string(),
  isRequired: z.boolean(),
  isReadOnly: z.boolean(),
  /** Whether it is shown before anything is answered; null: nobody can tell. */
  isShown: z.boolean().nullable(),
  options: list(z.object({ value: json, label: maybe })),
  /** What it is shown with. */
  value: json,
});

/** One incident. */
export const incidentRow = z.object({
  instanceId: z.string(),
  incidentId: z.string(),
  processId: z.string(),
  elementId: maybe,
  code: z.string(),
  class: maybe,
  /** Null: it was erased. */
  message: maybe,
  state: z.string(),
  openedAt: instant,
  endedAt: instant.nullable(),
  resolvedBy: maybe,
  /** Whether the key of its customer was destroyed, and the message with it. */
  isErased: z.boolean(),
});

/** One incident with the business key of its instance. */
export const listedIncident = incidentRow.extend({ businessKey: maybe });

/** One variable. */
export const variableRow = z.object({
  instanceId: z.string(),
  scopeId: z.string(),
  name: z.string(),
  processId: z.string(),
  value: json,
  writtenAt: instant,
  /** Whether its scope has not ended. */
  isLive: z.boolean(),
  /** Whether the key of its customer was destroyed, and the value with it: `value` is null and says nothing. */
  isErased: z.boolean(),
});

/** One instance that another called. */
export const calledRow = z.object({
  childId: z.string(),
  /** Null: it was never started, or nothing is known of it yet. */
  instanceId: maybe,
  processId: z.string(),
  elementId: maybe,
  state: z.string(),
  outcome: maybe,
  startedAt: instant,
  endedAt: instant.nullable(),
});

/** One entry of the journal. */
export const journalRow = z.object({
  sequence: z.number(),
  at: instant,
  kind: z.string(),
  elementId: maybe,
  elementInstanceId: maybe,
  scopeId: maybe,
  cause: z.number().nullable(),
  actor: maybe,
  rule: maybe,
  data: variables.nullable(),
  /** Whether the key of its customer was destroyed, and the data with it. */
  isErased: z.boolean(),
});

/** One act by a person, or its refusal. */
export const actRow = z.object({
  number: z.number(),
  at: instant,
  actor: maybe,
  action: z.string(),
  object: z.string(),
  outcome: z.string(),
  code: maybe,
  requestId: maybe,
  /** What a machine has to say of it. */
  facts: variables.nullable(),
  reason: maybe,
  data: variables.nullable(),
  /** Whether reason and data were there once and were erased. */
  isErased: z.boolean(),
});

/** Where an element stands. */
export const mark = z.enum(['done', 'active', 'incident', 'cancelled', 'not-reached']);

/** One line of the outline of a process: its elements in flow order. */
export const outlineRow = z.object({
  depth: z.number(),
  elementId: z.string(),
  name: maybe,
  kind: z.string(),
  mark,
  /** How often it was entered. */
  times: z.number(),
});

/** A timer that is armed. */
export const timerRow = z.object({ timerId: z.string(), elementId: maybe, dueAt: instant });

/** A message or signal that is waited for. */
export const subscriptionRow = z.object({
  subscriptionId: z.string(),
  elementId: maybe,
  of: z.string(),
  name: z.string(),
  /** Correlation key; empty: the name alone matches; null: it was erased. */
  key: maybe,
  isErased: z.boolean(),
});

/** An instance and where it stands. */
export const instanceDetail = z.object({
  instance: listedInstance,
  processName: maybe,
  /** True when the engine cannot decide at the moment. */
  isParked: z.boolean(),
  /** Kinds of the events that wait for a decision, in order, of a parked instance; null when it does not answer. */
  waiting: list(z.string()).nullable(),
  outline: list(outlineRow),
  tasks: list(taskRow),
  timers: list(timerRow),
  subscriptions: list(subscriptionRow),
  incidents: list(incidentRow),
  children: list(calledRow),
});

/** What was found wrong in a file. */
export const findingRow = z.object({
  code: z.string(),
  severity: z.string(),
  elementId: maybe,
  message: z.string(),
  docs: z.string(),
  file: maybe,
  line: z.number().nullable(),
});

/** One definition of a deployment; `isNew` false: the latest version has this content already. */
export const deployedRow = z.object({
  package: z.string(),
  file: z.string(),
  type: z.string(),
  id: z.string(),
  version: z.number(),
  isNew: z.boolean(),
});

const finding = z.object({
  part: z.enum(['entry', 'personal part', 'checkpoint', 'key', 'journal', 'certificate']),
  number: z.number().nullable(),
  to: z.number().nullable(),
  what: z.string(),
  why: z.string(),
});

/** What a check of the audit log found. */
export const auditVerdict = z.object({
  isSound: z.boolean(),
  findings: list(finding),
  checked: z.object({
    entries: z.number(),
    covered: z.number(),
    checkpoints: z.number(),
    kept: list(z.object({ place: z.string(), checkpoints: z.number() })),
    keys: z.number(),
    personal: z.number(),
    erased: z.number(),
    erasedWithKey: z.number(),
    erasedUntold: z.number(),
    unopened: z.number(),
    journals: z.object({ instances: z.number(), entries: z.number() }).nullable(),
    certificates: z.number().nullable(),
    replacedAnchors: z.number(),
    deletedJournals: z.number(),
  }),
  root: z.string(),
  origin: maybe,
});
