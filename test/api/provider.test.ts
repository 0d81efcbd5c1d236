/** Signing in by a provider of identities that listens, and what somebody may try to get in by without it. */
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createProviderClient } from '../../api/identities/provider/client.js';
import { isLocalPath, PENDING_MS } from '../../api/identities/provider/pending.js';
import { SIGN_IN_FILE } from '../../api/identities/provider/settings.js';
import { ORIGIN, openWorld, PASSWORD, stateOf, type World } from '../support/identities.js';
import {
  CLIENT,
  type Known,
  openProvider,
  type TestProvider,
  type Twist,
} from '../support/openid-provider.js';

let provider: TestProvider;
let world: World;
let alarms = 0;
let names = 0;
beforeAll(async () => {
  provider = await openProvider();
  const { issuer } = provider;
  const file = SIGN_IN_FILE.parse({
    ...{ issuer, clientId: CLIENT.clientId, clientSecret: { env: 'X' }, breakGlass: 'ada' },
    groups: {
      'cs-team': { roles: ['csm'], groups: ['support'] },
      'it-admins': { roles: ['admin'] },
    },
  });
  const settings = { ...file, clientSecret: CLIENT.clientSecret };
  world = await openWorld((now) => ({
    settings,
    client: createProviderClient(settings, ORIGIN, now),
    cookieKey: Buffer.from('of this test'),
    onBreakGlass: () => {
      alarms += 1;
    },
  }));
});
afterAll(async () => {
  await world?.close();
  await provider?.close();
});
afterEach(() => {
  provider.twist({});
  expect(world.troubles).toEqual([]);
});

const somebody = (more: Partial<Known> = {}): Known => {
  names += 1;
  return { sub: `s-${names}`, name: 'Inês Pereira', groups: ['cs-team'], ...more } as Known;
};
const cookieOf = ({ cookies }: LightMyRequestResponse, name: string): string | undefined =>
  (cookies as { name: string; value: string }[]).find((one) => one.name === name)?.value;

/** Begins as a browser does. @returns where it goes, and the cookie that it keeps */
async function begin(returnTo = '/inbox'): Promise<{ address: string; pending: string }> {
  const url = `/sign-in/provider?returnTo=${encodeURIComponent(returnTo)}`;
  const answer = await world.ask({ url, remoteAddress: `10.1.${names}.1` });
  expect(answer.statusCode).toBe(302);
  return {
    address: String(answer.headers.location),
    pending: cookieOf(answer, 'jornada-sign-in') ?? '',
  };
}

/** What the page of the callback sends on. */
const sendOn = (query: string, pending: string | null) =>
  world.ask({
    ...{ method: 'POST', url: '/sign-in/provider/callback', remoteAddress: `10.2.${names}.1` },
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
      ...(pending !== null && { cookie: `jornada-sign-in=${pending}` }),
    },
    payload: new URLSearchParams({ query }).toString(),
  });

async function come(who: Known, twist: Twist = {}): Promise<LightMyRequestResponse> {
  const { address, pending } = await begin();
  provider.twist(twist);
  const back = await provider.visit(address, who);
  return sendOn(back.search.slice(1), pending);
}

const me = (secret: string | undefined) =>
  world.ask({ url: '/api/v1/me', headers: { cookie: `jornada-session=${secret}` } });

describe('who is known there', () => {
  test('is added with the roles of their groups, and comes back as the same', async () => {
    const who = somebody({
      preferred_username: 'Inês.Pereira@example.com',
      email: 'i@example.com',
    });
    const first = await come(who);
    expect([first.statusCode, first.headers.location]).toEqual([303, '/inbox']);
    const { user } = (await me(cookieOf(first, 'jornada-session'))).json();
    expect(user).toMatchObject({
      ...{ loginName: 'ines.pereira', roles: ['csm'], groups: ['support'] },
      ...{ displayName: 'Inês Pereira', mail: 'i@example.com' },
    });
    const again = await come({ ...who, groups: ['it-admins', 'unknown'] });
    const { user: now } = (await me(cookieOf(again, 'jornada-session'))).json();
    expect(now).toMatchObject({ userId: user.userId, roles: ['admin'], groups: [] });
    // Other roles end what was open.
    expect((await me(cookieOf(first, 'jornada-session'))).statusCode).toBe(401);
  });

  test('is nobody else, whatever name and mail they come with', async () => {
    const local = await world.person(['admin'], { loginName: 'boss', mail: 'boss@example.com' });
    const who = somebody({
      preferred_username: 'boss',
      email: 'boss@example.com',
      email_verified: false,
    });
    const { user } = (await me(cookieOf(await come(who), 'jornada-session'))).json();
    expect(user).toMatchObject({ loginName: 'boss-2', roles: ['csm'] });
    expect(user.userId).not.toBe(local.userId);
  });

  test('gets in no more once their groups have no role, or they are disabled', async () => {
    const who = somebody();
    const secret = cookieOf(await come(who), 'jornada-session');
    const { user } = (await me(secret)).json();
    const without = await come({ ...who, groups: ['toString', '__proto__', 'x'] });
    expect([without.statusCode, without.json().code]).toEqual([403, 'PROVIDER_NO_ROLE']);
    expect((await me(secret)).statusCode).toBe(401);
    const by = { actor: null, requestId: null, reason: null, at: world.at() };
    await world.store.identities.change(user.userId, { isActive: false }, by);
    const refused = await come(who);
    expect([refused.statusCode, refused.json().code]).toEqual([401, 'PROVIDER_REFUSED']);
    expect(await world.told(user.userId)).toContainEqual(
      expect.objectContaining({ action: 'signIn', outcome: 'done' }),
    );
  });

  test.each(['PS256', 'ES256', 'EdDSA'] as const)('is let in by %s', async (signing) => {
    expect((await come(somebody(), { signing })).statusCode).toBe(303);
  });
});

