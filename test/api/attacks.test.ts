/** Attacks on the routes of people: X14 objects of others, X15 mass assignment, X16 requests of other sites, X22 odd input. Nothing is changed. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { User } from '../../store/index.js';
import { openWorld, PASSWORD, stateOf, type World } from '../support/identities.js';

let world: World;
let admin: User;
let victim: User;
let headers: Record<string, string>;
let before: string;
beforeAll(async () => {
  world = await openWorld();
  victim = await world.person(['csm']);
});
afterAll(() => world.close());
beforeEach(async () => {
  admin = await world.person(['admin']);
  headers = await world.session(admin);
  before = await stateOf(world);
});

/** Asks as the admin, and says what came of it; nothing may have been changed. */
const refused = async (
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  payload?: object | string,
  more: Record<string, string | undefined> = {},
) => {
  const merged = { ...headers, ...more };
  const sent = Object.fromEntries(
    Object.entries(merged).filter(([, value]) => value !== undefined),
  );
  const answer = await world.ask({
    ...{ method, url, headers: sent as Record<string, string> },
    ...(payload !== undefined && { payload }),
  });
  expect(await stateOf(world)).toBe(before);
  expect(world.troubles).toEqual([]);
  return `${answer.statusCode} ${answer.json().title}`;
};

const aUser = { loginName: 'eve', displayName: 'Eve' };
const inADay = (): string => new Date(Date.now() + 86_400_000).toISOString();

describe('X15', () => {
  test.each([
    ['userId', 'POST', '/api/v1/users', () => ({ ...aUser, userId: admin.userId })],
    ['isActive', 'POST', '/api/v1/users', () => ({ ...aUser, isActive: true })],
    ['isDemo', 'POST', '/api/v1/users', () => ({ ...aUser, isDemo: true })],
    ['password', 'POST', '/api/v1/users', () => ({ ...aUser, password: PASSWORD })],
    ['revocationEpoch', 'PATCH', '/api/v1/users/VICTIM', () => ({ revocationEpoch: 0 })],
    ['isActive', 'PATCH', '/api/v1/users/VICTIM', () => ({ isActive: false })],
    ['loginName', 'PATCH', '/api/v1/users/VICTIM', () => ({ loginName: 'ada' })],
    ['role', 'PATCH', '/api/v1/users/VICTIM', () => ({ role: 'admin' })],
    ['createdBy', 'POST', '/api/v1/users/VICTIM/disable', () => ({ createdBy: 'x' })],
    [
      'userId',
      'POST',
      '/api/v1/me/tokens',
      () => ({ name: 'x', scopes: ['admin'], expiresAt: inADay(), userId: victim.userId }),
    ],
    ['role', 'POST', '/api/v1/sign-in', () => ({ loginName: 'x', password: 'y', role: 'admin' })],
    [
      'roles',
      'POST',
      '/api/v1/set-up',
      () => ({ ...aUser, token: 'a'.repeat(43), password: PASSWORD, roles: ['admin'] }),
    ],
    [
      'userId',
      'POST',
      '/api/v1/password-link',
      () => ({ token: 'a'.repeat(43), password: PASSWORD, userId: admin.userId }),
    ],
  ] as const)('%s by %s %s', async (_name, method, url, payload) => {
    const at = url.replace('VICTIM', victim.userId);
    expect(await refused(method, at, payload())).toBe('422 UNKNOWN_PROPERTY');
  });

  test.each([
    [['auditor'], 'TOKEN_SCOPE'],
    [['csm:read'], 'TOKEN_SCOPE'],
    [['admin', 'designer'], 'TOKEN_SCOPE'],
  ])('a token for %j, which its owner is not', async (scopes, code) => {
    const payload = { name: 'x', scopes, expiresAt: inADay() };
    expect(await refused('POST', '/api/v1/me/tokens', payload)).toBe(`422 ${code}`);
  });

  test.each(['2020-01-01T00:00:00Z', '2199-01-01T00:00:00Z'])(
    'a token until %s',
    async (expiresAt) => {
      const payload = { name: 'x', scopes: ['admin'], expiresAt };
      expect(await refused('POST', '/api/v1/me/tokens', payload)).toBe('422 TOKEN_EXPIRY');
    },
  );
});

