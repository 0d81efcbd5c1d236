/** Every route of the table, asked by everybody there is: who may is answered, who may not changes nothing. */
import { randomUUID } from 'node:crypto';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PERMISSIONS, type Permission, type RouteName } from '../../api/permissions.js';
import { ROLES, type Role, SCOPES } from '../../contracts/identities.js';
import { IDLE_MS } from '../../store/identities/index.js';
import type { User } from '../../store/index.js';
import { type Asking, type Askings, askingsIn } from '../support/askings.js';
import { openWorld, stateOf, type World } from '../support/identities.js';

let world: World;
let askings: Askings;
beforeAll(async () => {
  world = await openWorld();
  askings = askingsIn(world);
});
afterAll(() => world.close());

/** Somebody who asks: what they may, and what they send along. */
interface Caller {
  readonly reads: readonly Role[];
  readonly writes: readonly Role[];
  readonly isProgram: boolean;
  /** Nobody is let in by it. */
  readonly isOut: boolean;
  readonly come: () => Promise<{
    readonly user: User | null;
    readonly headers: Record<string, string>;
  }>;
}

const OUT = { reads: [], writes: [], isProgram: false, isOut: true } as const;
const MINUTE_MS = 60_000;
const writesOf = (role: Role): readonly Role[] => (role === 'auditor' ? [] : [role]);

const inSession = (role: Role): Caller => ({
  ...{ reads: [role], writes: writesOf(role), isProgram: false, isOut: false },
  come: async () => {
    const user = await world.person([role]);
    return { user, headers: await world.session(user) };
  },
});
const byToken = (scope: (typeof SCOPES)[number]): Caller => {
  const role = scope.replace(':read', '') as Role;
  const writes = scope === role ? writesOf(role) : [];
  return {
    ...{ reads: [role], writes, isProgram: true, isOut: false },
    come: async () => {
      const user = await world.person([role]);
      return { user, headers: await world.token(user, [scope]) };
    },
  };
};
const disabled = (headersOf: (user: User) => Promise<Record<string, string>>): Caller => ({
  ...OUT,
  come: async () => {
    const user = await world.person(['admin']);
    const headers = await headersOf(user);
    const by = { actor: null, requestId: null, reason: null, at: world.at() };
    const after = await world.store.identities.change(user.userId, { isActive: false }, by);
    return { user: after, headers };
  },
});

const CALLERS: Readonly<Record<string, Caller>> = {
  anonymous: { ...OUT, come: async () => ({ user: null, headers: {} }) },
  ...Object.fromEntries(ROLES.map((role) => [role, inSession(role)])),
  ...Object.fromEntries(SCOPES.map((scope) => [`token ${scope}`, byToken(scope)])),
  'disabled user': disabled((user) => world.session(user)),
  'token of a disabled user': disabled((user) => world.token(user, ['admin'])),
  'expired session': {
    ...OUT,
    come: async () => {
      const user = await world.person(['admin']);
      const headers = await world.session(user);
      world.move(IDLE_MS + MINUTE_MS);
      return { user: null, headers };
    },
  },
  'unknown token': {
    ...OUT,
    come: async () => ({ user: null, headers: { authorization: `Bearer jrn_${'a'.repeat(43)}` } }),
  },
};

/** What the table says, told once more. Of a token that its owner may do it, if that is so. */
function expected(row: Permission, caller: Caller): string | null {
  const refusal = refusalIn(row, caller);
  if (!caller.isProgram || refusal === null || !refusal.startsWith('403')) return refusal;
  const owner = { ...caller, isProgram: false, writes: caller.reads.flatMap(writesOf) };
  return refusalIn(row, owner) === null ? '403 TOKEN_INSUFFICIENT' : refusal;
}

