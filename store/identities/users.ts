/** People: who they are, what they may, and whether they still do. Every function works in the transaction that it is given. */
import { and, eq, getTableColumns, isNotNull, ne, or, sql } from 'drizzle-orm';
import { SYSTEM_KEY_ID } from '../../contracts/workflow-ids.js';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import type { Seals } from '../sealing/index.js';
import { columnPlace } from '../sealing/places.js';
import { type Page, type Search, search } from '../search/index.js';
import { type Locale, userIdentities, userPasswords, users } from './tables.js';

type Row = Readonly<typeof users.$inferSelect>;

/** What is personal of somebody; it stands sealed. */
export interface Contact {
  readonly displayName: string;
  readonly mail: string | null;
}

/** A person, without what is personal. */
export type Account = Omit<Row, 'sealedContact'>;

/** A person. */
export type User = Account & Contact;

/** Of a new person. */
export interface AddedUser extends Contact {
  readonly userId: string;
  readonly loginName: string;
  readonly locale: Locale;
  readonly roles: Account['roles'];
  readonly groups: Account['groups'];
  readonly isDemo: boolean;
}

/**
 * A person as they were when somebody was let in: what is opened for them is opened only while that holds, so that a request
 * on its way brings no more than it found.
 */
export type Standing = Pick<Account, 'userId' | 'revocationEpoch'>;

/** What of a person is changed; `roles` and `isActive` end what was opened before. */
export type ChangedUser = Partial<
  Contact & Pick<Account, 'locale' | 'roles' | 'groups' | 'isActive'>
>;

const { sealedContact, ...open } = getTableColumns(users);

/** Columns of an account. */
export const ACCOUNT = open;

const SEARCHABLE = {
  table: users,
  fields: open,
  besides: { sealedContact },
  key: ['userId'],
  sort: [{ field: 'loginName', order: 'ASC' }],
} as const;

/** Seals what is personal of somebody. It is under the deployment's own key: `docs/decisions/0024-…` says why. */
export function sealContact(seals: Seals, userId: string, contact: Contact): Promise<Buffer> {
  const { displayName, mail } = contact;
  return seals.seal(SYSTEM_KEY_ID, { displayName, mail }, placeOf(userId));
}

/** The person of a row. Errors: those of `Seals.open`. */
export async function openUser(seals: Seals, row: Row): Promise<User> {
  const { sealedContact: sealed, ...account } = row;
  const opened = await seals.open(SYSTEM_KEY_ID, sealed, placeOf(row.userId));
  if (!opened) throw storeFailure('STORE_UNSEALED', { key: SYSTEM_KEY_ID });
  return { ...account, ...(opened.value as unknown as Contact) };
}

const placeOf = (userId: string) => columnPlace('users', [userId], 'sealed_contact');

/** The row of a person; null: there is none. @param lock - nobody else changes it until the transaction ends */
export async function findRow(db: Queryable, userId: string, lock = false): Promise<Row | null> {
  const query = db.select().from(users).where(eq(users.userId, userId));
  const [row] = await (lock ? query.for('update') : query);
  return row ?? null;
}

/** The row of a person who is active and stands as they did, locked; null: they do not. */
export async function lockStanding(
  tx: Queryable,
  { userId, revocationEpoch }: Standing,
): Promise<Row | null> {
  const row = await findRow(tx, userId, true);
  return row?.isActive && row.revocationEpoch === revocationEpoch ? row : null;
}

/** The row of a login name; null: nobody has it. */
export async function findByName(db: Queryable, loginName: string): Promise<Row | null> {
  const [row] = await db.select().from(users).where(eq(users.loginName, loginName));
  return row ?? null;
}

/** One page of people, by login name; see `search` for the errors. */
export function searchRows(db: Queryable, query: Search<keyof Account>): Promise<Page<Row>> {
  return search<Row, keyof Account>(db, SEARCHABLE, query);
}

/** Adds a person. Errors: `LOGIN_NAME_TAKEN`. */
export async function insertUser(tx: Queryable, user: AddedUser, sealed: Buffer): Promise<Row> {
  const { displayName: _name, mail: _mail, ...account } = user;
  const values = { ...account, isActive: true, revocationEpoch: 0, sealedContact: sealed };
  const [row] = await tx
    .insert(users)
    .values({ ...values, createdAt: sql`clock_timestamp()` } as never)
    .onConflictDoNothing()
    .returning();
  if (!row) throw storeFailure('LOGIN_NAME_TAKEN', {});
  return row;
}