describe('what does not hold lets nobody in', () => {
  const now = (): number => Math.floor(Date.now() / 1000);
  const twists: readonly [string, () => Twist][] = [
    ['another issuer', () => ({ claims: { iss: 'https://evil.example' } })],
    ['another audience', () => ({ claims: { aud: 'another' } })],
    ['another nonce', () => ({ claims: { nonce: 'x'.repeat(43) } })],
    ['no nonce', () => ({ claims: { nonce: undefined } })],
    ['expired beyond the skew', () => ({ claims: { iat: now() - 600, exp: now() - 90 } })],
    ['alg none', () => ({ signing: 'none' })],
    ['HS256 by the public key', () => ({ signing: 'HS256 by the public key' })],
    ['signed by another key', () => ({ signing: 'another key' })],
    ['a code that is none', () => ({ code: 'made-up' })],
    ['no subject', () => ({ claims: { sub: undefined } as never })],
  ];
  test.each(twists)('%s', async (_what, twist) => {
    const before = await stateOf(world);
    const answer = await come(somebody(), twist());
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'PROVIDER_REFUSED']);
    expect(cookieOf(answer, 'jornada-session')).toBeUndefined();
    expect(await stateOf(world)).toBe(before);
  });

  test('expired within the skew is not', async () => {
    const answer = await come(somebody(), { claims: { iat: now() - 300, exp: now() - 30 } });
    expect(answer.statusCode).toBe(303);
  });

  test('a code of another sign-in, whose verifier this browser does not have', async () => {
    const victim = await begin();
    const stolen =
      (await provider.visit(victim.address, somebody())).searchParams.get('code') ?? '';
    const answer = await come(somebody(), { code: stolen });
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'PROVIDER_REFUSED']);
  });

  test.each([
    'no cookie',
    'cookie of another',
    'forged cookie',
    'no state',
    'state of another',
    'used',
    'late',
  ])('an answer with %s', async (what) => {
    const { address, pending } = await begin();
    const other = await begin();
    const query = (await provider.visit(address, somebody())).searchParams;
    if (what === 'no state') query.delete('state');
    if (what === 'state of another')
      query.set('state', new URL(other.address).searchParams.get('state') ?? '');
    if (what === 'used') expect((await sendOn(query.toString(), pending)).statusCode).toBe(303);
    if (what === 'late') world.move(PENDING_MS + 1000);
    const forged = `${'a'.repeat(43)}.${Date.now() + 9e6}.Lw.${'b'.repeat(43)}`;
    const cookies: Record<string, string | null> = {
      'no cookie': null,
      'cookie of another': other.pending,
      'forged cookie': forged,
    };
    const cookie = what in cookies ? (cookies[what] ?? null) : pending;
    const before = await stateOf(world);
    const answer = await sendOn(query.toString(), cookie);
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'PROVIDER_STATE']);
    expect(await stateOf(world)).toBe(before);
  });

  test.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/a\nb',
    'javascript:alert(1)',
    '',
  ])('on to %j', async (returnTo) => {
    const answer = await world.ask({
      ...{ url: `/sign-in/provider?returnTo=${encodeURIComponent(returnTo)}` },
      remoteAddress: '10.3.1.1',
    });
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'INPUT_INVALID']);
    expect(isLocalPath(returnTo)).toBe(false);
  });

  test('a page of somebody else that sends an answer on', async () => {
    const { address, pending } = await begin();
    const back = await provider.visit(address, somebody());
    const answer = await world.ask({
      ...{ method: 'POST', url: '/sign-in/provider/callback', remoteAddress: '10.3.2.1' },
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...{ 'sec-fetch-site': 'cross-site', cookie: `jornada-sign-in=${pending}` },
      },
      payload: new URLSearchParams({ query: back.search.slice(1) }).toString(),
    });
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'HTTP_CROSS_SITE']);
  });
});

