/** An instance as its page shows it, and what may be done to it there. Instants are ISO 8601 UTC. Schemas alone. */
import { z } from 'zod';
import { batchVerdict } from './batches.js';
import { mark, variables } from './control-rows.js';
import { migrationPreview } from './migration.js';
import { modificationPreview } from './modification.js';
import { toldText, valueText } from './values.js';

const key = z.string().regex(/^-?\d{1,25}$/);
const id = z.string().min(1).max(500);
const maybe = z.string().nullable();

/** Somebody's words; they are kept in the audit. */
export const reason = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .regex(/^[^\0]*$/, 'no character U+0000')
  .nullable()
  .default(null);

const relative = z.strictObject({
  processInstanceKey: key,
  processDefinitionId: z.string(),
  name: maybe,
  state: z.string(),
});

/** An instance and where it stands. Who works on no tasks sees none. */
export const wholeInstance = z.strictObject({
  processInstanceKey: key,
  processDefinitionKey: key,
  processDefinitionId: z.string(),
  name: maybe,
  version: z.int(),
  /** The latest version of the process: where it may go. */
  latestVersion: z.int(),
  state: z.string(),
  /** It has an open incident. */
  hasIncident: z.boolean(),
  /** The engine cannot decide at the moment; requests wait. */
  isParked: z.boolean(),
  businessId: maybe,
  startedAt: maybe,
  endedAt: maybe,
  /** How it ended, by its variable `outcome` or by its ends; null: it did not complete. */
  outcome: valueText().nullable(),
  /** Elements in flow order, each below what it is in, and where each stands. */
  outline: z.array(
    z.strictObject({
      depth: z.int(),
      elementId: z.string(),
      name: maybe,
      kind: z.string(),
      mark,
      times: z.int(),
    }),
  ),
  tasks: z.array(
    z.strictObject({
      userTaskKey: key,
      elementId: z.string(),
      name: maybe,
      assignee: maybe,
      candidateGroups: z.array(z.string()),
      openedAt: z.string(),
      dueAt: maybe,
    }),
  ),
  timers: z.array(z.strictObject({ elementId: maybe, dueAt: z.string() })),
  waits: z.array(z.strictObject({ elementId: maybe, of: z.string(), name: z.string() })),
  incidents: z.array(
    z.strictObject({
      incidentKey: key,
      elementId: maybe,
      code: z.string(),
      message: valueText().nullable(),
      openedAt: z.string(),
    }),
  ),
  /** From the one that nobody called to the one that called this. */
  callers: z.array(relative),
  /** Instances that it called. */
  called: z.array(
    z.strictObject({
      /** Null: it was never started, or nothing is known of it yet. */
      processInstanceKey: key.nullable(),
      processDefinitionId: z.string(),
      elementId: maybe,
      isOpen: z.boolean(),
      outcome: maybe,
      startedAt: z.string(),
      endedAt: maybe,
    }),
  ),
});

/** What happened, line by line. */
export const toldLine = z.strictObject({
  at: z.string(),
  /** Null: the engine. */
  actor: maybe,
  what: toldText(),
  /** The reason that was given, or what led to it. */
  why: toldText().nullable(),
  kind: z.string(),
  elementId: maybe,
  /** Number of the entry of the journal; null: it is an act of the audit. */
  sequence: z.int().nullable(),
});

/** A page of it, the newest first. */
export const timelinePage = z.strictObject({
  items: z.array(toldLine),
  total: z.int(),
  /** Where the next page begins; null: there is none. */
  next: z.int().nullable(),
});

/** What became of an element: each time that it was entered, and why; why what is due is due then. */
export const elementStory = z.strictObject({
  elementId: z.string(),
  name: maybe,
  visits: z.array(
    z.strictObject({
      elementInstanceKey: key,
      state: z.string(),
      enteredAt: z.string(),
      endedAt: maybe,
      /** What led there, the nearest cause first. */
      causes: z.array(toldLine),
    }),
  ),
  dues: z.array(
    z.strictObject({
      dueAt: z.string(),
      armedAt: z.string(),
      /** The date, duration or rhythm of the model, as it was computed; null: it was erased. */
      rhythm: valueText().nullable(),
      state: z.string(),
    }),
  ),
});

