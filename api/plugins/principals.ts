/**
 * Before anything of a request is read: who asks, whether the table lets them, how often they asked, and whether a page of
 * ours asked. What is refused of somebody who is known stands in the audit. Class: side effect.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isOfAnotherPage, isOfOurPage, isSafe, type Sender } from '../csrf.js';
import type { AppDeps, AppState } from '../deps.js';
import { cookieName } from '../identities/cookie.js';
import type { IdentityDeps } from '../identities/deps.js';
import { isFactorMissing, isFresh } from '../identities/factor.js';
import { evidenceOf, isTokenOf, type Principal, principalOf } from '../identities/principal.js';
import { isSameText } from '../identities/secrets.js';
import { createLimit } from '../limits.js';
import { type Permission, refusalTold } from '../permissions.js';
import { Problem, type ProblemCode } from '../problem.js';
import { hashOfToken } from '../token.js';
import { permissionOf } from './routes.js';

/** Requests in a minute: of a person, and of an address whose requests show nobody. */
export const MOST = { reads: 600, writes: 120, unknown: 120 } as const;

/** Adds it. */
export function addPrincipals(app: FastifyInstance, state: AppState, isHttps: boolean): void {
  const cookie = cookieName(isHttps);
  const limits = {
    reads: createLimit(MOST.reads),
    writes: createLimit(MOST.writes),
    unknown: createLimit(MOST.unknown),
  };
  app.decorateRequest('principal', null);
  app.addHook('onRequest', async (request) => {
    const permission = permissionOf(request);
    if (!permission) return;
    if (permission.who === 'anonymous') return refuseOtherPages(request, state.origin);
    const { deps } = state;
    if (!deps) throw new Problem('HTTP_NOT_READY');
    const now = deps.identities.now();
    if (permission.who === 'provisioner') return takeProvisioner(request, deps, now);
    const evidence = evidenceOf(request.headers.authorization, request.cookies[cookie]);
    const at = new Date(now).toISOString();
    const principal = await principalOf(deps.identities.people, evidence, at);
    if (!principal) {
      // Who is known is let in all the same: others may share the address with a page that nobody has closed.
      waitFor(limits.unknown.take(request.ip, now));
      throw new Problem('UNAUTHENTICATED');
    }
    const counted = permission.kind === 'read' ? limits.reads : limits.writes;
    waitFor(counted.take(principal.account.userId, now));
    request.principal = principal;
    const refusal = refusalTold(permission, principal, principal.account.roles);
    if (refusal) await refuse(deps, request, principal, refusal);
    if (!isOurs(request, principal, state.origin)) await refuse(deps, request, principal, 'CSRF');
    const lack = lackOf(permission, deps.identities, principal);
    if (lack) await refuse(deps, request, principal, lack);
  });

  /** A system that provisions people may do so a little faster than a person works. */
  function takeProvisioner(request: FastifyRequest, { identities }: AppDeps, now: number): void {
    const [, token = ''] = /^Bearer +(\S{1,400})$/i.exec(request.headers.authorization ?? '') ?? [];
    const { scimTokenHash: hash } = identities;
    if (hash === null || !isSameText(hashOfToken(token), hash)) {
      waitFor(limits.unknown.take(request.ip, now));
      throw new Problem('UNAUTHENTICATED');
    }
    waitFor(limits.reads.take('provisioner', now));
  }
}

/** Which factor is lacking; null: none. */
function lackOf(
  { stepUp, beforeFactor }: Permission,
  { factorPolicy, now }: IdentityDeps,
  principal: Principal,
): ProblemCode | null {
  if (!beforeFactor && isFactorMissing(factorPolicy, principal)) return 'FACTOR_MISSING';
  return stepUp && !isFresh(factorPolicy, principal, now()) ? 'STEP_UP_REQUIRED' : null;
}

function waitFor(seconds: number): void {
  if (seconds > 0) throw new Problem('RESOURCE_EXHAUSTED', {}, seconds);
}

/** Signing in by a page of somebody else would make people work under another name. */
function refuseOtherPages(request: FastifyRequest, origin: string): void {
  const sender = senderOf(request);
  if (request.url.startsWith('/api/')) {
    if (isOfAnotherPage(sender, origin)) throw new Problem('CSRF');
    return;
  }
  // Links of mails are opened from anywhere; what they open is sent by their own page, whose form is no JSON.
  const { method, site } = sender;
  if (!isSafe(method) && (site === 'cross-site' || site === 'same-site')) {
    throw new Problem('HTTP_CROSS_SITE');
  }
}

/** Browsers send cookies by themselves; a program that shows its token means it. */
function isOurs(request: FastifyRequest, principal: Principal, origin: string): boolean {
  if (principal.by === 'token') return true;
  return isOfOurPage(senderOf(request), origin, (token) => isTokenOf(principal, token));
}

function senderOf({ method, headers }: FastifyRequest): Sender {
  const length = headers['content-length'];
  const token = headers['x-csrf-token'];
  return {
    method,
    site: headers['sec-fetch-site']?.toString(),
    origin: headers.origin,
    contentType: headers['content-type'],
    hasBody: headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0'),
    token: typeof token === 'string' ? token : undefined,
  };
}

async function refuse(
  { identities: { people, now } }: AppDeps,
  request: FastifyRequest,
  { account }: Principal,
  code: ProblemCode,
): Promise<never> {
  const name = request.routeOptions.config.permission ?? 'unknown';
  const at = new Date(now()).toISOString();
  const by = { actor: account.userId, requestId: request.id, reason: null, at };
  await people.noteRefusal(by, { action: 'request', object: `route:${name}` }, code);
  throw new Problem(code);
}
