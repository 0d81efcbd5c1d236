import { expect, test } from 'vitest';
import { foreignScope, roleOf, scopedRights } from '../../api/identities/scopes.js';
import { ROLES, type Role, SCOPES, type Scope } from '../../contracts/identities.js';

test('each scope is of a role, and each role has one', () => {
  expect(new Set(SCOPES.map(roleOf))).toEqual(new Set(ROLES));
});

const given: readonly [readonly Scope[], readonly Role[], Scope | null][] = [
  [['csm'], ['csm'], null],
  [['csm:read'], ['csm'], null],
  [['csm', 'admin'], ['csm'], 'admin'],
  [['admin:read'], ['csm', 'designer'], 'admin:read'],
  [['auditor'], ['admin'], 'auditor'],
  [[], [], null],
];
test.each(given)('of %j an owner who is %j may not give %s', (scopes, roles, foreign) => {
  expect(foreignScope(scopes, roles)).toBe(foreign);
});

const held: readonly [readonly Scope[], readonly Role[], readonly Role[], readonly Role[]][] = [
  [['admin'], ['admin'], ['admin'], ['admin']],
  [['admin:read'], ['admin'], ['admin'], []],
  [['admin:read', 'csm'], ['csm', 'admin'], ['csm', 'admin'], ['csm']],
  [['auditor'], ['auditor'], ['auditor'], []],
  // What the owner lost, the token lost.
  [['admin', 'csm'], ['csm'], ['csm'], ['csm']],
  [['admin'], [], [], []],
];
test.each(held)(
  '%j of an owner who is %j reads by %j, writes by %j',
  (scopes, roles, reads, writes) => {
    expect(scopedRights(scopes, roles)).toEqual({ reads, writes });
  },
);
