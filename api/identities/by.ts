/** Who carries a request out, as the audit keeps it. Class: side effect (clock). */
import type { FastifyRequest } from 'fastify';
import type { By } from '../../store/index.js';
import type { IdentityDeps } from './deps.js';

/** The caller; nobody on routes that ask nobody. */
export function byOf({ principal, id }: FastifyRequest, { now }: Pick<IdentityDeps, 'now'>): By {
  const actor = principal?.account.userId ?? null;
  return { actor, requestId: id, reason: null, at: new Date(now()).toISOString() };
}
