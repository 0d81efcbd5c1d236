import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Role } from '../../../contracts/identities.js';
import { LINK_MS, MOST_SESSIONS, SESSION_MS } from '../../../store/identities/index.js';
import type { AddedUser, By, Store, User } from '../../../store/index.js';

let names = 0;
const aUser = (roles: readonly Role[], changes: Partial<AddedUser> = {}): AddedUser => {
  names += 1;
  return {
    ...{ userId: randomUUID(), loginName: `somebody-${names}`, displayName: 'Zuleica Prado' },
    ...{ mail: 'zuleica@example.test', locale: 'pt-BR', roles, groups: [], isDemo: false },
    ...changes,
  };
};
const aHash = (): string => randomUUID().replaceAll('-', '').repeat(2);
const aSession = () => ({ sessionId: randomUUID(), tokenHash: aHash() });
const aToken = () => ({
  ...{ tokenId: randomUUID(), tokenHash: aHash(), name: 'reports' },
  ...{ scopes: ['csm'] as const, expiresAt: later(1000) },
});
const AT = '2026-03-02T12:00:00.000Z';
const by = (at = AT): By => ({ actor: 'test', requestId: 'r-1', reason: null, at });
const later = (ms: number): string => new Date(Date.parse(AT) + ms).toISOString();

