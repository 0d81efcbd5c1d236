/** What is done about people themselves: each act in the audit, in the transaction that carries it out. Class: side effect. */
import type { Queryable } from '../database.js';
import type { Seals } from '../sealing/index.js';
import type { Page, Search } from '../search/index.js';
import { acting, type By, ofUser } from './acts.js';
import { withPassword } from './passwords.js';
import {
  type Account,
  type AddedUser,
  activeDemoNames,
  type ChangedUser,
  findByName,
  findRow,
  hasAdmin,
  hasOwnUsers,
  insertUser,
  mayOf,
  openUser,
  sealContact,
  searchRows,
  type User,
  updateUser,
} from './users.js';

/** People, and what they may. */
export interface PersonActs {
  readonly get: (userId: string) => Promise<User | null>;
  readonly byName: (loginName: string) => Promise<User | null>;
  /** One page by login name; see `search` for the errors. */
  readonly search: (query: Search<keyof Account>) => Promise<Page<User>>;
  /** Whether an admin is there who can sign in. */
  readonly hasAdmin: () => Promise<boolean>;
  /** Login names of people of demonstrations who can sign in. */
  readonly demoNames: () => Promise<readonly string[]>;
  /** Whether anybody is there who is not of a demonstration. */
  readonly hasOwnUsers: () => Promise<boolean>;
  /** Errors: `LOGIN_NAME_TAKEN`. @param hash - of a password; null: a link will set one */
  readonly add: (user: AddedUser, hash: string | null, by: By) => Promise<User>;
  /**
   * Changes a person. Whom other roles are given, or whom is disabled or enabled, has nothing open any more.
   * Errors: `LAST_ADMIN`. @returns null: there is none
   */
  readonly change: (userId: string, change: ChangedUser, by: By) => Promise<User | null>;
}

/** Makes them. */
export function personActs(db: Queryable, seals: Seals): PersonActs {
  const whole = async (found: ReturnType<typeof findRow>): Promise<User | null> => {
    const row = await found;
    return row && openUser(seals, row);
  };
  return {
    get: (userId) => whole(findRow(db, userId)),
    byName: (loginName) => whole(findByName(db, loginName)),
    search: async (query) => {
      const page = await searchRows(db, query);
      return { ...page, items: await Promise.all(page.items.map((row) => openUser(seals, row))) };
    },
    hasAdmin: () => hasAdmin(db),
    demoNames: () => activeDemoNames(db),
    hasOwnUsers: () => hasOwnUsers(db),
    add: async (user, hash, by) => {
      const sealed = await sealContact(seals, user.userId, user);
      const told = { action: 'addUser', object: ofUser(user.userId), data: mayOf(user) };
      const row = await acting(db, by, told, async (tx) => {
        const added = await insertUser(tx, user, sealed);
        return hash === null ? added : withPassword(tx, added, hash);
      });
      return openUser(seals, row);
    },
    change: async (userId, change, by) => {
      if (!(await findRow(db, userId))) return null;
      const told = { action: actionOf(change), object: ofUser(userId), data: mayOf(change) };
      const row = await acting(db, by, told, (tx) => updateUser(tx, seals, userId, change));
      return row && openUser(seals, row);
    },
  };
}

function actionOf({ isActive }: ChangedUser): string {
  if (isActive === undefined) return 'changeUser';
  return isActive ? 'enableUser' : 'disableUser';
}
