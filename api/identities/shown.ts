/** Rows as they are answered: nothing more of them leaves. Class: pure. */
import type { SessionRow, TokenRow, UserRow } from '../../contracts/identities.js';
import type { ApiToken, Session, User } from '../../store/index.js';

/** A person. */
export function shownUser(user: User): UserRow {
  const { userId, loginName, displayName, mail, locale, roles, groups } = user;
  const { isActive, isDemo, createdAt } = user;
  return {
    userId,
    loginName,
    displayName,
    mail,
    locale,
    roles,
    groups,
    isActive,
    isDemo,
    createdAt,
  };
}

/** A session. */
export function shownSession({ sessionId, startedAt, seenAt, expiresAt }: Session): SessionRow {
  return { sessionId, startedAt, seenAt, expiresAt };
}

/** A token. */
export function shownToken(token: ApiToken): TokenRow {
  const { tokenId, name, scopes, createdAt, expiresAt, lastUsedAt, isLive } = token;
  return { tokenId, name, scopes, createdAt, expiresAt, lastUsedAt, isLive };
}
