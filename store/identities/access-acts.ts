/** What is done about what people get in by: each act in the audit, in the transaction that carries it out. Class: side effect. */
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import { acting, type By, ofUser } from './acts.js';
import { liveAmong } from './live-among.js';
import {
  deleteSessions,
  listSessions,
  liveSession,
  type NewSession,
  openSession,
  type Session,
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
import { type Account, lockStanding, type Standing } from './users.js';

/** Whose a secret is, and what was opened by it. */
export interface Opened<T> {
  readonly account: Account;
  readonly by: T;
}

/** Sessions and API tokens of people. */
export interface AccessActs {
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
}

/** Makes them. */
export function accessActs(db: Queryable): AccessActs {
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
