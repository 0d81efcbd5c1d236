/**
 * Links by which a password is set once: of a person, who has one at a time; or of nobody yet, by which the first admin
 * comes to be. Only hashes are here. Every function works in the transaction that it is given.
 */
import { and, eq, gt, isNull, lte } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import { passwordLinks, users } from './tables.js';

/** A link opens for so long. */
export const LINK_MS = 30 * 60_000;

/** Adds a link; what its person had opens no more. @param userId - null: of the first admin */
export async function insertLink(
  tx: Queryable,
  tokenHash: string,
  userId: string | null,
  expiresAt: string,
): Promise<void> {
  if (userId !== null) {
    const unused = and(eq(passwordLinks.userId, userId), isNull(passwordLinks.usedAt));
    await tx.delete(passwordLinks).where(unused);
  }
  await tx.insert(passwordLinks).values({ tokenHash, userId, expiresAt, usedAt: null });
}

/** Whose link it is, while it opens; `loginName` null: of the first admin. Null: it opens nothing. */
export async function findLink(
  db: Queryable,
  tokenHash: string,
  at: string,
): Promise<{ readonly loginName: string | null } | null> {
  const [found] = await db
    .select({ loginName: users.loginName })
    .from(passwordLinks)
    .leftJoin(users, eq(users.userId, passwordLinks.userId))
    .where(isOpen(tokenHash, at));
  return found ?? null;
}

/** Forgets links whose time is over. */
export async function forgetLinks(tx: Queryable, at: string): Promise<void> {
  await tx.delete(passwordLinks).where(lte(passwordLinks.expiresAt, at));
}

/** Uses the link of a person up. @returns whose it was. Errors: `LINK_UNKNOWN`. */
export async function usePersonalLink(
  tx: Queryable,
  tokenHash: string,
  at: string,
): Promise<string> {
  const userId = await takeLink(tx, tokenHash, at);
  if (userId === null) throw storeFailure('LINK_UNKNOWN', {});
  return userId;
}

/** Uses a link of the first admin up. Errors: `LINK_UNKNOWN`. */
export async function useFirstLink(tx: Queryable, tokenHash: string, at: string): Promise<void> {
  const userId = await takeLink(tx, tokenHash, at);
  if (userId !== null) throw storeFailure('LINK_UNKNOWN', {});
}

async function takeLink(tx: Queryable, tokenHash: string, at: string): Promise<string | null> {
  const [used] = await tx
    .update(passwordLinks)
    .set({ usedAt: at })
    .where(isOpen(tokenHash, at))
    .returning({ userId: passwordLinks.userId });
  if (!used) throw storeFailure('LINK_UNKNOWN', {});
  return used.userId;
}

function isOpen(tokenHash: string, at: string) {
  const { tokenHash: hash, usedAt, expiresAt } = passwordLinks;
  return and(eq(hash, tokenHash), isNull(usedAt), gt(expiresAt, at));
}
