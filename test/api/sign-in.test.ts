/** Attacks on signing in and on sessions: X17, X19 of the list. */
import { randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { COST, isWeak } from '../../api/identities/passwords.js';
import { IDLE_MS, SESSION_MS } from '../../store/identities/index.js';
import type { User } from '../../store/index.js';
import {
  openWorld,
  PASSWORD,
  pageHeaders,
  secretIn,
  stateOf,
  type World,
} from '../support/identities.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

let addresses = 0;
/** An address that nobody else has in these tests. */
const anAddress = (): string => {
  addresses += 1;
  return `192.0.2.${addresses}`;
};
const signIn = (
  loginName: string,
  password = PASSWORD,
  remoteAddress = anAddress(),
  headers = {},
) =>
  world.ask({
    ...{ method: 'POST', url: '/api/v1/sign-in', remoteAddress, headers },
    payload: { loginName, password },
  });
const me = (headers: Record<string, string>) => world.ask({ url: '/api/v1/me', headers });
const statusOf = async (headers: Record<string, string>): Promise<number> =>
  (await me(headers)).statusCode;
const by = (actor: string) => ({ actor, requestId: null, reason: null, at: world.at() });

test('somebody signs in, is known, and signs out', async () => {
  const { loginName, userId } = await world.person(['csm'], { mail: 'ines@example.test' });
  const answer = await signIn(loginName);
  expect(answer.statusCode).toBe(200);
  expect(answer.cookies).toMatchObject([
    { name: 'jornada-session', path: '/', httpOnly: true, sameSite: 'Lax' },
  ]);
  const headers = pageHeaders(secretIn(answer));
  expect(answer.json().csrfToken).toBe(headers['x-csrf-token']);
  expect((await me(headers)).json()).toMatchObject({
    user: { userId, loginName, mail: 'ines@example.test', roles: ['csm'] },
    csrfToken: headers['x-csrf-token'],
  });
  const out = await world.ask({ method: 'POST', url: '/api/v1/sign-out', headers });
  expect(out.statusCode).toBe(204);
  expect(await statusOf(headers)).toBe(401);
  expect(await world.told(userId)).toMatchObject([
    { action: 'addUser' },
    { action: 'signIn', outcome: 'done', actor: userId },
    { action: 'signOut', outcome: 'done', actor: userId },
  ]);
});

test('Camunda’s clients are told who they are in the form that they know, and nothing more', async () => {
  const user = await world.person(['designer'], { groups: ['billing'] });
  const headers = await world.token(user, ['designer:read']);
  const answer = await world.ask({ url: '/v2/authentication/me', headers });
  expect(answer.json()).toEqual({
    ...{ username: user.loginName, displayName: 'Inês Pereira', email: null },
    ...{ authorizedComponents: ['*'], groups: ['billing'], roles: ['designer'] },
    tenants: [{ tenantId: '<default>', name: 'Default', description: null }],
    ...{ salesPlanType: null, c8Links: {}, canLogout: false },
  });
  const refused = await world.ask({ url: '/v2/authentication/me', headers: {} });
  expect(Object.keys(refused.json()).sort()).toEqual([
    'detail',
    'instance',
    'status',
    'title',
    'type',
  ]);
  expect(refused.headers['www-authenticate']).toBe('Bearer');
});

test('with Basic the login name has to be the owner’s', async () => {
  const user = await world.person(['csm']);
  const { authorization = '' } = await world.token(user, ['csm']);
  const secret = authorization.replace('Bearer ', '');
  const basic = (name: string) => ({
    authorization: `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`,
  });
  expect(await statusOf(basic(user.loginName))).toBe(200);
  expect(await statusOf(basic('somebody-else'))).toBe(401);
  expect(await statusOf(basic(''))).toBe(401);
});

describe('X17 sessions', () => {
  test('a session that was set before begins under a new secret', async () => {
    const { loginName } = await world.person(['csm']);
    const planted = 'p'.repeat(43);
    const answer = await signIn(loginName, PASSWORD, anAddress(), {
      cookie: `jornada-session=${planted}`,
    });
    expect(secretIn(answer)).not.toBe(planted);
    expect(await statusOf(pageHeaders(planted))).toBe(401);
    const again = await signIn(loginName);
    expect(secretIn(again)).not.toBe(secretIn(answer));
  });

  test.each([
    ['a role is given', { roles: ['csm', 'designer'] }],
    ['a role is taken', { roles: [] }],
    ['the person is disabled', { isActive: false }],
  ] as const)('end, and tokens too, when %s', async (_what, change) => {
    const user = await world.person(['csm']);
    const all = [
      await world.session(user),
      await world.session(user),
      await world.token(user, ['csm']),
    ];
    expect(await Promise.all(all.map(statusOf))).toEqual([200, 200, 200]);
    await world.store.identities.change(user.userId, change, by('test'));
    expect(await Promise.all(all.map(statusOf))).toEqual([401, 401, 401]);
    if ('isActive' in change) {
      await world.store.identities.change(user.userId, { isActive: true }, by('test'));
      expect(await Promise.all(all.map(statusOf))).toEqual([401, 401, 401]);
    }
  });

  test('stay when only groups or the name change', async () => {
    const user = await world.person(['csm']);
    const headers = await world.session(user);
    const change = { groups: ['billing'], displayName: 'Inês P.' };
    await world.store.identities.change(user.userId, change, by('test'));
    expect((await me(headers)).json().user).toMatchObject(change);
  });

  test('all end with another password but the new one, and the old password opens nothing', async () => {
    const user = await world.person(['csm']);
    const [headers, other, token] = [
      await world.session(user),
      await world.session(user),
      await world.token(user, ['csm']),
    ];
    const payload = { current: PASSWORD, password: 'quiet lantern beside rivers' };
    const url = '/api/v1/me/password';
    const wrong = { ...payload, current: 'not this one at all' };
    const refused = await world.ask({ method: 'POST', url, headers, payload: wrong });
    expect(refused.json()).toMatchObject({ status: 403, title: 'PASSWORD_WRONG' });
    expect(await statusOf(other)).toBe(200);
    const poor = { ...payload, password: 'password1234' };
    const common = await world.ask({ method: 'POST', url, headers, payload: poor });
    expect([common.statusCode, common.json().title]).toEqual([422, 'PASSWORD_COMMON']);
    const done = await world.ask({ method: 'POST', url, headers, payload });
    expect(done.statusCode).toBe(200);
    const anew = pageHeaders(secretIn(done));
    expect(await Promise.all([headers, other, token, anew].map(statusOf))).toEqual([
      401, 401, 401, 200,
    ]);
    expect((await signIn(user.loginName)).statusCode).toBe(401);
    expect((await signIn(user.loginName, payload.password)).statusCode).toBe(200);
  });

  test('a sixth ends the oldest', async () => {
    const user = await world.person(['csm']);
    const all: Record<string, string>[] = [];
    for (let n = 0; n < 6; n += 1) {
      all.push(await world.session(user));
      world.move(1000);
    }
    expect(await Promise.all(all.map(statusOf))).toEqual([401, 200, 200, 200, 200, 200]);
  });

  test('are listed and ended one by one', async () => {
    const user = await world.person(['csm']);
    const headers = await world.session(user);
    world.move(1000);
    const other = await world.session(user);
    const { items } = (await world.ask({ url: '/api/v1/me/sessions', headers })).json();
    expect(items.map(({ isCurrent }: { isCurrent: boolean }) => isCurrent)).toEqual([true, false]);
    const url = `/api/v1/me/sessions/${items[1].sessionId}`;
    expect((await world.ask({ method: 'DELETE', url, headers })).statusCode).toBe(204);
    expect([await statusOf(headers), await statusOf(other)]).toEqual([200, 401]);
  });

  test('end after half an hour without a request, and after twelve hours with them', async () => {
    const idle = await world.session(await world.person(['csm']));
    const busy = await world.session(await world.person(['csm']));
    for (let passed = 0; passed < SESSION_MS - IDLE_MS; passed += IDLE_MS - 60_000) {
      world.move(IDLE_MS - 60_000);
      expect(await statusOf(busy)).toBe(200);
    }
    expect(await statusOf(idle)).toBe(401);
    world.move(IDLE_MS - 60_000);
    expect(await statusOf(busy)).toBe(401);
  });
});

describe('X19 guessing', () => {
  test('says and does the same for a wrong password, a name that nobody has, and who may not sign in', async () => {
    const wrong = await world.person(['csm']);
    const out = await world.person(['csm']);
    await world.store.identities.change(out.userId, { isActive: false }, by('test'));
    const bare = { userId: randomUUID(), loginName: 'without-password', displayName: 'x' };
    const more = { mail: null, locale: 'en', roles: [], groups: [], isDemo: false } as const;
    await world.store.identities.add({ ...bare, ...more }, null, by('test'));
    const verify = vi.spyOn(world.deps.passwords, 'verify');
    const before = await stateOf(world);
    const answers = [
      await signIn(wrong.loginName, 'not the password'),
      await signIn('nobody-has-this'),
      await signIn("' or 1=1 --"),
      await signIn(out.loginName),
      await signIn('without-password'),
    ];
    const told = answers.map((answer) => {
      const { requestId: _id, ...body } = answer.json();
      return JSON.stringify([answer.statusCode, body, answer.headers['set-cookie'] ?? null]);
    });
    expect(new Set(told).size).toBe(1);
    expect(answers[0]?.json()).toMatchObject({ status: 401, title: 'SIGN_IN_REFUSED' });
    // Each is compared once, whether there is something to compare it with or not.
    expect(verify).toHaveBeenCalledTimes(5);
    verify.mockRestore();
    expect(await stateOf(world)).toBe(before);
  });

  test('is over after ten failures in a quarter of an hour, also with the right password, and not for good', async () => {
    const { loginName, userId } = await world.person(['csm']);
    for (let n = 0; n < 10; n += 1) {
      expect((await signIn(loginName, `guess number ${n}`)).statusCode).toBe(401);
      world.move(35_000);
    }
    const refused = await signIn(loginName);
    expect([refused.statusCode, refused.json().title]).toEqual([429, 'SIGN_IN_TOO_MANY']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(500);
    const unknown = { name: 'nobody-at-all', codes: [] as string[] };
    for (let n = 0; n < 11; n += 1) {
      unknown.codes.push((await signIn(unknown.name)).json().title);
      world.move(35_000);
    }
    expect(unknown.codes.slice(9)).toEqual(['SIGN_IN_REFUSED', 'SIGN_IN_TOO_MANY']);
    world.move(15 * 60_000);
    expect((await signIn(loginName)).statusCode).toBe(200);
    const acts = await world.told(userId);
    expect(acts.filter(({ outcome }) => outcome === 'refused')).toHaveLength(10);
  });

  test('is over for an address that tries ten accounts', async () => {
    const address = anAddress();
    for (let n = 0; n < 10; n += 1) {
      await signIn(`victim-${n}`, 'x', address);
      world.move(35_000);
    }
    const { loginName } = await world.person(['csm']);
    expect((await signIn(loginName, PASSWORD, address)).statusCode).toBe(429);
    expect((await signIn(loginName)).statusCode).toBe(200);
  });

  test('leaves neither names nor passwords in the audit', async () => {
    const { userId, loginName } = await world.person(['csm']);
    await signIn(loginName, 'my secret, typed wrong');
    await signIn('my-password-as-name', 'x');
    const { items } = await world.store.audit.query({ filter: { action: 'signIn' }, limit: 1000 });
    const text = JSON.stringify(items);
    expect(text).toContain(`user:${userId}`);
    for (const secret of [loginName, 'typed wrong', 'my-password-as-name']) {
      expect(text).not.toContain(secret);
    }
  });

  test('a link sets a password once, in its time, and the newest alone', async () => {
    const user: User = await world.person(['csm']);
    const admin = await world.session(await world.person(['admin']));
    const link = async (): Promise<string> => {
      const url = `/api/v1/users/${user.userId}/password-link`;
      const answer = await world.ask({ method: 'POST', url, headers: admin });
      return answer.json().url.split('#')[1];
    };
    const use = async (token: string) => {
      const payload = { token, password: 'quiet lantern beside rivers' };
      const url = '/api/v1/password-link';
      return (await world.ask({ method: 'POST', url, payload, remoteAddress: anAddress() }))
        .statusCode;
    };
    const [old, newest] = [await link(), await link()];
    const before = await stateOf(world);
    expect(await use(old)).toBe(404);
    expect(await stateOf(world)).toBe(before);
    expect([await use(newest), await use(newest)]).toEqual([204, 404]);
    const late = await link();
    world.move(31 * 60_000);
    expect(await use(late)).toBe(404);
  });
});

test('a hash of less than today’s cost is made anew when its person signs in', async () => {
  const weak = await hash(PASSWORD, { ...COST, memoryCost: 8192 });
  const bare = { userId: randomUUID(), loginName: 'of-before', displayName: 'x' };
  const more = { mail: null, locale: 'en', roles: [], groups: [], isDemo: false } as const;
  await world.store.identities.add({ ...bare, ...more }, weak, by('test'));
  expect((await signIn('of-before')).statusCode).toBe(200);
  const now = await world.store.identities.passwordHash(bare.userId);
  expect(isWeak(now ?? '')).toBe(false);
  expect((await signIn('of-before')).statusCode).toBe(200);
});

test('behind HTTPS the cookie is of this host alone, and never sent in the open', async () => {
  const app = await world.appAt('https://jornada.example');
  const { loginName } = await world.person(['csm']);
  const payload = { loginName, password: PASSWORD };
  const answer = await app.inject({ method: 'POST', url: '/api/v1/sign-in', payload });
  expect(answer.cookies).toMatchObject([
    { name: '__Host-jornada', path: '/', httpOnly: true, secure: true, sameSite: 'Lax' },
  ]);
  expect(answer.cookies[0]).not.toHaveProperty('domain');
  const askWith = async (name: string) => {
    const headers = { cookie: `${name}=${secretIn(answer)}` };
    return (await app.inject({ url: '/api/v1/me', headers })).statusCode;
  };
  expect(await askWith('__Host-jornada')).toBe(200);
  expect(await askWith('jornada-session')).toBe(401);
  await app.close();
});
