/** Live events by HTTP: who hears what, from where, and for how long. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventIdsFor } from '../../api/events/ids.js';
import { type Listener, listen } from '../support/event-stream.js';
import { CURSOR_SECRET, openWorld, type World } from '../support/identities.js';
import { aLife, anInstance, numbered } from '../support/store.js';

let world: World;
let address = '';
beforeAll(async () => {
  world = await openWorld();
  address = await world.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => world.close());

const TASK = ['user_task.created', 'user_task.changed', 'user_task.completed'];
const INCIDENT = ['incident.created', 'incident.resolved'];
const types = ({ heard }: Listener): readonly string[] => heard.map(({ type }) => type);
const isOver = (listener: Listener) => () => types(listener).includes('process_instance.changed');

const open = async (path: string, headers: Readonly<Record<string, string>>): Promise<Listener> => {
  const listener = await listen(address, path, headers);
  expect(listener.status).toBe(200);
  return listener;
};
const session = async (role: 'designer' | 'csm' | 'admin' | 'auditor') =>
  world.session(await world.person([role]));
const live = async (instance = anInstance()) => {
  await world.store.journal.append(instance, aLife());
  return instance;
};

describe('a stream', () => {
  test('tells by keys, and nothing of what is in an instance', async () => {
    const listener = await open('/v2/events', await session('csm'));
    const { instanceId } = await live();
    await listener.until(isOver(listener));
    expect(listener.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(listener.headers['cache-control']).toBe('no-store');
    const created = listener.heard.find(({ type }) => type === 'user_task.created');
    const keys = await world.store.publicKeys.keysOf([
      { kind: 'processInstance', id: instanceId },
      { kind: 'userTask', id: `${instanceId}/Task_Call:2` },
    ]);
    expect(created).toEqual({
      ...{ id: expect.stringMatching(/^[\w-]{48}$/), type: 'user_task.created' },
      timestamp: '2026-03-02T12:00:05.000Z',
      data: {
        ...{ processInstanceKey: keys[0], userTaskKey: keys[1] },
        ...{ processDefinitionId: 'onboarding', elementId: 'Task_Call' },
      },
    });
    for (const value of ['gold', 'Call the customer', 'ana', 'success', instanceId]) {
      expect(listener.text()).not.toContain(value);
    }
    listener.close();
  });

  const hears: readonly (readonly [Parameters<typeof session>[0], boolean, boolean])[] = [
    ['designer', false, false],
    ['csm', true, false],
    ['admin', true, true],
    ['auditor', true, true],
  ];
  test.each(hears)('of a %s tells what they may read', async (role, tasks, audit) => {
    const listener = await open('/v2/events', await session(role));
    await live();
    // Another person begins: that is in the audit.
    await world.person(['csm']);
    await world.store.journal.append(anInstance(), numbered([{ kind: 'instanceStarted' }]));
    const ends = () => types(listener).filter((type) => type.endsWith('.changed')).length;
    await listener.until(() => ends() >= (tasks ? 3 : 2));
    const heard = new Set(types(listener));
    expect(TASK.map((type) => heard.has(type))).toEqual(TASK.map(() => tasks));
    expect(INCIDENT.map((type) => heard.has(type))).toEqual([true, true]);
    expect(heard.has('audit.appended')).toBe(audit);
    listener.close();
  });

  test('tells what was asked for: types, one instance', async () => {
    const headers = await session('csm');
    const mine = await live();
    const [key] = await world.store.publicKeys.keysOf([
      { kind: 'processInstance', id: mine.instanceId },
    ]);
    const some = await open('/v2/events?types=incident.created,incident.resolved', headers);
    const one = await open(`/v2/events?processInstanceKey=${key}`, headers);
    await live();
    const entries = numbered([{ kind: 'instanceModified' }], aLife().length + 1);
    await world.store.journal.append(mine, entries);
    await one.until(isOver(one));
    await some.until(() => some.heard.length === 2);
    expect(types(some)).toEqual(INCIDENT);
    expect(types(one)).toEqual(['process_instance.changed']);
    some.close();
    one.close();
  });

  test('goes on where it was: nothing is skipped, nothing comes twice', async () => {
    const headers = await session('csm');
    const before = await open('/v2/events', headers);
    await live();
    await before.until(isOver(before));
    before.close();
    await live();
    const later = await open('/v2/events', { ...headers, 'last-event-id': before.lastId() });
    await live();
    const ends = () => types(later).filter((type) => type === 'process_instance.changed').length;
    await later.until(() => ends() === 2);
    expect(types(later)).toEqual([...types(before), ...types(before)]);
    later.close();
  });

  test('has ids that tell nobody how much happens elsewhere', async () => {
    const user = await world.person(['csm']);
    const headers = await world.session(user);
    const listener = await open('/v2/events', headers);
    await live();
    await listener.until(isOver(listener));
    await live();
    await listener.until(
      () => listener.heard.length > types(listener).indexOf('process_instance.changed') + 1,
    );
    listener.close();
    const ids = listener.heard.map(({ id }) => id ?? '');
    // Sealed, of one length, and of nobody else: no order, no count, no difference can be read off them.
    expect(new Set(ids.map((id) => id.length))).toEqual(new Set([48]));
    expect(new Set(ids).size).toBe(ids.length);
    const own = eventIdsFor(CURSOR_SECRET, user.userId);
    const numbers = ids.map(own.numberOf);
    expect(numbers).not.toContain(null);
    expect(numbers).toEqual(numbers.toSorted((a, b) => Number(a) - Number(b)));
    expect(own.idOf(Number(numbers[0]))).not.toBe(ids[0]);
    expect(eventIdsFor(CURSOR_SECRET, 'somebody-else').numberOf(ids[0] ?? '')).toBeNull();
    // One of somebody else is as one of another database.
    const other = await open('/v2/events', {
      ...(await session('csm')),
      'last-event-id': listener.lastId(),
    });
    await other.until(() => other.heard.length > 0);
    expect(other.heard[0]?.type).toBe('stream.reset');
    other.close();
  });

  test('that is asked for events that are gone says so, and goes on from now', async () => {
    const headers = await session('csm');
    const listener = await open('/v2/events', { ...headers, 'last-event-id': '999999999' });
    await listener.until(() => listener.heard.length > 0);
    expect(listener.heard[0]).toMatchObject({ type: 'stream.reset', data: {} });
    await live();
    await listener.until(isOver(listener));
    expect(types(listener)).toContain('user_task.created');
    listener.close();
  });
});

const refused: readonly (readonly [string, string, Record<string, string>, number])[] = [
  ['an unknown type', '/v2/events?types=nothing', {}, 400],
  ['an unknown parameter', '/v2/events?type=user_task.created', {}, 400],
  ['an id that is none', '/v2/events', { 'last-event-id': 'x y' }, 400],
  ['an instance that is nobody', '/v2/events?processInstanceKey=1', {}, 404],
];
test.each(refused)('%s is refused', async (_what, url, more, status) => {
  const headers = { ...(await session('csm')), ...more };
  const answer = await world.ask({ method: 'GET', url, headers });
  expect(answer.statusCode).toBe(status);
  expect(answer.headers['content-type']).toContain('application/problem+json');
});

test('HEAD opens nothing', async () => {
  const headers = await session('csm');
  for (let n = 0; n < 8; n += 1) {
    const answer = await world.ask({ method: 'HEAD', url: '/v2/events', headers });
    expect(answer.statusCode).toBe(200);
  }
});

describe('of one person', () => {
  test('there are five; a sixth waits until one is closed', async () => {
    const user = await world.person(['csm']);
    const byToken = await world.token(user, ['csm:read']);
    const inSession = await world.session(user);
    const five = await Promise.all(
      [byToken, byToken, byToken, inSession, inSession].map((who) => open('/v2/events', who)),
    );
    const sixth = await listen(address, '/v2/events', inSession);
    expect(sixth.status).toBe(429);
    expect(sixth.headers['retry-after']).toBe('5');
    const other = await open('/v2/events', await session('csm'));
    five[0]?.close();
    let again = await listen(address, '/v2/events', inSession);
    for (let tries = 0; again.status === 429 && tries < 50; tries += 1) {
      await new Promise((wait) => setTimeout(wait, 20));
      again = await listen(address, '/v2/events', inSession);
    }
    expect(again.status).toBe(200);
    for (const one of [...five, other, again]) one.close();
  });

  test('streams that are broken off at once take no place', async () => {
    const headers = await session('csm');
    for (let n = 0; n < 20; n += 1) {
      const controller = new AbortController();
      const asked = fetch(`${address}/v2/events`, { headers, signal: controller.signal });
      setTimeout(() => controller.abort(), n % 5);
      await asked.then((answer) => answer.body?.cancel()).catch(() => {});
    }
    // A server hears of a connection that broke off when it comes to it: until then it holds a place.
    const opened: Listener[] = [];
    await expect
      .poll(
        async () => {
          const one = await listen(address, '/v2/events', headers);
          if (one.status === 200) opened.push(one);
          return opened.length;
        },
        { timeout: 10_000 },
      )
      .toBe(5);
    for (const one of opened) one.close();
  });
});

/** What ends it, done to somebody who listens. */
const endings: Readonly<Record<string, (userId: string, sessionId: string) => Promise<unknown>>> = {
  'a session that is ended': (userId, sessionId) =>
    world.store.identities.endSession(userId, sessionId, 'endSession', by()),
  'a person who is disabled': (userId) =>
    world.store.identities.change(userId, { isActive: false }, by()),
  'other groups': (userId) =>
    world.store.identities.change(userId, { groups: ['elsewhere'] }, by()),
  'other roles': (userId) => world.store.identities.change(userId, { roles: ['designer'] }, by()),
};
const by = () => ({ actor: null, requestId: 'test', reason: null, at: world.at() });
const A_SECOND = 1_000;

