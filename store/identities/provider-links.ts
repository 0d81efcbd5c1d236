/**
 * Whom a provider of identities signs in: a person is known by issuer and subject, never by a mail address. Both go by their
 * hash. Every function works in the transaction that it is given. Source: OpenID Connect Core 1.0 §5.7.
 */
import { and, eq, lt } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import { usedOnce, userIdentities, userSessions, users } from './tables.js';
import { ACCOUNT, type Account } from './users.js';

/** Who goes by an identity; null: nobody yet. */
export async function accountOfIdentity(
  db: Queryable,
  identityHash: string,
): Promise<Account | null> {
  const [found] = await db
    .select({ account: ACCOUNT })
    .from(userIdentities)
    .innerJoin(users, eq(users.userId, userIdentities.userId))
    .where(eq(userIdentities.identityHash, identityHash));
  return found?.account ?? null;
}

/** Links a person. Errors: `LOGIN_NAME_TAKEN` when the identity is somebody else's. */
export async function insertIdentity(
  tx: Queryable,
  userId: string,
  identityHash: string,
): Promise<void> {
  const rows = await tx
    .insert(userIdentities)
    .values({ identityHash, userId } as never)
    .onConflictDoNothing()
    .returning({ userId: userIdentities.userId });
  if (rows.length > 0) return;
  const there = await accountOfIdentity(tx, identityHash);
  if (there?.userId !== userId) throw storeFailure('LOGIN_NAME_TAKEN', {});
}

/** Takes what counts once. @returns false: it was taken before */
export async function takeOnce(
  tx: Queryable,
  useHash: string,
  expiresAt: string,
): Promise<boolean> {
  const rows = await tx
    .insert(usedOnce)
    .values({ useHash, expiresAt })
    .onConflictDoNothing()
    .returning({ useHash: usedOnce.useHash });
  return rows.length > 0;
}

/** Forgets uses whose time is over. */
export async function forgetUses(tx: Queryable, at: string): Promise<void> {
  await tx.delete(usedOnce).where(lt(usedOnce.expiresAt, at));
}

/** Ends the sessions that began under one of the provider's. @returns how many */
export async function deleteProviderSessions(
  tx: Queryable,
  userId: string,
  providerSession: string,
): Promise<number> {
  const rows = await tx
    .delete(userSessions)
    .where(and(eq(userSessions.userId, userId), eq(userSessions.providerSession, providerSession)))
    .returning({ sessionId: userSessions.sessionId });
  return rows.length;
}

/** Whose session began under one of the provider's; null: nobody's that is open. */
export async function ownerOfProviderSession(
  db: Queryable,
  providerSession: string,
): Promise<string | null> {
  const [row] = await db
    .select({ userId: userSessions.userId })
    .from(userSessions)
    .where(eq(userSessions.providerSession, providerSession))
    .limit(1);
  return row?.userId ?? null;
}
