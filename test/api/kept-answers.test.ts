/** Acts upon people's own things under an `Idempotency-Key`: done once and answered the same, however often and closely they are sent. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { User } from '../../store/index.js';
import { openWorld, type World } from '../support/identities.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function asking(user: User) {
  const headers = await world.session(user);
  return async (method: 'POST' | 'DELETE', path: string, key: string, payload?: object) => {
    const answer = await world.ask({
      ...{ method, url: `/api/v1${path}`, headers: { ...headers, 'idempotency-key': key } },
      ...(payload && { payload }),
    });
    const { statusCode, body } = answer;
    return { status: statusCode, body: body === '' ? null : answer.json() };
  };
}

const view = (name: string) => ({ name, isShared: false, query: {} });
const viewsOf = async (user: User): Promise<number> => {
  const headers = await world.session(user);
  const answer = await world.ask({ method: 'GET', url: '/api/v1/inbox-views', headers });
  return answer.json().items.length;
};

test('what is made is made once, one after the other and at once, and is answered as the first time', async () => {
  const cora = await world.person(['csm']);
  const ask = await asking(cora);
  const [key, other] = [randomUUID(), randomUUID()];
  const [first, beside] = await Promise.all([
    ask('POST', '/inbox-views', key, view('Mine')),
    ask('POST', '/inbox-views', key, view('Mine')),
  ]);
  expect(first.status).toBe(201);
  expect(beside).toEqual(first);
  expect(await ask('POST', '/inbox-views', key, view('Mine'))).toEqual(first);
  expect(await ask('POST', '/inbox-views', key, view('Theirs'))).toMatchObject({
    ...{ status: 409, body: { title: 'IDEMPOTENCY_KEY_USED' } },
  });
  expect(await viewsOf(cora)).toBe(1);
  const path = `/inbox-views/${first.body.viewId}`;
  expect(await ask('DELETE', path, other)).toEqual({ status: 204, body: null });
  expect(await ask('DELETE', path, other)).toEqual({ status: 204, body: null });
  expect((await ask('DELETE', path, randomUUID())).status).toBe(404);
});

test('a key is of one person, and what was refused may be sent again under it', async () => {
  const [cora, bea] = [await world.person(['csm']), await world.person(['csm'])];
  const [asCora, asBea] = [await asking(cora), await asking(bea)];
  const key = randomUUID();
  const days = { from: '2020-01-01', until: '2020-01-02', tz: 'UTC' };
  const over = { substitute: bea.loginName, ...days };
  for (const _ of [1, 2]) {
    expect((await asCora('POST', '/substitutes', key, over)).status).toBe(422);
  }
  const own = await asBea('POST', '/inbox-views', key, view('Bea'));
  expect(own).toMatchObject({ status: 201, body: { name: 'Bea' } });
});

test('a secret is shown once: a repetition says that it was made, and makes no other', async () => {
  const ada = await world.person(['admin']);
  const ask = await asking(ada);
  const key = randomUUID();
  const wanted = { name: 'Once', messageName: 'm', correlationKey: '"k"', variables: null };
  const first = await ask('POST', '/hooks', key, wanted);
  expect([first.status, typeof first.body.secret]).toEqual([201, 'string']);
  expect(await ask('POST', '/hooks', key, wanted)).toMatchObject({
    ...{ status: 409, body: { title: 'SECRET_SHOWN_ONCE' } },
  });
  const headers = await world.session(ada);
  const { items } = (await world.ask({ method: 'GET', url: '/api/v1/hooks', headers })).json();
  expect(items).toHaveLength(1);
  const kept = await world.store.reading(async (db) => {
    const { rows } = await db.execute<{ answer: Uint8Array }>(
      sql`select answer from request_keys where key = ${key}`,
    );
    return Buffer.from(rows[0]?.answer ?? []).toString('latin1');
  });
  expect(kept.length).toBeGreaterThan(0);
  expect(kept).not.toContain(first.body.secret);
});