// A busy machine may stand still for longer than a look takes: then it is tried again.
describe('within a second it ends by', { retry: 2 }, () => {
  test.each(Object.entries(endings))('%s', async (_how, end) => {
    const user = await world.person(['csm']);
    const listener = await open('/v2/events', await world.session(user));
    const [session] = await world.store.identities.sessions(user.userId, world.at());
    await end(user.userId, session?.sessionId ?? '');
    const began = performance.now();
    await listener.ended;
    expect(performance.now() - began).toBeLessThan(A_SECOND);
  });

  test('a token that is revoked', async () => {
    const user = await world.person(['csm']);
    const listener = await open('/v2/events', await world.token(user, ['csm']));
    const stays = await open('/v2/events', await world.session(user));
    const [token] = await world.store.identities.tokens(user.userId, world.at());
    await world.store.identities.revokeToken(token?.tokenId ?? '', by());
    const began = performance.now();
    await listener.ended;
    expect(performance.now() - began).toBeLessThan(A_SECOND);
    await live();
    await stays.until(isOver(stays));
    stays.close();
  });

  test('a session that nobody used for too long, though its stream was open', async () => {
    const listener = await open('/v2/events', await session('csm'));
    world.move(31 * 60_000);
    const began = performance.now();
    await listener.ended;
    expect(performance.now() - began).toBeLessThan(A_SECOND);
  });
});

test('nothing is asked while nobody listens', async () => {
  const { events } = world.store;
  let looks = 0;
  const advance = events.advance;
  Object.assign(events, {
    advance: () => {
      looks += 1;
      return advance();
    },
  });
  const listener = await open('/v2/events', await session('csm'));
  await listener.until(() => looks > 2);
  listener.close();
  await new Promise((wait) => setTimeout(wait, 400));
  const then = looks;
  await new Promise((wait) => setTimeout(wait, 1_000));
  Object.assign(events, { advance });
  expect(looks).toBe(then);
});

test('the app heard of no fault of its own', () => {
  expect(world.troubles).toEqual([]);
});
