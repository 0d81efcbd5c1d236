/** API tokens are made for a person, and may do no more than that person. Class: side effect. */
import { randomUUID } from 'node:crypto';
import type { NewToken } from '../../contracts/identities.js';
import type { Account, ApiToken, By } from '../../store/index.js';
import { Problem } from '../problem.js';
import type { IdentityDeps } from './deps.js';
import { foreignScope } from './scopes.js';
import { newSecret } from './secrets.js';

/** A token lasts so long at most. */
const LONGEST_MS = 366 * 24 * 3_600_000;

/** Makes a token; the secret is shown once. Errors: `TOKEN_SCOPE`, `TOKEN_EXPIRY`, `UNAUTHENTICATED`. */
export async function createToken(
  { people }: Pick<IdentityDeps, 'people'>,
  owner: Pick<Account, 'userId' | 'revocationEpoch' | 'roles'>,
  { name, scopes, expiresAt }: NewToken,
  by: By,
): Promise<{ readonly token: ApiToken; readonly secret: string }> {
  const foreign = foreignScope(scopes, owner.roles);
  if (foreign) throw new Problem('TOKEN_SCOPE', { scope: foreign });
  const lasts = Date.parse(expiresAt) - Date.parse(by.at);
  if (!(lasts > 0 && lasts <= LONGEST_MS)) throw new Problem('TOKEN_EXPIRY');
  const { secret, tokenHash } = newSecret('jrn_');
  const token = await people.addToken(
    owner,
    {
      ...{ tokenId: randomUUID(), tokenHash, name },
      ...{ scopes: [...new Set(scopes)], expiresAt: new Date(expiresAt).toISOString() },
    },
    by,
  );
  return { token, secret };
}
