/**
 * People who use Jornada: who they are, what they may, what they get in by. It knows hashes alone: secrets are made and
 * compared by whoever asks. Source: docs/identities.md.
 */
import { appendActs } from '../audit/append.js';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import type { Seals } from '../sealing/index.js';
import type { Page, Search } from '../search/index.js';
import { acting, actOf, type By, ofUser, type Told } from './acts.js';
import { type FactorActs, factorActs } from './factor-acts.js';
import { liveAmong } from './live-among.js';
import {
  findLink,
  forgetLinks,
  insertLink,
  LINK_MS,
  useFirstLink,
  usePersonalLink,
} from './password-links.js';
import { type Credential, credentialOf, hashOf, putPassword, replaceHash } from './passwords.js';
import {
  accountOfIdentity,
  deleteProviderSessions,
  forgetUses,
  insertIdentity,
  ownerOfProviderSession,
  takeOnce,
} from './provider-links.js';
import {
  forgetProvisioned,
  listProvisioned,
  type Provisioned,
  type ProvisionedNames,
  putProvisioned,
  type WhichProvisioned,
} from './provisioned.js';
import {
  deleteSessions,
  forgetEnded,
  listSessions,
  liveSession,
  type NewSession,
  openSession,
  type Session,
  shifted,
} from './sessions.js';
import {
  type AddedToken,
  type ApiToken,
  insertToken,
  listTokens,
  liveToken,
  markRevoked,
  ownerOfToken,
} from './tokens.js';
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
  lockAdmins,
  lockStanding,
  openUser,
  type Standing,
  sealContact,
  searchRows,
  type User,
  updateUser,
} from './users.js';

export { type By, ofUser, type Told } from './acts.js';
export { LINK_MS } from './password-links.js';
export type { Credential } from './passwords.js';
export type { Provisioned, ProvisionedNames, WhichProvisioned } from './provisioned.js';
export { IDLE_MS, MOST_SESSIONS, type NewSession, SESSION_MS, type Session } from './sessions.js';
export type { AddedToken, ApiToken } from './tokens.js';
export type { Account, AddedUser, ChangedUser, Standing, User } from './users.js';

/** Whose a secret is, and what was opened by it. */
export interface Opened<T> {
  readonly account: Account;
  readonly by: T;
}

/** Each act is in the audit, in the transaction that carries it out; what it refuses is there as well. */
export interface Identities extends FactorActs {
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

  /** Who goes by an identity of a provider; null: nobody yet. */
  readonly byIdentity: (identityHash: string) => Promise<Account | null>;
  /** Adds somebody whom a provider signs in. Errors: `LOGIN_NAME_TAKEN`. */
  readonly addOfProvider: (user: AddedUser, identityHash: string, by: By) => Promise<User>;
  /** Whom somebody else's system provisions. */
  readonly provisioned: (which: WhichProvisioned) => Promise<readonly Provisioned[]>;
  /** Adds somebody whom it provisions. Errors: `LOGIN_NAME_TAKEN`. @param identityHash - at a provider of identities */
  readonly addProvisioned: (
    user: AddedUser,
    names: ProvisionedNames,
    identityHash: string | null,
    by: By,
  ) => Promise<Provisioned>;
  /** Changes what it knows somebody by. Errors: `LOGIN_NAME_TAKEN`. */
  readonly renameProvisioned: (userId: string, names: ProvisionedNames, by: By) => Promise<void>;
  /** It provisions them no more. */
  readonly forgetProvisioned: (userId: string, by: By) => Promise<void>;
  /** Takes what counts once. @returns false: it was taken before */
  readonly takeOnce: (useHash: string, expiresAt: string) => Promise<boolean>;
  /** Ends what began under a session of a provider, or all sessions of somebody. @returns whether there was any */
  readonly endByProvider: (
    of: { readonly providerSession: string } | { readonly userId: string },
    by: By,
  ) => Promise<boolean>;