test('the page of the callback shows what it was sent without taking it for its own', async () => {
  const url = '/sign-in/provider/callback?code="><script>alert(1)</script>&state=x';
  const { statusCode, body } = await world.ask({ url, headers: { 'accept-language': 'pt-BR' } });
  expect(statusCode).toBe(200);
  expect(body).not.toContain('<script>alert');
  expect(body).toContain('lang="pt-BR"');
});

describe('what ends there ends here', () => {
  const logOut = (token: string) =>
    world.ask({
      ...{ method: 'POST', url: '/sign-in/provider/logout', remoteAddress: `10.4.${names}.1` },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ logout_token: token }).toString(),
    });

  test('one session by its id, all by the subject', async () => {
    const who = somebody();
    const first = cookieOf(await come({ ...who, sid: 'one' }), 'jornada-session');
    const second = cookieOf(await come({ ...who, sid: 'two' }), 'jornada-session');
    expect((await logOut(await provider.logoutToken({ sid: 'one' }))).statusCode).toBe(200);
    expect([(await me(first)).statusCode, (await me(second)).statusCode]).toEqual([401, 200]);
    expect((await logOut(await provider.logoutToken({ sub: who.sub }))).statusCode).toBe(200);
    expect((await me(second)).statusCode).toBe(401);
  });

  test('by a token that holds, once', async () => {
    const who = somebody();
    const secret = cookieOf(await come(who), 'jornada-session');
    const used = await provider.logoutToken({ sub: 'nobody' });
    expect((await logOut(used)).statusCode).toBe(200);
    const tokens = [
      used,
      await provider.logoutToken({ sub: who.sub, events: {} }),
      await provider.logoutToken({ sub: who.sub, nonce: 'x' }),
      await provider.logoutToken({ sub: who.sub, aud: 'another' }),
      await provider.logoutToken({ sub: who.sub, iss: 'https://evil.example' }),
      await provider.logoutToken({}),
      'no token',
    ];
    provider.twist({ signing: 'none' });
    tokens.push(await provider.logoutToken({ sub: who.sub }));
    provider.twist({ signing: 'another key' });
    tokens.push(await provider.logoutToken({ sub: who.sub }));
    for (const token of tokens) {
      const answer = await logOut(token);
      expect([answer.statusCode, answer.json().code]).toEqual([401, 'PROVIDER_REFUSED']);
    }
    expect((await me(secret)).statusCode).toBe(200);
  });
});

describe('passwords', () => {
  const signIn = (loginName: string, password = PASSWORD) =>
    world.ask({
      ...{ method: 'POST', url: '/api/v1/sign-in', payload: { loginName, password } },
      remoteAddress: '10.5.1.1',
    });

  test('let nobody in but the one admin for emergencies, which is told', async () => {
    const ben = await world.person(['admin'], { loginName: 'ben' });
    const ada = await world.person(['admin'], { loginName: 'ada' });
    const [refused, wrong] = [await signIn('ben'), await signIn('ada', 'another password yet')];
    expect([refused.statusCode, refused.json().code]).toEqual([401, 'SIGN_IN_REFUSED']);
    expect({ ...wrong.json(), requestId: '' }).toEqual({ ...refused.json(), requestId: '' });
    expect(alarms).toBe(0);
    expect((await signIn('ada')).statusCode).toBe(200);
    expect(alarms).toBe(1);
    expect(await world.told(ada.userId)).toContainEqual(
      expect.objectContaining({ action: 'breakGlass', outcome: 'done' }),
    );
    expect(await world.told(ben.userId)).toContainEqual(
      expect.objectContaining({ action: 'signIn', outcome: 'refused' }),
    );
  });

  test('are told to be off', async () => {
    expect((await world.ask({ url: '/api/v1/sign-in' })).json()).toEqual({
      ...{ password: false, provider: { title: 'Company account', url: '/sign-in/provider' } },
    });
  });
});

test('a provider that is out of reach is told as such', async () => {
  const settings = { ...world.deps.provider?.settings, issuer: 'http://localhost:1' };
  const client = createProviderClient(settings as never, ORIGIN, Date.now);
  await expect(client.verified('x')).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
});