/** People, and what they get in by. */
export function identitiesSuite(store: () => Store): void {
  const people = () => store().identities;
  const add = (roles: readonly Role[] = ['csm'], hash: string | null = 'a hash') =>
    people().add(aUser(roles), hash, by());
  /** Leaves no other admin but these. */
  const onlyAdmins = async (ids: readonly string[]): Promise<void> => {
    const { items } = await people().search({ filter: { isActive: true, roles: 'admin' } });
    for (const { userId } of items) {
      if (!ids.includes(userId)) await people().change(userId, { isActive: false }, by());
    }
  };

  describe('people', () => {
    test('keep who they are sealed, and give it back', async () => {
      const user = await add();
      expect(await people().get(user.userId)).toEqual(user);
      expect(user).toMatchObject({ displayName: 'Zuleica Prado', mail: 'zuleica@example.test' });
      const text = await store().reading(async (db) => {
        const { rows } = await db.execute(sql`select users::text as text from users`);
        return JSON.stringify(rows);
      });
      expect(text).toContain(user.loginName);
      for (const form of ['utf8', 'hex', 'base64'] as const) {
        expect(text).not.toContain(Buffer.from('Zuleica').toString(form));
      }
      const changed = await people().change(user.userId, { mail: null }, by());
      expect(changed).toMatchObject({ displayName: 'Zuleica Prado', mail: null });
    });

    test('have a name that nobody else has', async () => {
      const { loginName } = await add();
      const again = people().add(aUser([], { loginName }), null, by());
      await expect(again).rejects.toMatchObject({ code: 'LOGIN_NAME_TAKEN' });
    });

    test('are written into the audit with what they may, and by no name', async () => {
      const { userId } = await add(['csm', 'designer']);
      await people().change(userId, { groups: ['billing'] }, by());
      const filter = { object: `user:${userId}` };
      const { items } = await store().audit.query({
        filter,
        sort: [{ field: 'number', order: 'ASC' }],
      });
      expect(items).toMatchObject([
        { action: 'addUser', actor: 'test', data: { roles: ['csm', 'designer'], groups: [] } },
        { action: 'changeUser', data: { groups: ['billing'] } },
      ]);
      expect(JSON.stringify(items)).not.toMatch(/Zuleica|zuleica|somebody/);
    });

    test('are not changed where the audit cannot be written', async () => {
      const { userId } = await add();
      const odd = { ...by(), at: 'no instant' };
      await expect(people().change(userId, { groups: ['x'] }, odd)).rejects.toThrow();
      expect(await people().get(userId)).toMatchObject({ groups: [] });
    });
  });

  describe('admins', () => {
    test('two who remove each other at the same time leave one', async () => {
      for (let round = 0; round < 5; round += 1) {
        const [a, b] = [await add(['admin']), await add(['admin'])];
        await onlyAdmins([a.userId, b.userId]);
        const settled = await Promise.allSettled([
          people().change(a.userId, { roles: ['csm'] }, by()),
          people().change(b.userId, { isActive: false }, by()),
        ]);
        expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
        expect(settled.find(({ status }) => status === 'rejected')).toMatchObject({
          reason: { code: 'LAST_ADMIN' },
        });
        expect(await people().hasAdmin()).toBe(true);
      }
    });

    test('count once they can sign in', async () => {
      const last = await add(['admin']);
      await add(['admin'], null);
      await onlyAdmins([last.userId]);
      const leaving = people().change(last.userId, { isActive: false }, by());
      await expect(leaving).rejects.toMatchObject({ code: 'LAST_ADMIN' });
    });

    test('there is a first one by a link, one of many, in its time', async () => {
      const { items } = await people().search({ filter: { isActive: true, roles: 'admin' } });
      // The last one goes by no way that there is.
      await store().transaction((tx) => tx.execute(sql`delete from user_passwords`));
      expect(items.length).toBeGreaterThan(0);
      const [one, other, late] = [aHash(), aHash(), aHash()];
      for (const hash of [one, other, late]) await people().addFirstLink(hash, by());
      const use = (hash: string, at = AT) =>
        people().useFirstLink(hash, aUser(['admin']), 'a hash', by(at));
      const code = { code: 'LINK_UNKNOWN' };
      await expect(use(late, later(LINK_MS + 1))).rejects.toMatchObject(code);
      await expect(use(aHash())).rejects.toMatchObject(code);
      const settled = await Promise.allSettled([use(one), use(other)]);
      expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      await expect(use(late)).rejects.toMatchObject(code);
      expect(await people().addFirstLink(aHash(), by())).toBeNull();
    });
  });

  /** What is opened for somebody is opened for who they are when they are let in. */
  const disable = (userId: string) => people().change(userId, { isActive: false }, by());
  const enable = (userId: string) => people().change(userId, { isActive: true }, by());

  describe('sessions', () => {
    test('are no more than the most, however many begin at a time', async () => {
      const user = await add();
      const begun = Array.from({ length: 12 }, () => people().openSession(user, aSession(), by()));
      await Promise.all(begun);
      expect(await people().sessions(user.userId, AT)).toHaveLength(MOST_SESSIONS);
    });

    test('end with their person, at the next request', async () => {
      const user = await add();
      const { userId } = user;
      const session = aSession();
      await people().openSession(user, session, by());
      expect(await people().session(session.tokenHash, AT)).toMatchObject({
        account: { userId },
        by: { sessionId: session.sessionId },
      });
      await disable(userId);
      expect(await people().session(session.tokenHash, AT)).toBeNull();
    });

    test('that are over are forgotten, and links too', async () => {
      const user = await add();
      const link = aHash();
      await people().addLink(user.userId, link, by());
      expect(await people().link(link, AT)).toEqual({ loginName: user.loginName });
      await people().openSession(user, aSession(), by());
      await people().prune(later(SESSION_MS + 1));
      const count = await store().reading(async (db) => {
        const { rows } = await db.execute(
          sql`select (select count(*) from user_sessions where user_id = ${user.userId})::int
            + (select count(*) from password_links where token_hash = ${link})::int as n`,
        );
        return rows[0];
      });
      expect(count).toEqual({ n: 0 });
    });
  });

  describe('API tokens', () => {
    test('open until their end, and say when they were used', async () => {
      const user = await add();
      const { userId } = user;
      const token = aToken();
      expect(await people().addToken(user, token, by())).toMatchObject({ isLive: true });
      expect(await people().token(token.tokenHash, later(500))).toMatchObject({
        account: { userId },
      });
      expect(await people().token(token.tokenHash, later(1000))).toBeNull();
      expect(await people().tokens(userId, later(1000))).toMatchObject([
        { tokenId: token.tokenId, lastUsedAt: later(500), isLive: false },
      ]);
    });

    const ends: readonly [string, (tokenId: string, owner: User) => Promise<unknown>][] = [
      ['it is revoked', (tokenId) => people().revokeToken(tokenId, by())],
      [
        'its owner is disabled, also when enabled again',
        async (_tokenId, { userId }) => {
          await disable(userId);
          await enable(userId);
        },
      ],
      [
        'its owner has another password',
        (_tokenId, owner) => people().changePassword(owner, 'x', aSession(), by()),
      ],
    ];
    test.each(ends)('open nothing once %s', async (_what, end) => {
      const user = await add();
      const token = aToken();
      await people().addToken(user, token, by());
      await end(token.tokenId, user);
      expect(await people().token(token.tokenHash, AT)).toBeNull();
      expect(await people().tokens(user.userId, AT)).toMatchObject([{ isLive: false }]);
    });
  });

  /** A request that is on its way when its person's accesses end must leave nothing behind that opens. */
  const onTheirWay: readonly [string, string, (user: User) => Promise<unknown>][] = [
    ['a session', 'SIGN_IN_REFUSED', (user) => people().openSession(user, aSession(), by())],
    ['an API token', 'UNAUTHENTICATED', (user) => people().addToken(user, aToken(), by())],
    [
      'another password',
      'SIGN_IN_REFUSED',
      (user) => people().changePassword(user, 'of an intruder', aSession(), by()),
    ],
  ];
  const meanwhile: readonly [string, (user: User) => Promise<unknown>][] = [
    ['was disabled', ({ userId }) => disable(userId)],
    [
      'was disabled and enabled',
      async ({ userId }) => {
        await disable(userId);
        await enable(userId);
      },
    ],
    ['has another password', (user) => people().changePassword(user, 'new', aSession(), by())],
    ['has other roles', ({ userId }) => people().change(userId, { roles: ['designer'] }, by())],
  ];
  describe.each(meanwhile)('for somebody who %s meanwhile', (_what, happens) => {
    test.each(onTheirWay)('%s is refused', async (_opened, code, open) => {
      const user = await add();
      await happens(user);
      const whatIsOpen = async () => [
        await people().sessions(user.userId, AT),
        await people().tokens(user.userId, AT),
        await people().passwordHash(user.userId),
      ];
      const before = await whatIsOpen();
      await expect(open(user)).rejects.toMatchObject({ code });
      expect(await whatIsOpen()).toEqual(before);
    });
  });
}