  readonly credentialOf: (loginName: string) => Promise<Credential | null>;
  /** The hash of somebody's password; null: there is none. */
  readonly passwordHash: (userId: string) => Promise<string | null>;
  /** Keeps the same password under a new hash. */
  readonly rehash: (userId: string, before: string, hash: string) => Promise<void>;
  /** Sets another password: all that was open ends, and a new session begins. Errors: `SIGN_IN_REFUSED`, as below. */
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

  /** Signs a person in. Errors: `SIGN_IN_REFUSED` when they do not stand any more as they did. */
  readonly openSession: (standing: Standing, session: NewSession, by: By) => Promise<Session>;
  /** The session of a secret, while it counts. Asked at each request. */
  readonly session: (
    tokenHash: string,
    at: string,
  ) => Promise<(Opened<Session> & { readonly hasFactor: boolean }) | null>;
  /** Those that count, oldest first. */
  readonly sessions: (userId: string, at: string) => Promise<readonly Session[]>;
  /** Ends one. @returns whether there was one */
  readonly endSession: (
    userId: string,
    sessionId: string,
    how: 'signOut' | 'endSession',
    by: By,
  ) => Promise<boolean>;

  /** Errors: `UNAUTHENTICATED` when its owner does not stand any more as they did. */
  readonly addToken: (owner: Standing, token: AddedToken, by: By) => Promise<ApiToken>;
  /** The token of a secret, while it counts. Asked at each request. */
  readonly token: (tokenHash: string, at: string) => Promise<Opened<ApiToken> | null>;
  readonly tokens: (userId: string, at: string) => Promise<readonly ApiToken[]>;
  /** Which of these secrets of sessions and tokens count, with the groups of whose each is; it is not noted that they were used. */
  readonly liveAmong: (
    tokenHashes: readonly string[],
    at: string,
  ) => Promise<ReadonlyMap<string, readonly string[]>>;
  /** Whose a token is that is not revoked; null: there is none. */
  readonly ownerOfToken: (tokenId: string) => Promise<string | null>;
  /** @returns false: it was not there, or revoked before */
  readonly revokeToken: (tokenId: string, by: By) => Promise<boolean>;

  /** Writes down what happened besides what the store did. */
  readonly note: (by: By, told: Told) => Promise<void>;
  /** Writes down what was refused before the store was asked. */
  readonly noteRefusal: (by: By, told: Told, code: string) => Promise<void>;
  /** Forgets sessions and links whose time is over. */
  readonly prune: (at: string) => Promise<void>;
}

/** Makes the group. */
export function createIdentities(db: Queryable, seals: Seals): Identities {
  return {
    ...reads(db, seals),
    ...accounts(db, seals),
    ...links(db, seals),
    ...accesses(db),
    ...ofProvider(db, seals),
    ...factorActs(db, seals),
    ...ofProvisioning(db, seals),
    note: async (by, told) => {
      await appendActs(db, [actOf(by, told, null)]);
    },
    noteRefusal: async (by, told, code) => {
      await appendActs(db, [actOf(by, told, code)]);
    },
    prune: async (at) => {
      await forgetEnded(db, at);
      await forgetLinks(db, at);
      await forgetUses(db, at);
    },
  };
}

type Part<K extends keyof Identities> = Pick<Identities, K>;

function reads(
  db: Queryable,
  seals: Seals,
): Part<'get' | 'byName' | 'search' | 'hasAdmin' | 'demoNames' | 'hasOwnUsers'> {
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
  };
}

function accounts(
  db: Queryable,
  seals: Seals,
): Part<'add' | 'change' | 'credentialOf' | 'passwordHash' | 'rehash' | 'changePassword'> {
  return {
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
  };
}

