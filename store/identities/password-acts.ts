/** What is done about passwords: each act in the audit, in the transaction that carries it out. Class: side effect. */
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import type { Seals } from '../sealing/index.js';
import { acting, type By, ofUser } from './acts.js';
import { findLink, insertLink, LINK_MS, useFirstLink, usePersonalLink } from './password-links.js';
import {
  type Credential,
  credentialOf,
  hashOf,
  putPassword,
  replaceHash,
  withPassword,
} from './passwords.js';
import { type NewSession, openSession, type Session, shifted } from './sessions.js';
import {
  type AddedUser,
  hasAdmin,
  insertUser,
  lockAdmins,
  lockStanding,
  mayOf,
  openUser,
  type Standing,
  sealContact,
  type User,
} from './users.js';

/** Passwords, and the links by which they are set. */
export interface PasswordActs {
  readonly credentialOf: (loginName: string) => Promise<Credential | null>;
  /** The hash of somebody's password; null: there is none. */
  readonly passwordHash: (userId: string) => Promise<string | null>;
  /** Keeps the same password under a new hash. */
  readonly rehash: (userId: string, before: string, hash: string) => Promise<void>;
  /** Sets another password: all that was open ends, and a new session begins. Errors: `SIGN_IN_REFUSED` when they do not stand as they did. */
  readonly changePassword: (
    standing: Standing,
    hash: string,
    session: NewSession,
    by: By,
  ) => Promise<Session>;
  /** Makes a link by which a person sets a password. @returns its end */
  readonly addLink: (userId: string, tokenHash: string, by: By) => Promise<string>;
  /** Makes the link by which the first admin comes to be. @returns its end; null: there is an admin */
  readonly addFirstLink: (tokenHash: string, by: By) => Promise<string | null>;
  /** Whose link it is, while it opens; `loginName` null: of the first admin. Null: it opens nothing. */
  readonly link: (
    tokenHash: string,
    at: string,
  ) => Promise<{ readonly loginName: string | null } | null>;
  /** Sets a password by a link. @returns whose. Errors: `LINK_UNKNOWN`. */
  readonly useLink: (tokenHash: string, hash: string, by: By) => Promise<string>;
  /** Adds the first admin by a link. Errors: `LINK_UNKNOWN`, also where there is an admin; `LOGIN_NAME_TAKEN`. */
  readonly useFirstLink: (
    tokenHash: string,
    user: AddedUser,
    hash: string,
    by: By,
  ) => Promise<User>;
}

/** Makes them. */
export function passwordActs(db: Queryable, seals: Seals): PasswordActs {
  return {
    credentialOf: (loginName) => credentialOf(db, loginName),
    passwordHash: (userId) => hashOf(db, userId),
    rehash: (userId, before, hash) => replaceHash(db, userId, before, hash),
    changePassword: (standing, hash, session, by) => {
      const { userId } = standing;
      return acting(db, by, { action: 'changePassword', object: ofUser(userId) }, async (tx) => {
        if (!(await lockStanding(tx, standing))) throw storeFailure('SIGN_IN_REFUSED', {});
        const revocationEpoch = await putPassword(tx, userId, hash);
        return openSession(tx, { userId, revocationEpoch }, session, by.at);
      });
    },
    addLink: (userId, tokenHash, by) => {
      const expiresAt = shifted(by.at, LINK_MS);
      const told = { action: 'makePasswordLink', object: ofUser(userId) };
      return acting(db, by, told, async (tx) => {
        await insertLink(tx, tokenHash, userId, expiresAt);
        return expiresAt;
      });
    },
    addFirstLink: async (tokenHash, by) => {
      if (await hasAdmin(db)) return null;
      const expiresAt = shifted(by.at, LINK_MS);
      const told = { action: 'makeSetUpLink', object: ofUser('first-admin') };
      return acting(db, by, told, async (tx) => {
        await insertLink(tx, tokenHash, null, expiresAt);
        return expiresAt;
      });
    },
    link: (tokenHash, at) => findLink(db, tokenHash, at),
    useLink: (tokenHash, hash, by) =>
      acting(
        db,
        by,
        { action: 'setPassword', object: ofUser('unknown') },
        async (tx) => {
          const userId = await usePersonalLink(tx, tokenHash, by.at);
          await putPassword(tx, userId, hash);
          return userId;
        },
        ofUser,
      ),
    useFirstLink: async (tokenHash, user, hash, by) => {
      const sealed = await sealContact(seals, user.userId, user);
      const told = { action: 'setUp', object: ofUser(user.userId), data: mayOf(user) };
      const row = await acting(db, by, told, async (tx) => {
        await lockAdmins(tx);
        await useFirstLink(tx, tokenHash, by.at);
        if (await hasAdmin(tx)) throw storeFailure('LINK_UNKNOWN', {});
        return withPassword(tx, await insertUser(tx, user, sealed), hash);
      });
      return openUser(seals, row);
    },
  };
}
