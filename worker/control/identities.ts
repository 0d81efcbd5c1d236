/**
 * The operations on people and their API tokens. Who may open the socket owns the data folder, and so may do all of them,
 * also where no admin can sign in any more. The store tells the audit of each by itself. Class: side effect.
 */
import {
  addUser,
  createToken,
  makePasswordLink,
  Problem,
  shownToken,
  shownUser,
} from '../../api/index.js';
import { type ErrorCode, explain } from '../../engine/errors/index.js';
import { type By, type Search, StoreFailure, type User } from '../../store/index.js';
import { ControlFailure, refusal } from './failure.js';
import type { Asker, ControlParts, Operation, Operations } from './parts.js';
import { readPage } from './read-page.js';

/** Names of those that change something. */
export type IdentityAct =
  | 'addUser'
  | 'makePasswordLink'
  | 'disableUser'
  | 'createToken'
  | 'revokeToken';

/** Reading. */
export const IDENTITY_READS: Operations<'searchUsers' | 'getTokens'> = {
  searchUsers: async ({ identities }, input) => {
    const { items, total } = await readPage(
      (query: Search<keyof User & 'loginName'>) => identities.people.search(query),
      input,
    );
    return { items: items.map(shownUser), total };
  },
  getTokens: async ({ identities }, { loginName }) => {
    const { userId } = await named(identities, loginName);
    const tokens = await identities.people.tokens(userId, new Date().toISOString());
    return { tokens: tokens.map(shownToken) };
  },
};

/** Changing. */
export const IDENTITY_ACTS: Operations<IdentityAct> = {
  addUser: refusing(async ({ identities }, input, asker) => {
    const { user, link } = await addUser(identities, input, byOf(asker));
    return { user: shownUser(user), passwordLink: link };
  }),
  makePasswordLink: refusing(async ({ identities }, { loginName }, asker) => {
    const { userId } = await active(identities, loginName);
    return makePasswordLink(identities, userId, byOf(asker));
  }),
  disableUser: refusing(async ({ identities }, { loginName }, asker) => {
    const user = await named(identities, loginName);
    const after = await identities.people.change(user.userId, { isActive: false }, byOf(asker));
    return shownUser(after ?? user);
  }),
  createToken: refusing(async ({ identities }, { loginName, ...wanted }, asker) => {
    const owner = await active(identities, loginName);
    const { token, secret } = await createToken(identities, owner, wanted, byOf(asker));
    return { token: shownToken(token), secret };
  }),
  revokeToken: refusing(async ({ identities }, { tokenId }, asker) => {
    const isRevoked = await identities.people.revokeToken(tokenId, byOf(asker));
    if (!isRevoked) throw refusal('NOT_FOUND', {});
    return {};
  }),
};

/** Somebody by login name. Errors: `USER_UNKNOWN`. */
async function named(
  { people }: Pick<ControlParts['identities'], 'people'>,
  loginName: string,
): Promise<User> {
  const user = await people.byName(loginName);
  if (!user) throw refusal('USER_UNKNOWN', { name: loginName });
  return user;
}

/** The same who is not disabled. Errors: `USER_UNKNOWN`, `USER_DISABLED`. */
async function active(identities: ControlParts['identities'], loginName: string): Promise<User> {
  const user = await named(identities, loginName);
  if (!user.isActive) throw refusal('USER_DISABLED', { name: loginName });
  return user;
}

function byOf({ actor, requestId, reason }: Asker): By {
  return { actor, requestId, reason, at: new Date().toISOString() };
}

/** What the API or the store refuses travels under the same code. */
function refusing<N extends IdentityAct>(act: Operation<N>): Operation<N> {
  return async (parts, input, asker) => {
    try {
      return await act(parts, input, asker);
    } catch (error) {
      if (error instanceof StoreFailure) throw new ControlFailure(error.code, error.message);
      if (!(error instanceof Problem)) throw error;
      const { code, facts } = error;
      throw new ControlFailure(code, explain(code as ErrorCode, facts as never));
    }
  };
}