/** Changes a person. Errors: `LAST_ADMIN`, those of sealing. @returns null: there is none */
export async function updateUser(
  tx: Queryable,
  seals: Seals,
  userId: string,
  { displayName, mail, ...change }: ChangedUser,
): Promise<Row | null> {
  if (isAboutAdmins(change)) await lockAdmins(tx);
  const before = await findRow(tx, userId, true);
  if (!before) return null;
  const isRenamed = displayName !== undefined || mail !== undefined;
  const sealed = isRenamed ? await renamed(seals, before, { displayName, mail }) : null;
  const after = { ...before, ...change };
  if (isAdmin(before) && !isAdmin(after)) await refuseLastAdmin(tx, userId);
  const endsAccess = !sameRoles(before, after) || before.isActive !== after.isActive;
  const [row] = await tx
    .update(users)
    .set({
      ...(change as object),
      ...(sealed && { sealedContact: sealed }),
      ...(endsAccess && { revocationEpoch: before.revocationEpoch + 1 }),
    })
    .where(eq(users.userId, userId))
    .returning();
  return row ?? null;
}

async function renamed(
  seals: Seals,
  row: Row,
  { displayName, mail }: { readonly [K in keyof Contact]: Contact[K] | undefined },
): Promise<Buffer> {
  const person = await openUser(seals, row);
  return sealContact(seals, row.userId, {
    displayName: displayName ?? person.displayName,
    mail: mail === undefined ? person.mail : mail,
  });
}

/** Ends all that somebody has open. @returns the new epoch */
export async function raiseEpoch(tx: Queryable, userId: string): Promise<number> {
  const [row] = await tx
    .update(users)
    .set({ revocationEpoch: sql`${users.revocationEpoch} + 1` as never })
    .where(eq(users.userId, userId))
    .returning({ epoch: users.revocationEpoch });
  return row?.epoch ?? 0;
}

const isAboutAdmins = ({ roles, isActive }: ChangedUser): boolean =>
  roles !== undefined || isActive !== undefined;

const isAdmin = ({ roles, isActive }: Pick<Account, 'roles' | 'isActive'>): boolean =>
  isActive && roles.includes('admin');

const sameRoles = (a: Pick<Account, 'roles'>, b: Pick<Account, 'roles'>): boolean =>
  a.roles.toSorted().join() === b.roles.toSorted().join();

/** Two who remove each other at the same time would both see the other: they take turns. */
export async function lockAdmins(tx: Queryable): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('identities admins', 0))`);
}

/** Refuses to go on where nobody else could sign in as admin. Errors: `LAST_ADMIN`. */
async function refuseLastAdmin(tx: Queryable, userId: string): Promise<void> {
  if (!(await hasAdmin(tx, userId))) throw storeFailure('LAST_ADMIN', {});
}

/** Whether there is an admin who can sign in, besides this person. */
export async function hasAdmin(db: Queryable, exceptId = ''): Promise<boolean> {
  const [one] = await db
    .select({ userId: users.userId })
    .from(users)
    .leftJoin(userPasswords, eq(userPasswords.userId, users.userId))
    .leftJoin(userIdentities, eq(userIdentities.userId, users.userId))
    .where(
      and(
        eq(users.isActive, true),
        sql`'admin' = any (${users.roles})`,
        ne(users.userId, exceptId),
        or(isNotNull(userPasswords.userId), isNotNull(userIdentities.userId)),
      ),
    )
    .limit(1);
  return one !== undefined;
}

/** Login names of people of demonstrations who are not disabled. */
export async function activeDemoNames(db: Queryable): Promise<readonly string[]> {
  const rows = await db
    .select({ loginName: users.loginName })
    .from(users)
    .where(and(eq(users.isDemo, true), eq(users.isActive, true)))
    .orderBy(users.loginName);
  return rows.map(({ loginName }) => loginName);
}

/** Whether anybody is there who is not of a demonstration. */
export async function hasOwnUsers(db: Queryable): Promise<boolean> {
  const rows = await db
    .select({ userId: users.userId })
    .from(users)
    .where(eq(users.isDemo, false))
    .limit(1);
  return rows.length > 0;
}

/** What of a person the audit keeps: what they may, never who they are. */
export function mayOf({ roles, groups, isActive }: ChangedUser) {
  return {
    ...(roles && { roles: [...roles] }),
    ...(groups && { groups: [...groups] }),
    ...(isActive !== undefined && { isActive }),
  };
}