const source = z.union([
  z.strictObject({ elementId: id }),
  z.strictObject({ elementInstanceKey: key }),
]);

/** Something that is done to one instance. */
export const instanceAct = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cancel') }),
  z.strictObject({ kind: z.literal('suspend') }),
  z.strictObject({ kind: z.literal('resume'), timers: z.enum(['keep', 'shift']).default('keep') }),
  z.strictObject({
    kind: z.literal('modify'),
    isDryRun: z.boolean().default(false),
    cancellations: z.array(source).max(1000).default([]),
    activations: z
      .array(z.strictObject({ elementId: id, variables: variables.default({}) }))
      .max(1000)
      .default([]),
    moves: z
      .array(z.strictObject({ from: source, to: id, variables: variables.default({}) }))
      .max(1000)
      .default([]),
  }),
  z.strictObject({
    kind: z.literal('migrate'),
    isDryRun: z.boolean().default(false),
    /** Null: the latest. */
    version: z.int().min(1).nullable().default(null),
    mappings: z
      .array(z.strictObject({ sourceElementId: id, targetElementId: id }))
      .max(10_000)
      .default([]),
  }),
  z.strictObject({
    kind: z.literal('resolveIncident'),
    incidentKey: key,
    how: z.enum(['retry', 'complete']).default('retry'),
    variables: variables.default({}),
  }),
  z.strictObject({
    kind: z.literal('setVariables'),
    variables,
    /** Element instance in whose scope; null: the process. */
    scopeKey: key.nullable().default(null),
    /** What they held when somebody looked; another value now is refused (`VARIABLE_CHANGED`). */
    seen: variables.optional(),
  }),
]);

/** One of them. */
export type InstanceAct = z.output<typeof instanceAct>;

/** What it came to. */
export const actOutcome = z.strictObject({
  message: z.string(),
  /** Null: the instance itself did not answer. */
  status: maybe,
  waitsFor: z.array(z.strictObject({ kind: z.string(), elementId: z.string() })),
  /** What a dry run of a modification found; else null. */
  modification: modificationPreview.nullable(),
  /** The same of a migration: with `problems` it would be refused. */
  migration: migrationPreview.nullable(),
});

const mapping = z.strictObject({ sourceElementId: id, targetElementId: id });

/** What a batch is to do, as it is sent: a version by its key. */
export const sentPlan = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('CANCEL_PROCESS_INSTANCE') }),
  z.strictObject({ type: z.literal('SUSPEND_PROCESS_INSTANCE') }),
  z.strictObject({ type: z.literal('RESUME_PROCESS_INSTANCE') }),
  z.strictObject({ type: z.literal('RESOLVE_INCIDENT') }),
  z.strictObject({
    type: z.literal('MODIFY_PROCESS_INSTANCE'),
    moves: z.array(mapping).min(1).max(1000),
  }),
  z.strictObject({
    type: z.literal('MIGRATE_PROCESS_INSTANCE'),
    targetProcessDefinitionKey: key,
    mappings: z.array(mapping).max(10_000).default([]),
  }),
]);

/** What a batch would do. */
export const batchTrial = z.strictObject({
  total: z.int(),
  /** More than a batch may have: they are not counted. */
  isTooMany: z.boolean(),
  verdicts: z.array(
    batchVerdict
      .omit({ itemId: true, instanceId: true })
      .extend({ processInstanceKey: key, businessId: maybe })
      .strict(),
  ),
  /** Where the next page of verdicts begins; null: there is none. */
  next: maybe,
});

export type WholeInstance = z.output<typeof wholeInstance>;
export type TimelinePage = z.output<typeof timelinePage>;
export type ElementStory = z.output<typeof elementStory>;
export type ActOutcome = z.output<typeof actOutcome>;
export type BatchTrial = z.output<typeof batchTrial>;
export type SentPlan = z.output<typeof sentPlan>;
