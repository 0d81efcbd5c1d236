/** Which of the secrets that somebody came in by still count, and of which groups they are now: asked often, of all who stay, in one trip. */
import { and, eq, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Queryable } from '../database.js';
import { isLiveSession } from './sessions.js';
import { apiTokens, userSessions, users } from './tables.js';
import { isLiveToken } from './tokens.js';

/** Those of sessions and tokens that count, each with the groups of its person; it is not noted that they were used. Class: side effect (database). */
export async function liveAmong(
  db: Queryable,
  tokenHashes: readonly string[],
  at: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const isAsked = (column: PgColumn) =>
    sql`${column} in (select jsonb_array_elements_text(${JSON.stringify(tokenHashes)}::jsonb))`;
  const sessions = db
    .select({ tokenHash: userSessions.tokenHash, groups: users.groups })
    .from(userSessions)
    .innerJoin(users, eq(users.userId, userSessions.userId))
    .where(and(isAsked(userSessions.tokenHash), isLiveSession(at)));
  const tokens = db
    .select({ tokenHash: apiTokens.tokenHash, groups: users.groups })
    .from(apiTokens)
    .innerJoin(users, eq(users.userId, apiTokens.userId))
    .where(and(isAsked(apiTokens.tokenHash), isLiveToken(at)));
  const rows = await sessions.unionAll(tokens);
  return new Map(rows.map(({ tokenHash, groups }) => [tokenHash, groups]));
}
