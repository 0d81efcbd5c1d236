/** How often somebody may ask: by person where one is known, by address where none is. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MOST } from '../../api/plugins/principals.js';
import { openWorld, type World } from '../support/identities.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const me = (headers: Record<string, string>, remoteAddress: string) =>
  world.ask({ url: '/api/v1/me', headers, remoteAddress });

test('whoever shows nobody is stopped by address, and who is known there is not', async () => {
  const wrong = { authorization: `Bearer jrn_${'a'.repeat(43)}` };
  for (let n = 0; n < MOST.unknown; n += 1) {
    expect((await me(n % 2 === 0 ? wrong : {}, '10.1.0.1')).statusCode).toBe(401);
  }
  const refused = await me(wrong, '10.1.0.1');
  expect([refused.statusCode, refused.json().title]).toEqual([429, 'RESOURCE_EXHAUSTED']);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await me(wrong, '10.1.0.2')).statusCode).toBe(401);
  const known = await world.session(await world.person(['csm']));
  expect((await me(known, '10.1.0.1')).statusCode).toBe(200);
  world.move(61_000);
  expect((await me(wrong, '10.1.0.1')).statusCode).toBe(401);
});

test('a person is stopped at so many changes, from whatever address, and may read on', async () => {
  const headers = await world.session(await world.person(['csm']));
  const end = (n: number) =>
    world.ask({
      method: 'DELETE',
      url: '/api/v1/me/sessions/none',
      headers,
      remoteAddress: `10.2.0.${n % 200}`,
    });
  for (let n = 0; n < MOST.writes; n += 1) expect((await end(n)).statusCode).toBe(404);
  expect((await end(0)).statusCode).toBe(429);
  expect((await me(headers, '10.2.0.1')).statusCode).toBe(200);
  const other = await world.session(await world.person(['csm']));
  expect((await me(other, '10.2.0.1')).statusCode).toBe(200);
});

test('HEAD is asked who calls as GET is', async () => {
  const head = (headers: Record<string, string>) =>
    world.ask({ method: 'HEAD', url: '/api/v1/users', headers });
  expect((await head({})).statusCode).toBe(401);
  expect((await head(await world.session(await world.person(['csm'])))).statusCode).toBe(403);
  expect((await head(await world.session(await world.person(['admin'])))).statusCode).toBe(200);
});
