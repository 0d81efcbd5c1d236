/** What is done about people whom a provider of identities signs in: each act in the audit, in the transaction that carries it out. Class: side effect. */
import type { Queryable } from '../database.js';
import type { Seals } from '../sealing/index.js';
import { acting, type By, ofUser } from './acts.js';
import {
  accountOfIdentity,
  deleteProviderSessions,
  insertIdentity,
  ownerOfProviderSession,
  takeOnce,
} from './provider-links.js';
import { deleteSessions } from './sessions.js';
import {
  type Account,
  type AddedUser,
  insertUser,
  mayOf,
  openUser,
  sealContact,
  type User,
} from './users.js';

/** People whom a provider signs in. */
export interface ProviderActs {
  /** Who goes by an identity of a provider; null: nobody yet. */
  readonly byIdentity: (identityHash: string) => Promise<Account | null>;
  /** Adds somebody whom a provider signs in. Errors: `LOGIN_NAME_TAKEN`. */
  readonly addOfProvider: (user: AddedUser, identityHash: string, by: By) => Promise<User>;
  /** Takes what counts once. @returns false: it was taken before */
  readonly takeOnce: (useHash: string, expiresAt: string) => Promise<boolean>;
  /** Ends what began under a session of a provider, or all sessions of somebody. @returns whether there was any */
  readonly endByProvider: (
    of: { readonly providerSession: string } | { readonly userId: string },
    by: By,
  ) => Promise<boolean>;
}

/** Makes them. */
export function providerActs(db: Queryable, seals: Seals): ProviderActs {
  return {
    byIdentity: (identityHash) => accountOfIdentity(db, identityHash),
    addOfProvider: async (user, identityHash, by) => {
      const sealed = await sealContact(seals, user.userId, user);
      const told = { action: 'addUser', object: ofUser(user.userId), data: mayOf(user) };
      const row = await acting(db, by, told, async (tx) => {
        const added = await insertUser(tx, user, sealed);
        await insertIdentity(tx, user.userId, identityHash);
        return added;
      });
      return openUser(seals, row);
    },
    takeOnce: (useHash, expiresAt) => takeOnce(db, useHash, expiresAt),
    endByProvider: async (of, by) => {
      const userId =
        'userId' in of ? of.userId : await ownerOfProviderSession(db, of.providerSession);
      if (userId === null) return false;
      return acting(db, by, { action: 'endSession', object: ofUser(userId) }, async (tx) =>
        'userId' in of
          ? deleteSessions(tx, userId, null)
          : (await deleteProviderSessions(tx, userId, of.providerSession)) > 0,
      );
    },
  };
}
