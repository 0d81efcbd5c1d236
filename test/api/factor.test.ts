/** Second factors: the codes of the standard, a sign-in in two steps, and what asks for a factor anew. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { FRESH_MS } from '../../api/identities/factor.js';
import { base32, codeOf, stepAt, stepOfCode } from '../../api/identities/totp.js';
import type { User } from '../../store/index.js';
import { openWorld, PASSWORD, pageHeaders, secretIn, type World } from '../support/identities.js';

/** Source: RFC 6238, appendix B. */
const VECTORS: readonly [seconds: number, hash: string, code: string][] = [
  [59, 'sha1', '94287082'],
  [59, 'sha256', '46119246'],
  [59, 'sha512', '90693936'],
  [1111111109, 'sha1', '07081804'],
  [1111111111, 'sha256', '67062674'],
  [1234567890, 'sha1', '89005924'],
  [1234567890, 'sha512', '93441116'],
  [2000000000, 'sha256', '90698825'],
  [20000000000, 'sha1', '65353130'],
  [20000000000, 'sha512', '47863826'],
];
const BYTES: Readonly<Record<string, number>> = { sha1: 20, sha256: 32, sha512: 64 };

describe('codes', () => {
  test.each(VECTORS)('at %i s by %s', (seconds, hash, code) => {
    const secret = Buffer.from('1234567890'.repeat(7).slice(0, BYTES[hash]));
    expect(codeOf(secret, stepAt(seconds * 1000), 8, hash)).toBe(code);
  });

  test('count one step early and late, and never again', () => {
    const secret = Buffer.from('12345678901234567890');
    const [now, step] = [1_700_000_000_000, stepAt(1_700_000_000_000)];
    for (const by of [-1, 0, 1])
      expect(stepOfCode(secret, codeOf(secret, step + by), now, 0)).toBe(step + by);
    for (const by of [-2, 2])
      expect(stepOfCode(secret, codeOf(secret, step + by), now, 0)).toBeNull();
    expect(stepOfCode(secret, codeOf(secret, step), now, step)).toBeNull();
  });

  // Source: RFC 4648 §10.
  test.each([
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foobar', 'MZXW6YTBOI'],
  ])('%s in base32', (text, written) => {
    expect(base32(Buffer.from(text))).toBe(written);
  });
});

let world: World;
beforeAll(async () => {
  world = await openWorld(null, 'admins');
});
afterAll(() => world.close());
afterEach(() => expect(world.troubles).toEqual([]));

let address = 0;
type Headers = Readonly<Record<string, string>>;
const send = (url: string, payload: object | null, headers: Headers = {}, method = 'POST') => {
  address += 1;
  return world.ask({
    ...{
      method: method as 'POST',
      url,
      headers,
      remoteAddress: `10.7.${address >> 8}.${address & 255}`,
    },
    ...(payload && { payload }),
  });
};
const signIn = ({ loginName }: User, code?: string) =>
  send('/api/v1/sign-in', { loginName, password: PASSWORD, ...(code !== undefined && { code }) });
const codeAfter = (secret: Buffer, steps = 0): string =>
  codeOf(secret, stepAt(Date.parse(world.at())) + steps);

/** Somebody who has begun and shown a factor. */
async function enrolled(roles: Parameters<World['person']>[0]) {
  const user = await world.person(roles);
  const begun = await send('/api/v1/me/factor', { password: PASSWORD }, await world.session(user));
  expect(begun.statusCode).toBe(201);
  const found = await world.store.identities.factor(user.userId);
  const secret = found?.secret ?? Buffer.alloc(0);
  expect(begun.json()).toMatchObject({ secret: base32(secret) });
  const headers = await world.session(user);
  const confirmed = await send('/api/v1/me/factor/confirm', { code: codeAfter(secret) }, headers);
  expect(confirmed.statusCode).toBe(200);
  const { recoveryCodes } = confirmed.json() as { readonly recoveryCodes: readonly string[] };
  return {
    user,
    secret,
    recoveryCodes,
    before: headers,
    headers: pageHeaders(secretIn(confirmed)),
  };
}

