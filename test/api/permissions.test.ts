import Fastify from 'fastify';
import { describe, expect, test } from 'vitest';
import {
  PERMISSIONS,
  type Permission,
  type Refusal,
  type Rights,
  refusalOf,
  refusalTold,
  rightsOf,
} from '../../api/permissions.js';
import { holdToTable } from '../../api/plugins/routes.js';

const row = (changes: Partial<Permission>): Permission => ({
  method: 'POST',
  path: '/x',
  who: ['csm', 'admin'],
  kind: 'write',
  by: 'any',
  ...changes,
});
const inSession = (...roles: Parameters<typeof rightsOf>[0]): Rights => ({
  by: 'session',
  ...rightsOf(roles),
});
const program: Rights = { by: 'token', reads: ['admin'], writes: ['admin'] };
const reader: Rights = { by: 'token', reads: ['admin'], writes: [] };

const cases: readonly [string, Permission, Rights | null, Refusal | null][] = [
  ['nobody, where nobody is asked', row({ who: 'anonymous' }), null, null],
  ['nobody', row({}), null, 'UNAUTHENTICATED'],
  ['a role of the row', row({}), inSession('csm'), null],
  ['another role', row({}), inSession('designer'), 'FORBIDDEN'],
  ['no role', row({}), inSession(), 'FORBIDDEN'],
  [
    'no role, where being signed in will do',
    row({ who: 'signed-in', kind: 'own' }),
    inSession(),
    null,
  ],
  ['an auditor who changes something', row({}), inSession('auditor'), 'READ_ONLY'],
  [
    'an auditor, even if the row names them',
    row({ who: ['auditor'] }),
    inSession('auditor'),
    'READ_ONLY',
  ],
  ['an auditor who reads', row({ who: ['auditor'], kind: 'read' }), inSession('auditor'), null],
  [
    'an auditor upon their own access',
    row({ who: 'signed-in', kind: 'own' }),
    inSession('auditor'),
    null,
  ],
  ['an auditor who is a csm too', row({}), inSession('auditor', 'csm'), null],
  ['an auditor who is another too', row({}), inSession('auditor', 'designer'), 'FORBIDDEN'],
  ['a program', row({}), program, null],
  ['a program that only reads', row({}), reader, 'READ_ONLY'],
  ['a program that only reads, and reads', row({ kind: 'read' }), reader, null],
  ['a program, where a person is meant', row({ by: 'session' }), program, 'FORBIDDEN'],
];

test.each(cases)('%s', (_who, permission, rights, refusal) => {
  expect(refusalOf(permission, rights)).toBe(refusal);
});

test('a token that may not is told apart from an owner who may not', () => {
  const told = (permission: Permission, caller: Rights) =>
    refusalTold(permission, caller, ['admin']);
  expect(told(row({ who: ['admin'] }), reader)).toBe('TOKEN_INSUFFICIENT');
  expect(told(row({ who: ['admin'], by: 'session' }), program)).toBe('TOKEN_INSUFFICIENT');
  expect(told(row({ who: ['designer'] }), program)).toBe('FORBIDDEN');
  expect(told(row({ who: ['designer'] }), inSession('admin'))).toBe('FORBIDDEN');
  expect(told(row({ who: ['admin'] }), program)).toBeNull();
});

describe('the table', () => {
  test('names each route once, and changes nothing by GET', () => {
    const rows: readonly Permission[] = Object.values(PERMISSIONS);
    const places = rows.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(places).size).toBe(places.length);
    expect(rows.filter(({ method, kind }) => method === 'GET' && kind !== 'read')).toEqual([]);
  });

  const rows = {
    known: row({ path: '/known' }),
    look: row({ method: 'GET', path: '/look', kind: 'read' }),
  };
  const handler = async () => 'done';
  const appOf = () => {
    const app = Fastify();
    return { app, allThere: holdToTable(app, rows) };
  };

  test.each([
    ['has no row', 'POST', '/rogue', undefined],
    ['names a row that there is not', 'POST', '/known', 'toString'],
    ['is not where its row says', 'POST', '/other', 'known'],
    ['has another method than its row', 'GET', '/known', 'known'],
  ])('lets no route register that %s', (_why, method, url, permission) => {
    const { app } = appOf();
    const config = permission === undefined ? {} : { permission: permission as never };
    expect(() => app.route({ method, url, handler, config })).toThrow(/has no row/);
  });

  test('wants a route for each row', () => {
    const { app, allThere } = appOf();
    app.route({ method: 'POST', url: '/known', handler, config: { permission: 'known' as never } });
    expect(allThere).toThrow(/look/);
    app.route({ method: 'GET', url: '/look', handler, config: { permission: 'look' as never } });
    expect(allThere).not.toThrow();
  });

  test('is refused when a row would change something by GET', () => {
    expect(() => holdToTable(Fastify(), { odd: row({ method: 'GET' }) })).toThrow(/by a GET/);
  });
});
