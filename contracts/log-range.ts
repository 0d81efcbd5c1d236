/** Ranges of the audit log that are taken along. Instants are ISO 8601 UTC. */
import { z } from 'zod';

const name = z.string().min(1).max(200);

/** What is asked of the log. */
export const logRangeQuery = z.strictObject({
  since: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('From when on; left out: from its beginning.'),
  until: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('Before when; left out: up to its end.'),
  actor: name.optional().describe('By whom: an id or a login name.'),
  customerId: name
    .optional()
    .describe('About a customer, or what is theirs as far as it is known now.'),
  processId: name
    .optional()
    .describe('About a process, or its instances as far as they are there now.'),
});

/** A range as it would be taken. */
export const logRange = z.strictObject({
  /** Numbers of its first and last entry; `to` is less than `from` where it has none. */
  from: z.int(),
  to: z.int(),
  /** When the checkpoints that it lies between were signed; null: it begins with the log. */
  beganAt: z.string().nullable(),
  endedAt: z.string(),
  /** Whether entries of it are left out, of which only the hash is there. */
  isFiltered: z.boolean(),
});

export type LogRangeTold = z.infer<typeof logRange>;
