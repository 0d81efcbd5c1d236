/**
 * What of instances and customers a caller sees. A csm's role lets them do what a route does within their portfolio; any
 * other role that the route asks for lets them do it everywhere. Source: docs/identities.md. Class: pure.
 */
import type { FastifyRequest } from 'fastify';
import type { Role } from '../../contracts/identities.js';
import type { Viewer } from '../../store/index.js';
import type { Permission } from '../permissions.js';
import { permissionOf } from '../plugins/routes.js';
import type { Principal } from './principal.js';

/** What a csm sees: customers and tasks of theirs, or everybody's. */
export type CsmSees = 'portfolio' | 'all';

const WITHIN_PORTFOLIO: Role = 'csm';

/** As whom the store is read for a request; null: as somebody who sees all. */
export function viewerOf(request: FastifyRequest, csmSees: CsmSees): Viewer | null {
  const { principal } = request;
  const permission = permissionOf(request);
  return principal === null || permission === null
    ? null
    : viewerBy(permission, principal, csmSees);
}

/** As whom the store is read by a row of the table of routes; null: as somebody who sees all. */
export function viewerBy(
  permission: Pick<Permission, 'who' | 'kind'>,
  principal: Principal,
  csmSees: CsmSees,
): Viewer | null {
  return csmSees === 'all' || seesAll(permission, principal) ? null : portfolioOf(principal);
}

function seesAll(
  { who, kind }: Pick<Permission, 'who' | 'kind'>,
  { reads, writes }: Principal,
): boolean {
  if (typeof who === 'string') return true;
  const roles = kind === 'read' ? reads : writes;
  return who.some((role) => role !== WITHIN_PORTFOLIO && roles.includes(role));
}

/** As whom the store is read within somebody's portfolio. */
export const portfolioOf = ({ account: { loginName, groups } }: Principal): Viewer => ({
  user: loginName,
  groups,
});
