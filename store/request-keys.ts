/**
 * `Idempotency-Key`s: each is of who used it, for one request. A repetition of that is harmless by itself, for its key is the id
 * under which instances remember what they answered; another request under the same key is a mistake of the program.
 * Class: side effect (database).
 */
import { sql } from 'drizzle-orm';
import type { Queryable } from './database.js';

/** The register. */
export interface RequestKeys {
  /** Takes a key for a request. @returns false when it was taken for another one */
  readonly claim: (of: {
    readonly userId: string;
    readonly key: string;
    readonly digest: string;
  }) => Promise<boolean>;
  /** Forgets keys that are older than a day. */
  readonly prune: () => Promise<void>;
}

/** Makes it. */
export function createRequestKeys(db: Queryable): RequestKeys {
  return {
    claim: async ({ userId, key, digest }) => {
      await db.execute(sql`insert into request_keys (user_id, key, digest)
        values (${userId}, ${key}, ${digest}) on conflict do nothing`);
      const { rows } = await db.execute<{ digest: string }>(
        sql`select digest from request_keys where user_id = ${userId} and key = ${key}`,
      );
      // Forgotten in between: as if it were new.
      return rows[0] === undefined || rows[0].digest === digest;
    },
    prune: async () => {
      await db.execute(sql`delete from request_keys where at < now() - interval '1 day'`);
    },
  };
}
