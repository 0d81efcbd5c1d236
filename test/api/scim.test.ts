/** SCIM 2.0 as systems that provision people speak it, with their habits. */
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, SCIM_TOKEN, stateOf, type World } from '../support/identities.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
afterEach(() => expect(world.troubles).toEqual([]));

type Body = Readonly<Record<string, unknown>>;
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
let names = 0;
const newName = (): string => {
  names += 1;
  return `Person.${names}@Example.com`;
};

const ask = (method: Method, path: string, body?: Body, token = SCIM_TOKEN) =>
  world.ask({
    ...{ method, url: `/scim/v2${path}` },
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/scim+json' }),
    },
    ...(body && { payload: JSON.stringify(body) }),
  });
const add = async (more: Body = {}): Promise<Body & { readonly id: string }> => {
  const body = { schemas: [USER], userName: newName(), displayName: 'Inês', ...more };
  const answer = await ask('POST', '/Users', body);
  expect(answer.statusCode).toBe(201);
  return answer.json();
};
const patch = (id: string, ...Operations: readonly Body[]) =>
  ask('PATCH', `/Users/${id}`, { schemas: [PATCH], Operations });
const errorOf = (answer: LightMyRequestResponse) => {
  const { schemas, status, scimType = null } = answer.json();
  expect(schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error']);
  expect(status).toBe(String(answer.statusCode));
  expect(answer.headers['content-type']).toContain('application/scim+json');
  return [answer.statusCode, scimType];
};
const person = async (id: string) => {
  const user = await world.store.identities.get(id);
  if (!user) throw new Error('there is nobody of that id');
  return user;
};

describe('a person', () => {
  test('is added, found, replaced and removed', async () => {
    const userName = newName();
    const sent = {
      ...{ schemas: [USER], userName, externalId: 'x-1', locale: 'pt-BR', active: true },
      name: { givenName: 'Inês', familyName: 'Pereira' },
      emails: [{ value: 'other@example.com' }, { value: 'ines@example.com', primary: true }],
      ...{ roles: [{ value: 'csm' }], entitlements: [{ value: 'support' }] },
    };
    const answer = await ask('POST', '/Users', sent);
    expect(answer.statusCode).toBe(201);
    const { id, meta } = answer.json();
    expect(answer.headers.location).toBe(meta.location);
    expect(answer.json()).toMatchObject({
      ...{ userName, externalId: 'x-1', name: sent.name, displayName: 'Inês Pereira' },
      emails: [{ value: 'ines@example.com', primary: true }],
    });
    expect(await person(id)).toMatchObject({
      ...{ loginName: userName.split('@')[0]?.toLowerCase(), roles: ['csm'], groups: ['support'] },
      ...{ mail: 'ines@example.com', locale: 'pt-BR', isActive: true },
    });
    const filter = encodeURIComponent(`userName eq "${userName.toUpperCase()}"`);
    const found = (await ask('GET', `/Users?filter=${filter}`)).json();
    expect([found.totalResults, found.Resources[0].id]).toEqual([1, id]);
    const put = await ask('PUT', `/Users/${id}`, {
      schemas: [USER],
      userName,
      displayName: 'I. P.',
    });
    expect(put.json()).toMatchObject({ displayName: 'I. P.', roles: [], active: true });
    expect((await ask('DELETE', `/Users/${id}`)).statusCode).toBe(204);
    expect(errorOf(await ask('GET', `/Users/${id}`))).toEqual([404, null]);
    expect(await person(id)).toMatchObject({ isActive: false });
    const again = await ask('POST', '/Users', sent);
    expect(again.statusCode).toBe(201);
    expect((await person(again.json().id)).loginName).toMatch(/-2$/);
  });

  test.each([
    ['false', { op: 'replace', path: 'active', value: false }],
    ['"False", as some write it', { op: 'Replace', path: 'active', value: 'False' }],
    ['"FALSE"', { op: 'replace', path: 'active', value: 'FALSE' }],
    ['within a value', { op: 'replace', value: { active: 'False' } }],
    ['by the whole name', { op: 'replace', path: `${USER}:active`, value: 'false' }],
  ])('who is set to active %s is out at once', async (_how, operation) => {
    const { id } = await add({ roles: [{ value: 'csm' }] });
    const user = await person(id);
    const headers = [await world.session(user), await world.token(user, ['csm'])];
    for (const one of headers) {
      expect((await world.ask({ url: '/api/v1/me', headers: one })).statusCode).toBe(200);
    }
    const answer = await patch(id, operation);
    expect([answer.statusCode, answer.json().active]).toEqual([200, false]);
    for (const one of headers) {
      expect((await world.ask({ url: '/api/v1/me', headers: one })).statusCode).toBe(401);
    }
    expect(await world.told(id)).toContainEqual(
      expect.objectContaining({ action: 'disableUser', outcome: 'done' }),
    );
    expect((await patch(id, { op: 'replace', path: 'active', value: 'True' })).json().active).toBe(
      true,
    );
  });

  test('is patched by paths', async () => {
    const { id } = await add({ emails: [{ value: 'a@example.com', type: 'work', primary: true }] });
    const answer = await patch(
      id,
      { op: 'add', path: 'roles', value: [{ value: 'csm' }, { value: 'auditor' }] },
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'b@example.com' },
      { op: 'replace', path: 'name.familyName', value: 'Souza' },
      { op: 'remove', path: 'roles[value eq "auditor"]' },
    );
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      ...{ name: { familyName: 'Souza' }, roles: [{ value: 'csm' }] },
      emails: [{ value: 'b@example.com' }],
    });
    expect(await person(id)).toMatchObject({ roles: ['csm'], mail: 'b@example.com' });
  });
});