describe('a factor', () => {
  test('ends what was open, and is asked for at the sign-in', async () => {
    const { user, secret, before, headers, recoveryCodes } = await enrolled(['csm']);
    expect((await send('/api/v1/me', null, before, 'GET')).statusCode).toBe(401);
    expect((await send('/api/v1/me', null, headers, 'GET')).statusCode).toBe(200);
    expect(new Set(recoveryCodes).size).toBe(10);
    const first = await signIn(user);
    expect([first.statusCode, first.json().code]).toEqual([401, 'FACTOR_REQUIRED']);
    // The code that confirmed it counts no more.
    const replayed = await signIn(user, codeAfter(secret));
    expect([replayed.statusCode, replayed.json().code]).toEqual([403, 'FACTOR_WRONG']);
    const code = codeAfter(secret, 1);
    expect((await signIn(user, code)).statusCode).toBe(200);
    expect((await signIn(user, code)).json().code).toBe('FACTOR_WRONG');
    expect(await world.told(user.userId)).toContainEqual(
      expect.objectContaining({ action: 'signIn', outcome: 'refused' }),
    );
  });

  test('is replaced by a recovery code, once', async () => {
    const { user, recoveryCodes } = await enrolled(['csm']);
    const [code = ''] = recoveryCodes;
    expect((await signIn(user, code.toUpperCase().replaceAll('-', ' '))).statusCode).toBe(200);
    expect((await signIn(user, code)).json().code).toBe('FACTOR_WRONG');
    expect((await world.store.identities.factor(user.userId))?.recoveryCodes).toBe(9);
  });

  test('is shown by many of one address, as of an office, without a wait', async () => {
    const people = await Promise.all(Array.from({ length: 11 }, () => enrolled(['csm'])));
    const statuses: number[] = [];
    for (const { user, secret } of people) {
      const of = { loginName: user.loginName, password: PASSWORD };
      for (const payload of [of, { ...of, code: codeAfter(secret, 1) }]) {
        const asked = { method: 'POST' as const, url: '/api/v1/sign-in', payload };
        statuses.push((await world.ask({ ...asked, remoteAddress: '10.8.0.1' })).statusCode);
      }
    }
    expect(statuses).toEqual(people.flatMap(() => [401, 200]));
  });

  test('is not guessed at: the password alone takes no attempt back', async () => {
    const { user } = await enrolled(['csm']);
    const answers: number[] = [];
    for (let count = 0; count < 8; count += 1) {
      answers.push((await signIn(user, '000000')).statusCode, (await signIn(user)).statusCode);
    }
    expect(answers.at(-1)).toBe(429);
  });

  test('is begun by the password, confirmed by its own code, and not begun twice', async () => {
    const user = await world.person(['csm']);
    const headers = await world.session(user);
    expect((await send('/api/v1/me/factor', { password: 'x' }, headers)).json().code).toBe(
      'PASSWORD_WRONG',
    );
    await send('/api/v1/me/factor', { password: PASSWORD }, headers);
    expect((await send('/api/v1/me/factor/confirm', { code: '000000' }, headers)).json().code).toBe(
      'FACTOR_WRONG',
    );
    expect((await signIn(user)).statusCode).toBe(200);
    const { headers: own } = await enrolled(['csm']);
    expect((await send('/api/v1/me/factor', { password: PASSWORD }, own)).json().code).toBe(
      'FACTOR_THERE',
    );
  });
});

describe('what is asked of admins', () => {
  test('who has none may begin one, and nothing else; demonstrations are let be', async () => {
    const headers = await world.session(await world.person(['admin']));
    const users = await send('/api/v1/users', null, headers, 'GET');
    expect([users.statusCode, users.json().code]).toEqual([403, 'FACTOR_MISSING']);
    expect((await send('/api/v1/me', null, headers, 'GET')).statusCode).toBe(200);
    const demo = await world.session(await world.person(['admin'], { isDemo: true }));
    expect((await send('/api/v1/users', null, demo, 'GET')).statusCode).toBe(200);
    const csm = await world.session(await world.person(['csm']));
    expect((await send('/api/v1/me/tokens', null, csm, 'GET')).statusCode).toBe(200);
  });

  test('what weighs much asks for a fresh one', async () => {
    const { user, secret, headers } = await enrolled(['admin']);
    const { userId } = await world.person(['csm']);
    const change = () => send(`/api/v1/users/${userId}`, { roles: ['designer'] }, headers, 'PATCH');
    expect((await change()).statusCode).toBe(200);
    world.move(FRESH_MS + 1000);
    const stale = await change();
    expect([stale.statusCode, stale.json().code]).toEqual([403, 'STEP_UP_REQUIRED']);
    expect((await send('/api/v1/users', null, headers, 'GET')).statusCode).toBe(200);
    const shown = await send('/api/v1/me/factor/check', { code: codeAfter(secret) }, headers);
    expect(shown.statusCode).toBe(204);
    expect((await change()).statusCode).toBe(200);
    const { items } = await world.store.audit.query({ filter: { actor: user.userId }, limit: 50 });
    expect(items).toContainEqual(
      expect.objectContaining({ action: 'request', code: 'STEP_UP_REQUIRED' }),
    );
  });

  test('an admin takes the factor of somebody away', async () => {
    const { headers } = await enrolled(['admin']);
    const other = await enrolled(['csm']);
    const url = `/api/v1/users/${other.user.userId}/factor`;
    expect((await send(url, null, headers, 'DELETE')).statusCode).toBe(204);
    expect((await send('/api/v1/me', null, other.headers, 'GET')).statusCode).toBe(401);
    expect((await signIn(other.user)).statusCode).toBe(200);
  });

  test('its owner makes other recovery codes, and takes it away, with a fresh one', async () => {
    const { user, secret, headers, recoveryCodes } = await enrolled(['csm']);
    const renewed = await send('/api/v1/me/factor/recovery-codes', null, headers);
    expect(renewed.statusCode).toBe(200);
    const { recoveryCodes: others } = renewed.json() as { readonly recoveryCodes: string[] };
    expect(new Set([...others, ...recoveryCodes]).size).toBe(20);
    expect((await signIn(user, recoveryCodes[0])).json().code).toBe('FACTOR_WRONG');
    expect((await signIn(user, others[0])).statusCode).toBe(200);
    world.move(FRESH_MS + 1000);
    const remove = () => send('/api/v1/me/factor', null, headers, 'DELETE');
    expect((await remove()).json().code).toBe('STEP_UP_REQUIRED');
    await send('/api/v1/me/factor/check', { code: codeAfter(secret) }, headers);
    expect((await remove()).statusCode).toBe(204);
    expect((await send('/api/v1/me', null, headers, 'GET')).statusCode).toBe(401);
    expect((await signIn(user)).statusCode).toBe(200);
    expect((await world.told(user.userId)).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['renewRecoveryCodes', 'removeFactor']),
    );
  });
});