function links(
  db: Queryable,
  seals: Seals,
): Part<'addLink' | 'addFirstLink' | 'link' | 'useLink' | 'useFirstLink'> {
  return {
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

function accesses(
  db: Queryable,
): Part<
  | 'openSession'
  | 'session'
  | 'sessions'
  | 'endSession'
  | 'addToken'
  | 'token'
  | 'tokens'
  | 'liveAmong'
  | 'ownerOfToken'
  | 'revokeToken'
> {
  return {
    openSession: (standing, session, by) =>
      acting(db, by, { action: 'signIn', object: ofUser(standing.userId) }, (tx) =>
        openSession(tx, standing, session, by.at),
      ),
    session: async (tokenHash, at) => {
      const found = await liveSession(db, tokenHash, at);
      return found && { account: found.account, by: found.session, hasFactor: found.hasFactor };
    },
    sessions: (userId, at) => listSessions(db, { userId }, at),
    endSession: async (userId, sessionId, how, by) => {
      const open = await listSessions(db, { userId }, by.at);
      if (!open.some((one) => one.sessionId === sessionId)) return false;
      return acting(db, by, { action: how, object: ofUser(userId) }, (tx) =>
        deleteSessions(tx, userId, sessionId),
      );
    },
    addToken: (owner, token, by) => {
      const object = `${ofUser(owner.userId)} token:${token.tokenId}`;
      const { expiresAt } = token;
      const data = { scopes: [...token.scopes], expiresAt };
      return acting(db, by, { action: 'createToken', object, data }, async (tx) => {
        if (!(await lockStanding(tx, owner))) throw storeFailure('UNAUTHENTICATED', {});
        return insertToken(tx, owner, token, by.at);
      });
    },
    token: async (tokenHash, at) => {
      const found = await liveToken(db, tokenHash, at);
      return found && { account: found.account, by: found.token };
    },
    tokens: (userId, at) => listTokens(db, userId, at),
    liveAmong: (tokenHashes, at) => liveAmong(db, tokenHashes, at),
    ownerOfToken: (tokenId) => ownerOfToken(db, tokenId),
    revokeToken: async (tokenId, by) => {
      const userId = await ownerOfToken(db, tokenId);
      if (userId === null) return false;
      const object = `${ofUser(userId)} token:${tokenId}`;
      return acting(db, by, { action: 'revokeToken', object }, (tx) =>
        markRevoked(tx, tokenId, by.at),
      );
    },
  };
}

function ofProvider(
  db: Queryable,
  seals: Seals,
): Part<'byIdentity' | 'addOfProvider' | 'takeOnce' | 'endByProvider'> {
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

function ofProvisioning(
  db: Queryable,
  seals: Seals,
): Part<'provisioned' | 'addProvisioned' | 'renameProvisioned' | 'forgetProvisioned'> {
  return {
    provisioned: (which) => listProvisioned(db, seals, which),
    addProvisioned: async (user, names, identityHash, by) => {
      const { userId } = user;
      const sealed = await sealContact(seals, userId, user);
      const told = { action: 'addUser', object: ofUser(userId), data: mayOf(user) };
      await acting(db, by, told, async (tx) => {
        await insertUser(tx, user, sealed);
        await putProvisioned(tx, seals, userId, names);
        if (identityHash !== null) await insertIdentity(tx, userId, identityHash);
      });
      const [added] = await listProvisioned(db, seals, { userId });
      if (!added) throw storeFailure('LOGIN_NAME_TAKEN', {});
      return added;
    },
    renameProvisioned: (userId, names, by) =>
      acting(db, by, { action: 'changeUser', object: ofUser(userId) }, (tx) =>
        putProvisioned(tx, seals, userId, names),
      ),
    forgetProvisioned: (userId, by) =>
      acting(db, by, { action: 'forgetProvisioned', object: ofUser(userId) }, (tx) =>
        forgetProvisioned(tx, userId),
      ),
  };
}

/** A password raises the epoch of its person: the row as it is then. */
async function withPassword<Row extends { readonly userId: string }>(
  tx: Queryable,
  row: Row,
  hash: string,
): Promise<Row> {
  return { ...row, revocationEpoch: await putPassword(tx, row.userId, hash) };
}

/** What of a person the audit keeps: what they may, never who they are. */
function mayOf({ roles, groups, isActive }: ChangedUser) {
  return {
    ...(roles && { roles: [...roles] }),
    ...(groups && { groups: [...groups] }),
    ...(isActive !== undefined && { isActive }),
  };
}

function actionOf({ isActive }: ChangedUser): string {
  if (isActive === undefined) return 'changeUser';
  return isActive ? 'enableUser' : 'disableUser';
}
