/** What API tokens may do: never more than their owners may now. Class: pure. */
import type { Role, Scope } from '../../contracts/identities.js';
import { type Rights, rightsOf } from '../permissions.js';

/** The role that a scope is of. */
export function roleOf(scope: Scope): Role {
  return scope.replace(/:read$/, '') as Role;
}

/** The first scope that its owner may not give; null: all may be given. */
export function foreignScope(scopes: readonly Scope[], roles: readonly Role[]): Scope | null {
  return scopes.find((scope) => !roles.includes(roleOf(scope))) ?? null;
}

/** Rights of a token whose owner has these roles now. */
export function scopedRights(scopes: readonly Scope[], roles: readonly Role[]): Omit<Rights, 'by'> {
  const held = scopes.filter((scope) => roles.includes(roleOf(scope)));
  const { reads } = rightsOf(held.map(roleOf));
  const { writes } = rightsOf(held.filter((scope) => !scope.endsWith(':read')).map(roleOf));
  return { reads, writes };
}