describe('what does not fit changes nothing', () => {
  const bad: readonly [string, Body, readonly [number, string | null]][] = [
    ['a role that there is not', { roles: [{ value: 'root' }] }, [400, 'invalidValue']],
    ['no userName', { userName: '' }, [400, 'invalidValue']],
    ['a userName of two lines', { userName: 'a\nb' }, [400, 'invalidValue']],
    ['a mail that is none', { emails: [{ value: 'nobody' }] }, [400, 'invalidValue']],
    ['active that is no truth', { active: 'perhaps' }, [400, 'invalidValue']],
    ['a group that can be none', { entitlements: [{ value: 'A b' }] }, [400, 'invalidValue']],
  ];
  test.each(bad)('%s', async (_what, more, error) => {
    const before = await stateOf(world);
    const body = { schemas: [USER], userName: newName(), displayName: 'X', ...more };
    expect(errorOf(await ask('POST', '/Users', body))).toEqual(error);
    expect(await stateOf(world)).toBe(before);
  });

  test.each([
    [
      'an attribute that there is not',
      { op: 'replace', path: 'shoeSize', value: 1 },
      'invalidPath',
    ],
    ['an operation that there is not', { op: 'explode', path: 'active' }, 'invalidValue'],
    [
      'a path that is no path',
      { op: 'replace', path: 'emails[type eq', value: 'x' },
      'invalidPath',
    ],
  ])('a patch of %s', async (_what, operation, scimType) => {
    const { id } = await add();
    const before = await stateOf(world);
    const [status, type] = errorOf(await patch(id, operation));
    expect([
      status,
      ['invalidPath', 'invalidFilter', 'invalidValue', 'invalidSyntax'].includes(String(type)),
    ]).toEqual([400, true]);
    if (scimType === 'invalidPath' && operation.path === 'shoeSize') expect(type).toBe(scimType);
    expect(await stateOf(world)).toBe(before);
  });

  test('a userName that somebody has', async () => {
    const { userName } = await add();
    const body = { schemas: [USER], userName: String(userName).toLowerCase(), displayName: 'X' };
    expect(errorOf(await ask('POST', '/Users', body))).toEqual([409, 'uniqueness']);
    const { id } = await add();
    expect(errorOf(await patch(id, { op: 'replace', path: 'userName', value: userName }))).toEqual([
      ...[409, 'uniqueness'],
    ]);
  });

  test('the last admin', async () => {
    const { id } = await add({ roles: [{ value: 'admin' }] });
    const set = { op: 'replace', path: 'active', value: false };
    const answers = [
      await patch(id, set),
      await patch(id, { op: 'replace', path: 'roles', value: [{ value: 'csm' }] }),
      await ask('DELETE', `/Users/${id}`),
    ];
    for (const answer of answers) {
      expect(errorOf(answer)).toEqual([409, 'mutability']);
      expect(answer.json().detail).toContain('LAST_ADMIN');
    }
    expect(await person(id)).toMatchObject({ isActive: true, roles: ['admin'] });
    await world.person(['admin']);
    expect((await patch(id, set)).statusCode).toBe(200);
  });
});

describe('filters', () => {
  test.each([
    `userName eq "x" or 1=1 --`,
    `userName eq "x"; drop table users`,
    `((userName eq "x"`,
  ])('%s is refused', async (filter) => {
    const answer = await ask('GET', `/Users?filter=${encodeURIComponent(filter)}`);
    expect(errorOf(answer)).toEqual([400, 'invalidFilter']);
  });

  test('find by other attributes, page by page, and those alone that are provisioned', async () => {
    await world.person(['csm'], { loginName: 'of-our-own' });
    const one = await add({ displayName: 'Zé Filtro', entitlements: [{ value: 'only-one' }] });
    for (const filter of ['displayName eq "Zé Filtro"', 'entitlements[value eq "only-one"]']) {
      const found = (await ask('GET', `/Users?filter=${encodeURIComponent(filter)}`)).json();
      expect(found.Resources.map(({ id }: { id: string }) => id)).toEqual([one.id]);
    }
    const all = (await ask('GET', '/Users')).json();
    expect(JSON.stringify(all)).not.toContain('of-our-own');
    const page = (await ask('GET', '/Users?startIndex=2&count=2')).json();
    expect(page).toMatchObject({ totalResults: all.totalResults, startIndex: 2, itemsPerPage: 2 });
    expect(page.Resources[0].id).toBe(all.Resources[1].id);
  });
});

test.each(['', 'wrong', 'jrn_'.padEnd(47, 'a')])('the token %j opens nothing', async (token) => {
  const before = await stateOf(world);
  for (const [method, path] of [
    ['GET', '/Users'],
    ['POST', '/Users'],
    ['GET', '/Schemas'],
  ] as const) {
    const body = method === 'POST' ? { schemas: [USER], userName: newName() } : undefined;
    expect(errorOf(await ask(method, path, body, token))).toEqual([401, null]);
  }
  expect(await stateOf(world)).toBe(before);
});

test('the token opens nothing else', async () => {
  const headers = { authorization: `Bearer ${SCIM_TOKEN}` };
  expect((await world.ask({ url: '/api/v1/users', headers })).statusCode).toBe(401);
});

test('it says what it can', async () => {
  expect((await ask('GET', '/ServiceProviderConfig')).json().patch).toEqual({ supported: true });
  expect((await ask('GET', '/ResourceTypes')).json().Resources[0].endpoint).toBe('/Users');
  expect((await ask('GET', '/Schemas')).json().Resources[0].id).toBe(USER);
});
