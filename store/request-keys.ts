/**
 * `Idempotency-Key`s: each is of who used it, for one request. A repetition of that is harmless by itself, for its key is the id
 * under which instances remember what they answered; another request under the same key is a mistake of the program.
 * Class: side effect (database).
 */
import type { Hmac } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { SYSTEM_KEY_ID } from '../contracts/workflow-ids.js';
import type { Queryable } from './database.js';
import { bytesText, type Seals } from './sealing/index.js';
import { columnPlace } from './sealing/places.js';

/** A key, and whose it is. */
export interface KeyOf {
  readonly userId: string;
  readonly key: string;
}

/** What a request was answered with; `body` null: it showed a secret, which is not kept. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** A key of somebody, whose request brings bytes that are hashed while they come. */
export interface KeyedContent extends KeyOf {
  /** A keyed hash, of nothing yet. */
  readonly hash: Hmac;
}

/** What a request under a key came to. */
export interface CameTo {
  /** The id of what it made. */
  readonly id: string;
  readonly content: string;
}

/** What was made under a key; null: nothing yet. Locked until the transaction ends. */
export async function cameTo(tx: Queryable, { userId, key }: KeyOf): Promise<CameTo | null> {
  const { rows } = await tx.execute<{ id: string | null; content: string }>(sql`
    select came_to as id, content from request_keys
    where user_id = ${userId} and key = ${key} for update`);
  const { id = null, content = '' } = rows[0] ?? {};
  return id === null ? null : { id, content };
}

/** Notes what was made under a key, in the transaction that makes it. */
export async function noteCameTo(
  tx: Queryable,
  { userId, key }: KeyOf,
  { id, content }: CameTo,
): Promise<void> {
  await tx.execute(sql`update request_keys set came_to = ${id}, content = ${content}
    where user_id = ${userId} and key = ${key}`);
}

/** The register. */
export interface RequestKeys {
  /** Takes a key for a request. @returns false when it was taken for another one */
  readonly claim: (of: KeyOf & { readonly digest: string }) => Promise<boolean>;
  /** What its request was answered with; null: it was not, or that was not kept. Errors: those of `Seals.open`. */
  readonly answer: (of: KeyOf) => Promise<KeptAnswer | null>;
  /** Keeps that, sealed, as long as the key. Errors: those of `Seals.seal`. */
  readonly keep: (of: KeyOf, answer: KeptAnswer) => Promise<void>;
  /** Forgets keys that are older than a day. */
  readonly prune: () => Promise<void>;
}

/** Makes it. */
export function createRequestKeys(db: Queryable, seals: Seals): RequestKeys {
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
    answer: async (of) => {
      const { rows } = await db.execute<{ answer: Uint8Array | null }>(
        sql`select answer from request_keys where user_id = ${of.userId} and key = ${of.key}`,
      );
      const sealed = rows[0]?.answer ?? null;
      if (sealed === null) return null;
      const opened = await seals.open(SYSTEM_KEY_ID, sealed, placeOf(of));
      return opened && (opened.value as unknown as KeptAnswer);
    },
    keep: async (of, answer) => {
      const sealed = bytesText(await seals.seal(SYSTEM_KEY_ID, answer, placeOf(of)));
      await db.execute(sql`update request_keys set answer = ${sealed}::bytea
        where user_id = ${of.userId} and key = ${of.key}`);
    },
    prune: async () => {
      await db.execute(sql`delete from request_keys where at < now() - interval '1 day'`);
    },
  };
}

const placeOf = ({ userId, key }: KeyOf) => columnPlace('request_keys', [userId, key], 'answer');
