/**
 * API tokens: secrets of programs, each of a person. Only their hashes are here. One counts while its person is active and
 * of the same epoch. Every function works in the transaction that it is given.
 */
import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Scope } from '../../contracts/identities.js';
import type { Queryable } from '../database.js';
import { shifted } from './sessions.js';
import { apiTokens, users } from './tables.js';
import { ACCOUNT, type Account, type Standing } from './users.js';

/** That a token was used is noted when that was not noted for so long. */
const USED_EVERY_MS = 60_000;

type Row = Readonly<typeof apiTokens.$inferSelect>;

/** A token, without its secret. `isLive`: it opens something. */
export type ApiToken = Omit<Row, 'tokenHash' | 'epoch'> & { readonly isLive: boolean };

/** A new token; `tokenHash` is the SHA-256 of its secret in hex. */
export interface AddedToken {
  readonly tokenId: string;
  readonly tokenHash: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: string;
}

/** Adds a token of a person. */
export async function insertToken(
  tx: Queryable,
  owner: Standing,
  token: AddedToken,
  at: string,
): Promise<ApiToken> {
  const { userId, revocationEpoch: epoch } = owner;
  const bare = { lastUsedAt: null, revokedAt: null };
  const row = { ...token, scopes: [...token.scopes], userId, epoch, createdAt: at, ...bare };
  await tx.insert(apiTokens).values(row);
  return shown(row, epoch, true, at);
}

/** The token of a secret and whose it is, while it counts; that it was used is noted now and then. */
export async function liveToken(
  db: Queryable,
  tokenHash: string,
  at: string,
): Promise<{ readonly token: ApiToken; readonly account: Account } | null> {
  const [found] = await db
    .select({ token: apiTokens, account: ACCOUNT })
    .from(apiTokens)
    .innerJoin(users, eq(users.userId, apiTokens.userId))
    .where(and(eq(apiTokens.tokenHash, tokenHash), isLiveToken(at)));
  if (!found) return null;
  const { token, account } = found;
  if (token.lastUsedAt === null || token.lastUsedAt <= shifted(at, -USED_EVERY_MS)) {
    const { tokenId } = token;
    await db.update(apiTokens).set({ lastUsedAt: at }).where(eq(apiTokens.tokenId, tokenId));
  }
  return { token: shown(token, account.revocationEpoch, true, at), account };
}

/** Tokens of a person, oldest first. */
export async function listTokens(
  db: Queryable,
  userId: string,
  at: string,
): Promise<readonly ApiToken[]> {
  const rows = await db
    .select({ token: apiTokens, epoch: users.revocationEpoch, isActive: users.isActive })
    .from(apiTokens)
    .innerJoin(users, eq(users.userId, apiTokens.userId))
    .where(eq(apiTokens.userId, userId))
    .orderBy(asc(apiTokens.createdAt), asc(apiTokens.tokenId));
  return rows.map(({ token, epoch, isActive }) => shown(token, epoch, isActive, at));
}

/** Whose token it is, while it is not revoked; null: there is none. */
export async function ownerOfToken(db: Queryable, tokenId: string): Promise<string | null> {
  const [row] = await db
    .select({ userId: apiTokens.userId })
    .from(apiTokens)
    .where(and(eq(apiTokens.tokenId, tokenId), isNull(apiTokens.revokedAt)));
  return row?.userId ?? null;
}

/** Revokes a token. @returns whether it was there and not revoked */
export async function markRevoked(tx: Queryable, tokenId: string, at: string): Promise<boolean> {
  const rows = await tx
    .update(apiTokens)
    .set({ revokedAt: at })
    .where(and(eq(apiTokens.tokenId, tokenId), isNull(apiTokens.revokedAt)))
    .returning({ tokenId: apiTokens.tokenId });
  return rows.length > 0;
}

/** Whether a token counts, beside its person. */
export const isLiveToken = (at: string) =>
  and(
    eq(users.isActive, true),
    sql`${apiTokens.epoch} = ${users.revocationEpoch}`,
    isNull(apiTokens.revokedAt),
    gt(apiTokens.expiresAt, at),
  );

function shown(row: Row, epoch: number, isActive: boolean, at: string): ApiToken {
  const { tokenHash: _hash, epoch: made, ...token } = row;
  const isInTime = token.revokedAt === null && token.expiresAt > at;
  return { ...token, isLive: isActive && isInTime && made === epoch };
}
