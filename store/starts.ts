/** Idempotent starts: the first claim of a key wins, and everybody is told which instance that was. */
import { and, eq, sql } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.js';
import type { Queryable } from './database.js';

const starts = pgTable('starts', {
  processId: text('process_id').notNull(),
  kind: text('kind').$type<StartKey['kind']>().notNull(),
  key: text('key').notNull(),
  instanceId: text('instance_id').notNull(),
  claimedAt: instant('claimed_at').notNull().default(sql`now()`),
});

/**
 * What makes a start unique within its process: the id of the request, the business key, or the key of the message that
 * starts it.
 */
export interface StartKey {
  readonly processId: string;
  readonly kind: 'request' | 'businessKey' | 'messageKey';
  readonly key: string;
}

/** The register. */
export interface Starts {
  /** Claims a key. @returns the instance that has it: this one (`isNew`), or the one that came first */
  readonly claim: (
    key: StartKey,
    instanceId: string,
  ) => Promise<{ readonly instanceId: string; readonly isNew: boolean }>;
  /** Gives a key free, if this instance has it: when its start failed, or the key may be used again. */
  readonly release: (key: StartKey, instanceId: string) => Promise<void>;
}

/** Makes the group. */
export function createStarts(db: Queryable): Starts {
  return {
    claim: async ({ processId, kind, key }, instanceId) => {
      // Updating the row to itself locks and returns the winner, whoever it is.
      const [row] = await db
        .insert(starts)
        .values({ processId, kind, key, instanceId })
        .onConflictDoUpdate({
          target: [starts.processId, starts.kind, starts.key],
          set: { instanceId: sql`starts.instance_id` },
        })
        .returning({ instanceId: starts.instanceId });
      const winner = row?.instanceId ?? instanceId;
      return { instanceId: winner, isNew: winner === instanceId };
    },
    release: async ({ processId, kind, key }, instanceId) => {
      await db
        .delete(starts)
        .where(
          and(
            eq(starts.processId, processId),
            eq(starts.kind, kind),
            eq(starts.key, key),
            eq(starts.instanceId, instanceId),
          ),
        );
    },
  };
}
