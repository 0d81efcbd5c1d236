/** Acts upon many instances at once: what may be done, how far it is, and what became of each. Shapes alone. */
import { z } from 'zod';
import { valueText } from './values.js';

const id = z.string().min(1).max(500);
const mapping = z.strictObject({ sourceElementId: id, targetElementId: id });

/** What is done to each instance, or to each of their open incidents. Names of types are those of Camunda's API. */
export const batchPlan = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('CANCEL_PROCESS_INSTANCE') }),
  z.strictObject({ type: z.literal('SUSPEND_PROCESS_INSTANCE') }),
  z.strictObject({ type: z.literal('RESUME_PROCESS_INSTANCE') }),
  z.strictObject({ type: z.literal('RESOLVE_INCIDENT') }),
  z.strictObject({
    type: z.literal('MIGRATE_PROCESS_INSTANCE'),
    /** Instances of other processes are refused. */
    processId: id,
    version: z.number().int().min(1),
    mappings: z.array(mapping).max(10_000),
  }),
  z.strictObject({
    type: z.literal('MODIFY_PROCESS_INSTANCE'),
    /** All tokens at an element go on at another. */
    moves: z.array(mapping).min(1).max(1000),
  }),
  /** What has ended, with what it called, where nothing says that it is kept. */
  z.strictObject({ type: z.literal('DELETE_PROCESS_INSTANCE') }),
]);

/** One of them. */
export type BatchPlan = z.infer<typeof batchPlan>;

/** Its name. */
export type BatchType = BatchPlan['type'];

/** All names. */
export const BATCH_TYPES = [
  'CANCEL_PROCESS_INSTANCE',
  'SUSPEND_PROCESS_INSTANCE',
  'RESUME_PROCESS_INSTANCE',
  'RESOLVE_INCIDENT',
  'MIGRATE_PROCESS_INSTANCE',
  'MODIFY_PROCESS_INSTANCE',
  'DELETE_PROCESS_INSTANCE',
] as const satisfies readonly BatchType[];

/** How far a batch is; `PARTIALLY_COMPLETED`: some of it failed. */
export const BATCH_STATES = [
  'CREATED',
  'ACTIVE',
  'SUSPENDED',
  'COMPLETED',
  'PARTIALLY_COMPLETED',
  'CANCELED',
] as const;

/** One of them. */
export type BatchState = (typeof BATCH_STATES)[number];

/** What became of one item. */
export const BATCH_ITEM_STATES = ['ACTIVE', 'COMPLETED', 'FAILED', 'CANCELED'] as const;

/** One of them. */
export type BatchItemState = (typeof BATCH_ITEM_STATES)[number];

/** A batch as people read it. */
export const batchRow = z.object({
  batchId: z.string(),
  type: z.string(),
  state: z.enum(BATCH_STATES),
  actor: z.string().nullable(),
  begunAt: z.string(),
  endedAt: z.string().nullable(),
  /** Items in all, counted when it began. */
  total: z.number(),
  completed: z.number(),
  failed: z.number(),
});

/** What became of one of what it was done to. */
export const batchItemRow = z.object({
  batchId: z.string(),
  /** An instance, or `<instance>/<incident>`. */
  itemId: z.string(),
  instanceId: z.string(),
  state: z.enum(BATCH_ITEM_STATES),
  processedAt: z.string().nullable(),
  code: z.string().nullable(),
  message: z.string().nullable(),
});

/** What a batch would do to one item. `already`: it is so without it. */
export const batchVerdict = z.object({
  itemId: z.string(),
  instanceId: z.string(),
  outcome: z.enum(['would', 'already', 'refused']),
  code: z.string().nullable(),
  message: valueText().nullable(),
});

/** What somebody may turn a batch to. */
export const BATCH_TURNS = ['suspend', 'resume', 'cancel'] as const;

export type BatchListed = z.infer<typeof batchRow>;
export type BatchItemListed = z.infer<typeof batchItemRow>;
export type BatchVerdict = z.infer<typeof batchVerdict>;

/** How a batch stands when a part of it was worked on: what the workflow asks. */
export type BatchStanding = 'going' | 'suspended' | 'ended';

/** What starts the workflow of a batch, and what its activity is given. */
export interface BatchRef {
  readonly batchId: string;
}