function refusalIn({ who, kind, by }: Permission, caller: Caller): string | null {
  if (who === 'anonymous') return null;
  if (caller.isOut || who === 'provisioner') return '401 UNAUTHENTICATED';
  if (kind === 'write' && caller.writes.length === 0) return '403 READ_ONLY';
  if (by === 'session' && caller.isProgram) return '403 FORBIDDEN';
  const has = kind === 'read' ? caller.reads : caller.writes;
  return who === 'signed-in' || who.some((role) => has.includes(role)) ? null : '403 FORBIDDEN';
}

const requestOf = (
  { method, path }: Permission,
  { params = {}, payload, query = '', headers: own = {} }: Asking,
  headers: Record<string, string>,
  remoteAddress: string,
): InjectOptions => ({
  ...{ method, headers: { ...headers, ...own }, remoteAddress },
  url: `${path.replace(/:(\w+)/g, (_part, name: string) => params[name] ?? '')}${query}`,
  ...(payload && { payload }),
});

/** SCIM has no place for a code but its detail. */
const codeIn = ({ title, detail = '' }: { readonly title?: string; readonly detail?: string }) =>
  title ?? detail.split(':')[0];

const names = Object.keys(PERMISSIONS) as RouteName[];
const cells = Object.keys(CALLERS).flatMap((caller) =>
  names.map((name) => [caller, name] as const),
);

describe(`the matrix of ${names.length} routes and ${Object.keys(CALLERS).length} callers`, () => {
  test.each(cells)('%s: %s', async (who, name) => {
    const caller = CALLERS[who] as Caller;
    const row: Permission = PERMISSIONS[name];
    const { user, headers } = await caller.come();
    const asking = await askings[name](user);
    const refusal = expected(row, caller);
    const before = refusal === null ? '' : await stateOf(world);
    const address = `10.0.${Object.keys(CALLERS).indexOf(who)}.${names.indexOf(name)}`;
    const answer = await world.ask(requestOf(row, asking, headers, address));
    if (refusal === null) {
      expect(answer.statusCode).toBe(asking.status);
    } else {
      expect(`${answer.statusCode} ${codeIn(answer.json())}`).toBe(refusal);
      expect(await stateOf(world)).toBe(before);
    }
    expect(world.troubles).toEqual([]);
  });
});

describe('what is not there', () => {
  const within = names.filter(
    (name) => PERMISSIONS[name].path.includes(':') && PERMISSIONS[name].who !== 'provisioner',
  );
  test.each(within)('is answered as such by %s', async (name) => {
    const row: Permission = PERMISSIONS[name];
    const headers = await world.session(await world.person(['admin']));
    const { payload, query, headers: own } = await askings[name](null);
    const before = await stateOf(world);
    const ids = { userId: randomUUID(), tokenId: randomUUID(), sessionId: randomUUID(), file: 'x' };
    const places = { draftId: randomUUID(), packageKey: 'nowhere', hash: 'f', connectorId: 'none' };
    const others = { webhookId: randomUUID(), hookId: randomUUID(), deliveryId: 'msg_1' };
    const records = { caseId: randomUUID(), customerId: randomUUID() };
    const params = { ...ids, ...places, ...others, ...records, viewId: randomUUID(), key: '1' };
    const sent = {
      ...(payload && { payload }),
      ...(query && { query }),
      ...(own && { headers: own }),
    };
    const asking = { params, status: 404, ...sent };
    const answer = await world.ask(requestOf(row, asking, headers, '10.9.0.1'));
    expect(`${answer.statusCode} ${answer.json().title}`).toBe('404 NOT_FOUND');
    expect(await stateOf(world)).toBe(before);
  });
});

test('what is refused of somebody who is known is in the audit', async () => {
  const user = await world.person(['auditor']);
  const { userId } = await world.person(['csm']);
  const url = `/api/v1/users/${userId}/disable`;
  await world.ask({ method: 'POST', url, headers: await world.session(user) });
  const { items } = await world.store.audit.query({ filter: { actor: user.userId } });
  expect(items[0]).toMatchObject({
    ...{ action: 'request', object: 'route:disableUser' },
    ...{ outcome: 'refused', code: 'READ_ONLY' },
  });
});
