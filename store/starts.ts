/** Idempotent starts: the first claim of a key wins, and everybody is told which instance that was. */
import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import { RETENTION_HOURS } from '../contracts/retention.js';
import { instant } from './columns.js';
import type { Queryable } from './database.js';

const starts = pgTable('starts', {
  processId: text('process_id').notNull(),
  kind: text('kind').$type<StartKey['kind']>().notNull(),
  key: text('key').notNull(),
  instanceId: text('instance_id').notNull(),
  /** Keyed hash of what was asked for; null where nobody compares. */
  digest: text('digest'),
  /** Of the customer whose instance it is; null where nobody said. */
  customerKeyId: text('customer_key_id'),
  /** When it was asked for last. */
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

/** What is asked for under a key, and whose it is. */
export interface Asked {
  readonly digest: string | null;
  readonly customerKeyId: string | null;
}

/** The instance that has a key. */
export interface Holder extends Asked {
  readonly instanceId: string;
}

/** A claim that holds. `isNew`: it is the caller's own. */
export interface Claimed extends Holder {
  readonly isNew: boolean;
}

/** The register. */
export interface Starts {
  /** Claims a key. @returns the claim that holds: this one, or the one that came first */
  readonly claim: (key: StartKey, instanceId: string, asked?: Partial<Asked>) => Promise<Claimed>;
  /** The instance that has a key; null: none has. */
  readonly find: (key: StartKey) => Promise<Holder | null>;
  /** The key under which an instance was about to start; null: nobody claimed anything for it. */
  readonly keyOf: (instanceId: string) => Promise<string | null>;
  /** Says what the instance was in truth started with, when it was not by whoever claimed the key. */
  readonly sign: (key: StartKey, instanceId: string, digest: string) => Promise<void>;
  /** Gives a key free, if this instance has it: when its start failed, or the key may be used again. */
  readonly release: (key: StartKey, instanceId: string) => Promise<void>;
  /** Gives all keys of an instance free. */
  readonly releaseAll: (instanceId: string) => Promise<void>;
  /**
   * Forgets requests (those of commands, messages, signals and timers) that nobody has repeated within the retention.
   * Keys stay: a business key is of one instance for ever, the key of a message as long as its instance goes on.
   */
  readonly prune: () => Promise<void>;
}

const HOLDER = {
  instanceId: starts.instanceId,
  digest: starts.digest,
  customerKeyId: starts.customerKeyId,
};

/** Makes the group. */
export function createStarts(db: Queryable): Starts {
  return {
    claim: async ({ processId, kind, key }, instanceId, asked = {}) => {
      const { digest = null, customerKeyId = null } = asked;
      // Updating the row locks and returns the winner, whoever it is, and keeps from being forgotten what is still asked.
      const [row] = await db
        .insert(starts)
        .values({ processId, kind, key, instanceId, digest, customerKeyId })
        .onConflictDoUpdate({
          target: [starts.processId, starts.kind, starts.key],
          set: { claimedAt: sql`now()` },
        })
        .returning(HOLDER);
      const winner = row ?? { instanceId, digest, customerKeyId };
      return { ...winner, isNew: winner.instanceId === instanceId };
    },
    find: async (key) => {
      const [row] = await db.select(HOLDER).from(starts).where(isKey(key));
      return row ?? null;
    },
    keyOf: async (instanceId) => {
      const [row] = await db
        .select({ keyId: starts.customerKeyId })
        .from(starts)
        .where(and(eq(starts.instanceId, instanceId), isNotNull(starts.customerKeyId)))
        .limit(1);
      return row?.keyId ?? null;
    },
    sign: async (key, instanceId, digest) => {
      const where = and(isKey(key), eq(starts.instanceId, instanceId));
      await db.update(starts).set({ digest }).where(where);
    },
    release: async (key, instanceId) => {
      await db.delete(starts).where(and(isKey(key), eq(starts.instanceId, instanceId)));
    },
    releaseAll: async (instanceId) => {
      await db.delete(starts).where(eq(starts.instanceId, instanceId));
    },
    prune: async () => {
      while ((await pruneSome(db)) === AT_ONCE) {
        // The next ones.
      }
    },
  };
}

/** Rows a statement: nobody else waits long, also where there is one connection. */
const AT_ONCE = 10_000;

async function pruneSome(db: Queryable): Promise<number> {
  const { rowCount } = await db.execute(sql`delete from starts where ctid = any(array(
    select ctid from starts
    where kind = 'request' and claimed_at < now() - make_interval(hours => ${RETENTION_HOURS})
    limit ${AT_ONCE}))`);
  return rowCount ?? 0;
}

function isKey({ processId, kind, key }: StartKey): SQL | undefined {
  return and(eq(starts.processId, processId), eq(starts.kind, kind), eq(starts.key, key));
}
