/** What is somebody else's is answered as what is not there, to the byte. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { User } from '../../store/index.js';
import { openWorld, stateOf, type World } from '../support/identities.js';

let world: World;
let me: User;
let other: User;
beforeAll(async () => {
  world = await openWorld();
  me = await world.person(['admin']);
  other = await world.person(['admin']);
});
afterAll(() => world.close());

const ofOther = {
  session: async () => {
    await world.session(other);
    const [one] = await world.store.identities.sessions(other.userId, world.at());
    return `/api/v1/me/sessions/${one?.sessionId}`;
  },
  token: async () => {
    await world.token(other, ['admin']);
    const [one] = await world.store.identities.tokens(other.userId, world.at());
    return `/api/v1/me/tokens/${one?.tokenId}`;
  },
  'token by way of myself': async () => {
    await world.token(other, ['admin']);
    const [one] = await world.store.identities.tokens(other.userId, world.at());
    return `/api/v1/users/${me.userId}/tokens/${one?.tokenId}`;
  },
};

test.each(Object.entries(ofOther))('DELETE of a %s of another', async (_what, urlOf) => {
  const url = await urlOf();
  const headers = await world.session(me);
  const before = await stateOf(world);
  const ask = async (at: string) => {
    const answer = await world.ask({ method: 'DELETE', url: at, headers });
    const { requestId, ...body } = answer.json();
    return { status: answer.statusCode, body, bytes: answer.body.length, has: requestId !== null };
  };
  const foreign = await ask(url);
  expect(foreign).toEqual(await ask(url.replace(/[^/]+$/, randomUUID())));
  expect(foreign).toEqual(await ask(url.replace(/[^/]+$/, 'no-id')));
  expect(foreign).toMatchObject({ status: 404, body: { title: 'NOT_FOUND' } });
  expect(await stateOf(world)).toBe(before);
});
