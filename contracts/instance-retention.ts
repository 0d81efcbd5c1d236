/** How long instances that have ended are kept, and what a deletion of them would meet. Shapes alone. */
import { z } from 'zod';

/** Why an instance that has ended is kept, in the order in which it is told. */
export const KEPT_REASONS = [
  'RETENTION_CALLED',
  'RETENTION_RUNNING',
  'RETENTION_UNKNOWN',
  'RETENTION_NOT_OVER',
  'LEGAL_HOLD',
] as const;

const text = z.strictObject({ en: z.string(), 'pt-BR': z.string() });

/** A process, its term, and how its instances stand that have ended and that nobody called. */
export const retainedProcess = z.strictObject({
  processDefinitionId: z.string(),
  name: z.string().nullable(),
  /** ISO 8601 duration; null: the package says none, and all is kept. */
  term: z.string().nullable(),
  /** Why so long; null: the package says none. */
  reason: text.nullable(),
  finished: z.int(),
  /** The term is over, of them and of all that they called; some of these are held. */
  past: z.int(),
  held: z.int(),
  /** When the first of those ended that may be deleted; null: there is none. */
  oldest: z.string().nullable(),
});

/** What a deletion would meet now. */
export const retentionTrial = z.strictObject({
  processDefinitionId: z.string(),
  term: z.string().nullable(),
  /** How many would be deleted, with what they called; when the first and the last of them ended. */
  total: z.int(),
  oldest: z.string().nullable(),
  newest: z.string().nullable(),
  /** More than one batch may have: narrow by time, or begin another when this has ended. */
  isTooMany: z.boolean(),
  /** What stays, by why. */
  kept: z.array(z.strictObject({ because: z.enum(KEPT_REASONS), count: z.int() })),
});

export type RetainedProcess = z.infer<typeof retainedProcess>;
export type RetentionTrial = z.infer<typeof retentionTrial>;
