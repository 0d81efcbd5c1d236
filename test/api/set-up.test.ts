/** The first admin, by the link that the start prints: through the page and by JSON. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSetUpLink } from '../../api/identities/accounts.js';
import { openWorld, PASSWORD, stateOf, type World } from '../support/identities.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const by = () => ({ actor: null, requestId: null, reason: null, at: world.at() });
const tokenOf = (url: string | undefined): string => url?.split('#')[1] ?? '';
const post = (url: string, payload: object | string, headers = {}) =>
  world.ask({ method: 'POST', url, payload, headers });
const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
const formOf = (fields: Readonly<Record<string, string>>): string =>
  new URLSearchParams(fields).toString();
const me = { loginName: 'ines', displayName: 'Inês Pereira', password: PASSWORD };

describe('the pages', () => {
  test.each([
    ['/set-up', 'en', ['loginName', 'displayName', 'password'], 'The first admin'],
    ['/set-up', 'pt-BR', ['loginName', 'displayName', 'password'], 'primeira pessoa'],
    ['/password', 'en', ['password'], 'Your password'],
    ['/password', 'pt-BR', ['password'], 'Sua senha'],
  ] as const)(
    '%s in %s ask for what they need, with nothing inline',
    async (url, lang, fields, title) => {
      const { body, statusCode } = await world.ask({ url, headers: { 'accept-language': lang } });
      expect(statusCode).toBe(200);
      expect(body).toContain(`lang="${lang}"`);
      expect(body).toContain(title);
      for (const field of ['token', ...fields]) expect(body).toContain(`name="${field}"`);
      expect(body).not.toMatch(/<script>|<style|style=|onload|onclick/);
    },
  );
});

test('a password that will not do is told on the page, and the link opens still', async () => {
  const link = await makeSetUpLink(world.deps, by());
  expect(link?.url.startsWith('http://localhost:3000/set-up#')).toBe(true);
  const token = tokenOf(link?.url);
  const before = await stateOf(world);
  const poor = await post('/set-up', formOf({ ...me, token, password: 'password1234' }), FORM);
  expect([poor.statusCode, poor.headers['content-type']]).toEqual([
    422,
    'text/html; charset=utf-8',
  ]);
  expect(poor.body).toContain('easy to guess');
  const own = await post('/set-up', formOf({ ...me, token, loginName: 'Inês!' }), FORM);
  expect(own.statusCode).toBe(400);
  expect(await stateOf(world)).toBe(before);
  const done = await post('/set-up', formOf({ ...me, token }), FORM);
  expect([done.statusCode, done.body.includes('You are admin')]).toEqual([200, true]);
  const signed = await post('/api/v1/sign-in', { loginName: 'ines', password: PASSWORD });
  expect(signed.json().user).toMatchObject({ roles: ['admin'], displayName: 'Inês Pereira' });
});

test('with an admin there is no other first one, by no link of before', async () => {
  expect(await makeSetUpLink(world.deps, by())).toBeNull();
  const before = await stateOf(world);
  const again = await post('/api/v1/set-up', { ...me, loginName: 'eve', token: 'a'.repeat(43) });
  expect([again.statusCode, again.json().title]).toEqual([404, 'LINK_UNKNOWN']);
  expect(await stateOf(world)).toBe(before);
});

test('the last admin who can sign in stays one', async () => {
  const ines = await world.store.identities.byName('ines');
  const headers = await world.session({ userId: ines?.userId ?? '' });
  const before = await stateOf(world);
  const url = `/api/v1/users/${ines?.userId}`;
  for (const [method, at, payload] of [
    ['POST', `${url}/disable`, undefined],
    ['PATCH', url, { roles: ['csm'] }],
  ] as const) {
    const answer = await world.ask({ method, url: at, headers, ...(payload && { payload }) });
    expect([answer.statusCode, answer.json().title]).toEqual([409, 'LAST_ADMIN']);
  }
  expect(await stateOf(world)).toBe(before);
  expect((await world.ask({ url: '/api/v1/me', headers })).statusCode).toBe(200);
  expect((await world.told(ines?.userId ?? '')).slice(-2)).toMatchObject([
    { action: 'disableUser', outcome: 'refused', code: 'LAST_ADMIN' },
    { action: 'changeUser', outcome: 'refused', code: 'LAST_ADMIN' },
  ]);
});

test('whoever is added sets a password by the page of their link, which is no link of a first admin', async () => {
  const { items } = await world.store.identities.search({});
  const headers = await world.session({ userId: items[0]?.userId ?? '' });
  const wanted = { loginName: 'olga', displayName: 'Olga', roles: ['csm'], groups: ['billing'] };
  const added = await world.ask({ method: 'POST', url: '/api/v1/users', payload: wanted, headers });
  const { user, passwordLink } = added.json();
  expect([added.statusCode, user]).toMatchObject([201, { ...wanted, isActive: true, mail: null }]);
  const token = tokenOf(passwordLink.url);
  const asAdmin = await post('/api/v1/set-up', { ...me, loginName: 'eve', token });
  expect(asAdmin.statusCode).toBe(404);
  const own = await post('/password', formOf({ token, password: 'olga12345678' }), FORM);
  expect([own.statusCode, own.body.includes('PASSWORD_COMMON')]).toEqual([422, true]);
  const done = await post('/password', formOf({ token, password: PASSWORD }), FORM);
  expect([done.statusCode, done.body.includes('Password set')]).toEqual([200, true]);
  const signed = await post('/api/v1/sign-in', { loginName: 'olga', password: PASSWORD });
  expect(signed.json().user.userId).toBe(user.userId);
  const twice = await world.ask({ method: 'POST', url: '/api/v1/users', payload: wanted, headers });
  expect([twice.statusCode, twice.json().title]).toEqual([409, 'LOGIN_NAME_TAKEN']);
});
