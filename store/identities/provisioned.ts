/**
 * People whom somebody else's system adds, changes and removes, and what it knows them by. Every function works in the
 * transaction that it is given. Source: RFC 7643 §4.1.
 */
import { createHash } from 'node:crypto';
import { asc, eq, sql } from 'drizzle-orm';
import { SYSTEM_KEY_ID } from '../../contracts/workflow-ids.js';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import type { Seals } from '../sealing/index.js';
import { columnPlace } from '../sealing/places.js';
import { provisionedUsers, users } from './tables.js';
import { openUser, type User } from './users.js';

/** By which the other system knows somebody, as it wrote it. */
export interface ProvisionedNames {
  readonly userName: string;
  readonly externalId: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
}

/** Somebody whom it provisions. */
export interface Provisioned {
  readonly user: User;
  readonly names: ProvisionedNames;
  readonly changedAt: string;
}

/** Which of them: all, one by the id, or one by the name, whose case does not count. */
export type WhichProvisioned =
  | Readonly<Record<string, never>>
  | { readonly userId: string }
  | { readonly userName: string };

const hashOf = (kind: string, text: string): string =>
  createHash('sha256')
    .update(JSON.stringify([kind, text]))
    .digest('hex');
const nameHash = (userName: string): string => hashOf('userName', userName.toLowerCase());
const placeOf = (userId: string) => columnPlace('provisioned_users', [userId], 'sealed_names');

/** Writes down what somebody is known by. Errors: `LOGIN_NAME_TAKEN` when somebody else is known by it. */
export async function putProvisioned(
  tx: Queryable,
  seals: Seals,
  userId: string,
  names: ProvisionedNames,
): Promise<void> {
  const userNameHash = nameHash(names.userName);
  const [other] = await tx
    .select({ userId: provisionedUsers.userId })
    .from(provisionedUsers)
    .where(eq(provisionedUsers.userNameHash, userNameHash));
  if (other && other.userId !== userId) throw storeFailure('LOGIN_NAME_TAKEN', {});
  const sealedNames = await seals.seal(SYSTEM_KEY_ID, { ...names }, placeOf(userId));
  const externalIdHash = names.externalId === null ? null : hashOf('externalId', names.externalId);
  const row = { userNameHash, externalIdHash, sealedNames };
  const changedAt = sql`clock_timestamp()` as never;
  const rows = await tx
    .insert(provisionedUsers)
    .values({ userId, ...row, changedAt })
    .onConflictDoUpdate({ target: provisionedUsers.userId, set: { ...row, changedAt } })
    .returning({ userId: provisionedUsers.userId });
  if (rows.length === 0) throw storeFailure('LOGIN_NAME_TAKEN', {});
}

/** Those of them that are asked for, oldest first. */
export async function listProvisioned(
  db: Queryable,
  seals: Seals,
  which: WhichProvisioned,
): Promise<readonly Provisioned[]> {
  const condition =
    'userId' in which
      ? eq(provisionedUsers.userId, which.userId as string)
      : 'userName' in which
        ? eq(provisionedUsers.userNameHash, nameHash(which.userName as string))
        : undefined;
  const rows = await db
    .select({ user: users, provisioned: provisionedUsers })
    .from(provisionedUsers)
    .innerJoin(users, eq(users.userId, provisionedUsers.userId))
    .where(condition)
    .orderBy(asc(users.createdAt), asc(users.userId));
  return Promise.all(
    rows.map(async ({ user, provisioned }) => {
      const opened = await seals.open(SYSTEM_KEY_ID, provisioned.sealedNames, placeOf(user.userId));
      if (!opened) throw storeFailure('STORE_UNSEALED', { key: SYSTEM_KEY_ID });
      return {
        user: await openUser(seals, user),
        names: opened.value as unknown as ProvisionedNames,
        changedAt: provisioned.changedAt,
      };
    }),
  );
}

/** Forgets what somebody was known by there. */
export async function forgetProvisioned(tx: Queryable, userId: string): Promise<void> {
  await tx.delete(provisionedUsers).where(eq(provisionedUsers.userId, userId));
}
