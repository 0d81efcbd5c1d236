/**
 * Second factors of people: what their app was given, and codes for when it is lost. Which code fits is judged by whoever asks;
 * that one counts once is held here. Every function works in the transaction that it is given. Source: RFC 6238 §5.2.
 */
import { createHash } from 'node:crypto';
import { and, count, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import { SYSTEM_KEY_ID } from '../../contracts/workflow-ids.js';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import type { Seals } from '../sealing/index.js';
import { columnPlace } from '../sealing/places.js';
import { recoveryCodes, userFactors, userSessions } from './tables.js';

/** The factor of a person. */
export interface Factor {
  readonly secret: Buffer;
  readonly isConfirmed: boolean;
  readonly lastStep: number;
  /** Recovery codes that are left. */
  readonly recoveryCodes: number;
}

const placeOf = (userId: string) => columnPlace('user_factors', [userId], 'sealed_secret');
const hashOf = (userId: string, code: string): string =>
  createHash('sha256')
    .update(JSON.stringify(['recovery', userId, code]))
    .digest('hex');

/** What somebody has; null: nothing. */
export async function findFactor(
  db: Queryable,
  seals: Seals,
  userId: string,
): Promise<Factor | null> {
  const [row] = await db.select().from(userFactors).where(eq(userFactors.userId, userId));
  if (!row) return null;
  const opened = await seals.open(SYSTEM_KEY_ID, row.sealedSecret, placeOf(userId));
  if (!opened) throw storeFailure('STORE_UNSEALED', { key: SYSTEM_KEY_ID });
  const { secret } = opened.value as unknown as { readonly secret: string };
  const [left] = await db
    .select({ codes: count() })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)));
  return {
    secret: Buffer.from(secret, 'base64'),
    ...{ isConfirmed: row.confirmedAt !== null, lastStep: row.lastStep },
    recoveryCodes: left?.codes ?? 0,
  };
}

/** Gives somebody a secret that they have not shown yet. @returns false: they have one that counts */
export async function beginFactor(
  tx: Queryable,
  seals: Seals,
  userId: string,
  secret: Buffer,
): Promise<boolean> {
  const kept = { secret: secret.toString('base64') };
  const sealedSecret = await seals.seal(SYSTEM_KEY_ID, kept, placeOf(userId));
  const rows = await tx
    .insert(userFactors)
    .values({ userId, sealedSecret, confirmedAt: null, lastStep: 0 })
    .onConflictDoUpdate({
      target: userFactors.userId,
      set: { sealedSecret, lastStep: 0 },
      setWhere: isNull(userFactors.confirmedAt),
    })
    .returning({ userId: userFactors.userId });
  return rows.length > 0;
}

/** Takes a step of time whose code was shown. @returns false: a code of it, or of a later one, counted before */
export async function takeStep(
  tx: Queryable,
  userId: string,
  step: number,
  confirmedAt?: string,
): Promise<boolean> {
  const rows = await tx
    .update(userFactors)
    .set({ lastStep: step, ...(confirmedAt !== undefined && { confirmedAt }) })
    .where(
      and(
        eq(userFactors.userId, userId),
        lt(userFactors.lastStep, step),
        confirmedAt === undefined
          ? isNotNull(userFactors.confirmedAt)
          : isNull(userFactors.confirmedAt),
      ),
    )
    .returning({ userId: userFactors.userId });
  return rows.length > 0;
}

/** Gives somebody other recovery codes; those of before count no more. */
export async function putRecoveryCodes(
  tx: Queryable,
  userId: string,
  codes: readonly string[],
): Promise<void> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  const rows = codes.map((code) => ({ codeHash: hashOf(userId, code), userId, usedAt: null }));
  await tx.insert(recoveryCodes).values(rows);
}

/** Uses a recovery code up. @returns whether it counted */
export async function takeRecoveryCode(
  tx: Queryable,
  userId: string,
  code: string,
  at: string,
): Promise<boolean> {
  const rows = await tx
    .update(recoveryCodes)
    .set({ usedAt: at })
    .where(and(eq(recoveryCodes.codeHash, hashOf(userId, code)), isNull(recoveryCodes.usedAt)))
    .returning({ userId: recoveryCodes.userId });
  return rows.length > 0;
}

/** Takes somebody's factor and codes away. @returns whether there was one */
export async function deleteFactor(tx: Queryable, userId: string): Promise<boolean> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  const rows = await tx
    .delete(userFactors)
    .where(eq(userFactors.userId, userId))
    .returning({ userId: userFactors.userId });
  return rows.length > 0;
}

/** A factor was shown in a session. */
export async function noteFactor(tx: Queryable, sessionId: string, at: string): Promise<void> {
  await tx.update(userSessions).set({ factorAt: at }).where(eq(userSessions.sessionId, sessionId));
}

/** How somebody shows who they are. */
export interface ShownBy {
  readonly hasFactor: boolean;
  readonly isOfProvider: boolean;
}

/** That of these people. */
export async function shownBy(
  db: Queryable,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, ShownBy>> {
  const { rows } = await db.execute<{ id: string; factor: boolean; provider: boolean }>(sql`
    select id, exists (select 1 from user_factors f where f.user_id = id and f.confirmed_at is not null) as factor,
      exists (select 1 from user_identities i where i.user_id = id) as provider
    from jsonb_array_elements_text(${JSON.stringify(userIds)}::jsonb) id`);
  return new Map(
    rows.map(({ id, factor, provider }) => [id, { hasFactor: factor, isOfProvider: provider }]),
  );
}

/** Whether the person of a row of sessions has a factor that counts. */
export const HAS_FACTOR = sql<boolean>`exists (select 1 from user_factors f
  where f.user_id = ${userSessions.userId} and f.confirmed_at is not null)`;
