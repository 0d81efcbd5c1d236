/** Who asks: found anew at each request, so that whoever is disabled is out at once. */
import type { FastifyRequest } from 'fastify';
import { InvariantError } from '../../engine/errors/index.js';
import type { Account, Identities } from '../../store/index.js';
import { type Rights, rightsOf } from '../permissions.js';
import { hashOfToken } from '../token.js';
import { scopedRights } from './scopes.js';
import { csrfTokenOf, isApiToken, isSameText, isSessionSecret } from './secrets.js';

/** Somebody who is let in. */
export interface Principal extends Rights {
  readonly account: Account;
  /** Of the session; null: a program asks. */
  readonly sessionId: string | null;
  /** SHA-256 of what was shown: by it one asks whether it still counts. */
  readonly tokenHash: string;
  /** What a page sends along with what changes something; null: a program asks. */
  readonly csrfToken: string | null;
  /** When a second factor was shown in the session; null: never, or a program asks. */
  readonly factorAt: string | null;
  readonly hasFactor: boolean;
  /** Whether a provider of identities signed them in. */
  readonly isOfProvider: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Null: nobody is signed in, or the route asks nobody. */
    principal: Principal | null;
  }
}

/** What says who asks. */
export type Evidence =
  | { readonly kind: 'none' }
  | { readonly kind: 'session'; readonly secret: string }
  /** `loginName`: as Basic tells it, and then it must be the owner's. */
  | { readonly kind: 'token'; readonly secret: string; readonly loginName: string | null };

const NOTHING: Evidence = { kind: 'none' };

/** What a request shows. A header that is there counts alone, whatever cookie comes along. Class: pure. */
export function evidenceOf(
  authorization: string | undefined,
  cookie: string | undefined,
): Evidence {
  if (authorization !== undefined) return ofHeader(authorization);
  if (cookie === undefined || !isSessionSecret(cookie)) return NOTHING;
  return { kind: 'session', secret: cookie };
}

function ofHeader(text: string): Evidence {
  const [, scheme = '', value = ''] = /^(Bearer|Basic) +(\S{1,400})$/i.exec(text) ?? [];
  const isBasic = scheme.toLowerCase() === 'basic';
  const said = isBasic ? Buffer.from(value, 'base64').toString('utf8') : value;
  const colon = isBasic ? said.indexOf(':') : -1;
  const secret = said.slice(colon + 1);
  if (!isApiToken(secret)) return NOTHING;
  return { kind: 'token', secret, loginName: isBasic ? said.slice(0, Math.max(colon, 0)) : null };
}

/** Whose it is; null: nobody's, or not any more. Errors: those of the database. Class: side effect. */
export async function principalOf(
  people: Pick<Identities, 'session' | 'token'>,
  evidence: Evidence,
  at: string,
): Promise<Principal | null> {
  if (evidence.kind === 'none') return null;
  const { secret } = evidence;
  const tokenHash = hashOfToken(secret);
  if (evidence.kind === 'session') {
    const found = await people.session(tokenHash, at);
    if (!found) return null;
    const { account, by, hasFactor } = found;
    const { sessionId, factorAt, isOfProvider } = by;
    const factor = { factorAt, hasFactor, isOfProvider };
    const csrfToken = csrfTokenOf(secret);
    const rights = rightsOf(account.roles);
    return { account, by: 'session', ...rights, sessionId, tokenHash, csrfToken, ...factor };
  }
  const found = await people.token(tokenHash, at);
  if (!found) return null;
  const { account, by } = found;
  if (evidence.loginName !== null && evidence.loginName !== account.loginName) return null;
  const rights = scopedRights(by.scopes, account.roles);
  const none = { sessionId: null, csrfToken: null, factorAt: null };
  const factor = { hasFactor: false, isOfProvider: false };
  return { account, by: 'token', ...rights, tokenHash, ...none, ...factor };
}

/** Whether it is the token of the principal's session. Class: pure. */
export function isTokenOf(principal: Principal, token: string): boolean {
  return principal.csrfToken !== null && isSameText(principal.csrfToken, token);
}

/** Who asks, on a route that nobody else reaches. Class: pure. */
export function callerOf({ principal }: FastifyRequest): Principal {
  if (!principal) throw new InvariantError('a route that asks who calls was reached by nobody');
  return principal;
}
