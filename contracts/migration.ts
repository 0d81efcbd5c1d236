/** What the control socket takes and says of a migration of an instance, as zod schemas. */
import { z } from 'zod';
import { list } from './control-rows.js';

/** Of an element or a sequence flow. */
const id = z.string().min(1).max(500);

/** Where to, and what is called otherwise there. */
export const migrationPlan = z.object({
  /** Null: the latest. */
  version: z.number().int().min(1).nullable(),
  mappings: list(z.object({ sourceElementId: id, targetElementId: id })).default([]),
});

/** What would happen, or with `problems` what is in the way. */
export const migrationPreview = z.object({
  problems: list(z.object({ code: z.string(), message: z.string() })),
  renamed: list(z.object({ elementInstanceId: z.string(), from: z.string(), to: z.string() })),
  closed: list(z.string()),
  armed: list(z.string()),
  entered: list(z.string()),
  incidentsOpened: list(z.object({ elementId: z.string(), code: z.string() })),
  waitingAt: list(z.string()),
  status: z.string(),
});

export type MigrationRow = z.infer<typeof migrationPreview>;
