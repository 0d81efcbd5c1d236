/** Signing in by a provider of identities: who comes back is known by issuer and subject alone. Class: side effect. */
import { randomUUID } from 'node:crypto';
import { ofUser } from '../../../store/identities/index.js';
import { type Account, type By, type Identities, StoreFailure } from '../../../store/index.js';
import { Problem } from '../../problem.js';
import { newSecret } from '../secrets.js';
import type { ProviderClient } from './client.js';
import { type Claims, identityHash, loginNamesFor, personOf } from './mapping.js';
import type { Pending } from './pending.js';
import type { ProviderSettings } from './settings.js';

/** A provider, ready to be asked. */
export interface Provider {
  readonly settings: ProviderSettings;
  readonly client: ProviderClient;
  /** Signs what browsers keep of a sign-in. */
  readonly cookieKey: Buffer;
  /** Hears that somebody got in by the password that is for emergencies. */
  readonly onBreakGlass: () => void;
}

/** Signs in who came back. @returns the secret of a new session. Errors: `PROVIDER_…`, `LAST_ADMIN`. */
export async function signInByProvider(
  { settings, client }: Provider,
  people: Identities,
  pending: Pending,
  query: string,
  by: By,
): Promise<string> {
  const isFirst = await people.takeOnce(pending.useHash, new Date(pending.until).toISOString());
  if (!isFirst) throw new Problem('PROVIDER_STATE');
  const claims = await client.redeem(pending, query);
  const account = await accountOf(settings, people, claims, by);
  const { secret, tokenHash } = newSecret();
  // What weighs much asks for a factor of just now: whoever comes from the provider has shown theirs there.
  const shown = { factorAt: by.at, isOfProvider: true };
  const session = { sessionId: randomUUID(), tokenHash, ...shown };
  const sid = typeof claims.sid === 'string' ? claims.sid : null;
  const under = sid !== null && { providerSession: identityHash('session', settings.issuer, sid) };
  await people.openSession(account, { ...session, ...under }, { ...by, actor: account.userId });
  return secret;
}

/** Whoever is known gets the roles that their groups have now; whoever is new is added, if they have any. */
async function accountOf(
  settings: ProviderSettings,
  people: Identities,
  claims: Claims,
  by: By,
): Promise<Account> {
  const person = personOf(claims, settings);
  const { roles } = person;
  const hash = identityHash('person', settings.issuer, claims.sub);
  const known = await people.byIdentity(hash);
  if (known && !known.isActive) throw new Problem('PROVIDER_REFUSED');
  // Who has no role any more loses what is open, too.
  const account = known
    ? await people.change(known.userId, person, { ...by, reason: 'as the provider tells' })
    : null;
  if (roles.length === 0) throw new Problem('PROVIDER_NO_ROLE');
  return account ?? addPerson(settings, people, claims, hash, by);
}

async function addPerson(
  settings: ProviderSettings,
  people: Identities,
  claims: Claims,
  hash: string,
  by: By,
): Promise<Account> {
  const userId = randomUUID();
  for (const loginName of loginNamesFor(claims, settings, userId.slice(0, 8))) {
    try {
      const user = { ...personOf(claims, settings), userId, loginName, isDemo: false };
      return await people.addOfProvider(user, hash, by);
    } catch (error) {
      if (!(error instanceof StoreFailure && error.code === 'LOGIN_NAME_TAKEN')) throw error;
    }
  }
  throw new Problem('PROVIDER_REFUSED');
}

const LOGOUT = 'http://schemas.openid.net/event/backchannel-logout';
/** The word of a provider that a session has ended is good for so long. */
const LOGOUT_MS = 3_600_000;

/** Ends sessions by the word of the provider. Errors: `PROVIDER_REFUSED`. Source: OpenID Connect Back-Channel Logout 1.0 §2.6. */
export async function endByProvider(
  { settings: { issuer }, client }: Provider,
  people: Identities,
  token: string,
  by: By,
): Promise<void> {
  const claims = await client.verified(token);
  const { sub, sid, jti, iat = 0 } = claims as Readonly<Record<string, unknown>> & { iat?: number };
  const events = claims.events as Readonly<Record<string, unknown>> | undefined;
  const isLogout = typeof events === 'object' && events !== null && Object.hasOwn(events, LOGOUT);
  const isTimely = Math.abs(Date.parse(by.at) - iat * 1000) <= LOGOUT_MS;
  if (!isLogout || !isTimely || claims.nonce !== undefined || typeof jti !== 'string') {
    throw new Problem('PROVIDER_REFUSED');
  }
  const until = new Date(Date.parse(by.at) + 2 * LOGOUT_MS).toISOString();
  if (!(await people.takeOnce(identityHash('session', `${issuer} logout`, jti), until))) {
    throw new Problem('PROVIDER_REFUSED');
  }
  if (typeof sid === 'string') {
    const providerSession = identityHash('session', issuer, sid);
    await people.endByProvider({ providerSession }, by);
    return;
  }
  if (typeof sub !== 'string') throw new Problem('PROVIDER_REFUSED');
  const account = await people.byIdentity(identityHash('person', issuer, sub));
  if (account) await people.endByProvider({ userId: account.userId }, by);
}

/** Object of what a provider was refused. */
export const NOBODY = ofUser('unknown');
