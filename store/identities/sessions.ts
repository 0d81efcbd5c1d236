/**
 * Sessions: a secret that a browser keeps and of which only the hash is here. One counts while its person is active, while
 * its epoch is the person's, for so long without a request, and for so long at most. Every function works in the
 * transaction that it is given.
 */
import { and, asc, desc, eq, gt, lt, or, sql } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import { HAS_FACTOR } from './factors.js';
import { userSessions, users } from './tables.js';
import { ACCOUNT, type Account, lockStanding, type Standing } from './users.js';

/** A session ends after so long without a request, */
export const IDLE_MS = 30 * 60_000;
/** and after so long in any case. */
export const SESSION_MS = 12 * 3_600_000;
/** Somebody has so many at most; the oldest makes room. */
export const MOST_SESSIONS = 5;
/** It is noted that a session was used when that was not noted for so long. */
const SEEN_EVERY_MS = 60_000;

/** A session, without its secret. */
export type Session = Omit<typeof userSessions.$inferSelect, 'tokenHash'>;

/** A new session; `tokenHash` is the SHA-256 of its secret in hex. */
export interface NewSession {
  readonly sessionId: string;
  readonly tokenHash: string;
  /** Hash of the session at a provider of identities under which it begins, and with which it ends. */
  readonly providerSession?: string;
  /** When a second factor was shown, if one was. */
  readonly factorAt?: string;
  /** Whether a provider of identities signed the person in. */
  readonly isOfProvider?: boolean;
}

/** An instant so many milliseconds from another. Class: pure. */
export const shifted = (at: string, ms: number): string =>
  new Date(Date.parse(at) + ms).toISOString();

/** Opens a session. Errors: `SIGN_IN_REFUSED` when the person does not stand as they did. */
export async function openSession(
  tx: Queryable,
  standing: Standing,
  session: NewSession,
  at: string,
): Promise<Session> {
  // Whoever signs in twice at a time takes turns, so that the most is the most.
  const user = await lockStanding(tx, standing);
  if (!user) throw storeFailure('SIGN_IN_REFUSED', {});
  const { userId } = user;
  await forgetEnded(tx, at, userId);
  const kept = await listSessions(tx, user, at);
  for (const { sessionId } of kept.slice(0, Math.max(0, kept.length - MOST_SESSIONS + 1))) {
    await tx.delete(userSessions).where(eq(userSessions.sessionId, sessionId));
  }
  const [row] = await tx
    .insert(userSessions)
    .values({
      isOfProvider: false,
      ...session,
      userId,
      epoch: user.revocationEpoch,
      ...{ startedAt: at, seenAt: at, expiresAt: shifted(at, SESSION_MS) },
    })
    .returning();
  if (!row) throw storeFailure('SIGN_IN_REFUSED', {});
  const { tokenHash: _hash, ...opened } = row;
  return opened;
}

/** The session of a secret and whose it is, while it counts; that it was used is noted now and then. */
export async function liveSession(
  db: Queryable,
  tokenHash: string,
  at: string,
): Promise<{
  readonly session: Session;
  readonly account: Account;
  /** Whether the person has a second factor that counts. */
  readonly hasFactor: boolean;
} | null> {
  const [found] = await db
    .select({ session: userSessions, account: ACCOUNT, hasFactor: HAS_FACTOR })
    .from(userSessions)
    .innerJoin(users, eq(users.userId, userSessions.userId))
    .where(and(eq(userSessions.tokenHash, tokenHash), isLiveSession(at)));
  if (!found) return null;
  const { tokenHash: _hash, ...session } = found.session;
  if (session.seenAt <= shifted(at, -SEEN_EVERY_MS)) {
    await db
      .update(userSessions)
      .set({ seenAt: at })
      .where(eq(userSessions.sessionId, session.sessionId));
  }
  return { session, account: found.account, hasFactor: found.hasFactor };
}

/** Sessions of a person that count, oldest first. */
export async function listSessions(
  db: Queryable,
  { userId }: Pick<Account, 'userId'>,
  at: string,
): Promise<readonly Session[]> {
  const rows = await db
    .select({ session: userSessions })
    .from(userSessions)
    .innerJoin(users, eq(users.userId, userSessions.userId))
    .where(and(eq(userSessions.userId, userId), isLiveSession(at)))
    .orderBy(asc(userSessions.startedAt), desc(userSessions.sessionId));
  return rows.map(({ session: { tokenHash: _hash, ...session } }) => session);
}

/** Ends one session of a person, or all of them. @returns whether there was one */
export async function deleteSessions(
  tx: Queryable,
  userId: string,
  sessionId: string | null,
): Promise<boolean> {
  const one = sessionId === null ? undefined : eq(userSessions.sessionId, sessionId);
  const rows = await tx
    .delete(userSessions)
    .where(and(eq(userSessions.userId, userId), one))
    .returning({ sessionId: userSessions.sessionId });
  return rows.length > 0;
}

/** Forgets sessions whose time is over: of one person, or of all. */
export async function forgetEnded(tx: Queryable, at: string, userId?: string): Promise<void> {
  const isOver = or(lt(userSessions.expiresAt, at), lt(userSessions.seenAt, shifted(at, -IDLE_MS)));
  const of = userId === undefined ? undefined : eq(userSessions.userId, userId);
  await tx.delete(userSessions).where(and(of, isOver));
}

/** Whether a session counts, beside its person. */
export const isLiveSession = (at: string) =>
  and(
    eq(users.isActive, true),
    sql`${userSessions.epoch} = ${users.revocationEpoch}`,
    gt(userSessions.expiresAt, at),
    gt(userSessions.seenAt, shifted(at, -IDLE_MS)),
  );
