/** Passwords, as hashes that carry their parameters. Every function works in the transaction that it is given. */
import { eq, sql } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import { deleteSessions } from './sessions.js';
import { userPasswords, users } from './tables.js';
import { ACCOUNT, type Account, raiseEpoch } from './users.js';

/** Somebody who may sign in, with what their password is checked against; null: they have none yet. */
export interface Credential {
  readonly account: Account;
  readonly hash: string | null;
}

/** The credential of a login name; null: nobody has that name. */
export async function credentialOf(db: Queryable, loginName: string): Promise<Credential | null> {
  const [found] = await db
    .select({ account: ACCOUNT, hash: userPasswords.hash })
    .from(users)
    .leftJoin(userPasswords, eq(userPasswords.userId, users.userId))
    .where(eq(users.loginName, loginName));
  return found ?? null;
}

/** The hash of somebody's password; null: there is none. */
export async function hashOf(db: Queryable, userId: string): Promise<string | null> {
  const [found] = await db.select().from(userPasswords).where(eq(userPasswords.userId, userId));
  return found?.hash ?? null;
}

/** Sets a password and ends all that was open under the one before. @returns the new epoch */
export async function putPassword(tx: Queryable, userId: string, hash: string): Promise<number> {
  const epoch = await raiseEpoch(tx, userId);
  await deleteSessions(tx, userId, null);
  const setAt = sql`clock_timestamp()` as never;
  await tx
    .insert(userPasswords)
    .values({ userId, hash, setAt })
    .onConflictDoUpdate({ target: userPasswords.userId, set: { hash, setAt } });
  return epoch;
}

/** A password raises the epoch of its person: the row as it is then. */
export async function withPassword<Row extends { readonly userId: string }>(
  tx: Queryable,
  row: Row,
  hash: string,
): Promise<Row> {
  return { ...row, revocationEpoch: await putPassword(tx, row.userId, hash) };
}

/** Keeps the same password under a new hash, where nobody set another meanwhile. */
export async function replaceHash(
  db: Queryable,
  userId: string,
  before: string,
  hash: string,
): Promise<void> {
  await db
    .update(userPasswords)
    .set({ hash })
    .where(sql`${userPasswords.userId} = ${userId} and ${userPasswords.hash} = ${before}`);
}