describe('X16', () => {
  const disable = (more: Record<string, string | undefined>, payload?: object | string) =>
    refused('POST', `/api/v1/users/${victim.userId}/disable`, payload, more);

  test.each([
    ['of another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['of a subdomain', { 'sec-fetch-site': 'same-site', origin: 'http://x.localhost:3000' }],
    ['of another port', { origin: 'http://localhost:3001' }],
    ['of a hidden origin', { origin: 'null' }],
    ['without an origin', { origin: undefined }],
    ['that does not say where it comes from', { 'sec-fetch-site': undefined }],
    ['without the token', { 'x-csrf-token': undefined }],
    ['with a token of its own', { 'x-csrf-token': 'a'.repeat(43) }],
  ])('a request %s', async (_what, more) => {
    expect(await disable(more)).toBe('403 CSRF');
  });

  test('the token of another session of the same person', async () => {
    const other = await world.session(admin);
    before = await stateOf(world);
    expect(await disable({ 'x-csrf-token': other['x-csrf-token'] })).toBe('403 CSRF');
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded'])('JSON as %s', async (type) => {
    expect(await disable({ 'content-type': type }, '{}')).toBe('403 CSRF');
  });

  test('a change by GET', async () => {
    const url = `/api/v1/users/${victim.userId}/disable`;
    expect(await refused('GET', url, undefined, { 'x-csrf-token': undefined })).toBe(
      '404 NOT_FOUND',
    );
  });

  test('an odd method in the header or the address does not count', async () => {
    const url = `/api/v1/users/${victim.userId}?_method=DELETE`;
    const answer = await world.ask({
      ...{ method: 'GET', url, headers: { ...headers, 'x-http-method-override': 'DELETE' } },
    });
    expect(answer.statusCode).toBe(200);
    expect(await stateOf(world)).toBe(before);
  });

  test('signing somebody in from another site', async () => {
    const payload = { loginName: victim.loginName, password: PASSWORD };
    const more = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    expect(await refused('POST', '/api/v1/sign-in', payload, more)).toBe('403 CSRF');
    const asText = { ...headers, 'content-type': 'text/plain' };
    expect(await refused('POST', '/api/v1/sign-in', JSON.stringify(payload), asText)).toBe(
      '403 CSRF',
    );
  });

  test('a token of a program that comes with a cookie counts alone', async () => {
    const more = { authorization: `Bearer jrn_${'a'.repeat(43)}` };
    expect(await disable(more)).toBe('401 UNAUTHENTICATED');
  });

  test('no other site may read what is answered', async () => {
    const answer = await world.ask({
      url: '/api/v1/me',
      headers: { ...headers, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    });
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    const asked = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    const preflight = await world.ask({ method: 'OPTIONS', url: '/api/v1/users', headers: asked });
    expect(preflight.statusCode).toBe(404);
    expect(preflight.headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('X22', () => {
  const json = { 'content-type': 'application/json' };

  test.each([
    ['ten thousand levels', `${'['.repeat(5000)}${']'.repeat(5000)}`],
    ['__proto__', '{"__proto__": {"roles": ["admin"]}, "displayName": "x"}'],
    ['a name twice', '{"displayName": "x", "displayName": "y"}'],
    ['a list', '[]'],
    ['a number', '1e308'],
    ['null', 'null'],
    ['no JSON', '{displayName: 1}'],
    ['an operator', '{"displayName": {"$ne": ""}}'],
    ['a number for a text', '{"displayName": 1e308}'],
    ['a text for a list', '{"roles": "admin"}'],
    ['a role that there is not', '{"roles": ["root"]}'],
    ['a line end', '{"displayName": "a\\nb"}'],
    ['U+0000', '{"displayName": "a\\u0000b"}'],
    ['SQL', '{"groups": ["x\'); drop table users; --"]}'],
    ['colours', '{"displayName": "\\u001b[2J"}'],
  ])('PATCH with %s', async (_what, payload) => {
    const url = `/api/v1/users/${victim.userId}`;
    expect(await refused('PATCH', url, payload, json)).toBe('400 INPUT_INVALID');
  });

  test.each(['%00', '..%2f', '%2e%2e%2fusers', "x'%20or%201=1", '{}', 'a'.repeat(300), '%f0%28'])(
    'an id as %s',
    async (id) => {
      for (const [method, rest] of [
        ['GET', ''],
        ['GET', '/tokens'],
        ['POST', '/disable'],
        ['DELETE', '/tokens/x'],
      ] as const) {
        const said = await refused(method, `/api/v1/users/${id}${rest}`);
        expect(said).toMatch(/^(400|404|414) /);
      }
    },
  );

  test.each(['after=%00', "after='--", 'after=eve&after=ada', 'limit=1e9', 'limit=-1', 'limit=x'])(
    'a list with %s',
    async (query) => {
      expect(await refused('GET', `/api/v1/users?${query}`)).toBe('400 INPUT_INVALID');
    },
  );

  test('a list with what nobody asks for', async () => {
    expect(await refused('GET', '/api/v1/users?sort=passwordHash')).toBe('422 UNKNOWN_PROPERTY');
  });

  test('more than a body may hold', async () => {
    const payload = { ...aUser, displayName: 'x'.repeat(20_000) };
    expect(await refused('POST', '/api/v1/users', payload)).toBe('413 HTTP_BODY_TOO_LARGE');
  });
});

describe('X14', () => {
  const ofVictim = {
    session: async () => {
      await world.session(victim);
      const open = await world.store.identities.sessions(victim.userId, world.at());
      return `/api/v1/me/sessions/${open.at(-1)?.sessionId}`;
    },
    token: async () => `/api/v1/me/tokens/${await tokenOfVictim()}`,
    'token by way of oneself': async () =>
      `/api/v1/users/${admin.userId}/tokens/${await tokenOfVictim()}`,
  };
  const tokenOfVictim = async (): Promise<string> => {
    await world.token(victim, ['csm']);
    const tokens = await world.store.identities.tokens(victim.userId, world.at());
    return tokens.at(-1)?.tokenId ?? '';
  };

  test.each(Object.entries(ofVictim))(
    'a %s of another is answered as none',
    async (_what, urlOf) => {
      const url = await urlOf();
      before = await stateOf(world);
      const ask = async (at: string) => {
        const answer = await world.ask({ method: 'DELETE', url: at, headers });
        const { requestId: _id, ...body } = answer.json();
        return { status: answer.statusCode, body, bytes: answer.body.length };
      };
      const foreign = await ask(url);
      expect(foreign).toMatchObject({ status: 404, body: { title: 'NOT_FOUND' } });
      expect(foreign).toEqual(await ask(url.replace(/[^/]+$/, randomUUID())));
      expect(foreign).toEqual(await ask(url.replace(/[^/]+$/, 'no-id')));
      expect(await stateOf(world)).toBe(before);
    },
  );
});
