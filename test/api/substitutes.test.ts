/** Substitutes over the API: who may name whom, for when; what whoever stands in sees, within the limits, and no further. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { User } from '../../store/index.js';
import { openWorld, type World } from '../support/identities.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const DAY_MS = 86_400_000;
const day = (on: number): string =>
  new Date(Date.parse(world.at()) + on * DAY_MS).toISOString().slice(0, 10);

/** Writes a task as the journal would. */
async function put(
  element: string,
  {
    assignee = null,
    standsFor = null,
    groups = [],
    processId = 'case',
  }: {
    readonly assignee?: string | null;
    readonly standsFor?: string | null;
    readonly groups?: readonly string[];
    readonly processId?: string;
  },
): Promise<void> {
  const instanceId = randomUUID();
  await world.store.reading(async (db) => {
    await db.execute(sql`insert into process_instances (instance_id, process_id, definition_version,
      definition_hash, root_instance_id, customer_key_id, last_sequence, state,
      started_at, basis_after, basis_fence, parked_fence)
      values (${instanceId}, ${processId}, 1, 'none', ${instanceId}, 'system', 1,
        'ACTIVE', now(), 0, 0, 0)`);
    await db.execute(sql`insert into user_tasks (instance_id, root_instance_id, task_id, element_id,
      process_id, customer_key_id, name, assignee, stands_for, candidate_groups, candidate_users,
      priority, state, opened_at, version, revision)
      values (${instanceId}, ${instanceId}, 't:1', ${element}, ${processId}, 'system', ${element}, ${assignee}, ${standsFor},
        (select coalesce(array_agg(value), '{}') from jsonb_array_elements_text(${JSON.stringify(groups)}::jsonb)),
        '{}', 50, 'CREATED', now(), 1, 1)`);
  });
}

const as = async (user: User) => {
  const headers = await world.session(user);
  const ask = async (method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) => {
    const url = `/api/v1${path}`;
    const answer = await world.ask({ method, url, headers, ...(payload && { payload }) });
    return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
  };
  return ask;
};
const seen = async (ask: Awaited<ReturnType<typeof as>>, view: string) => {
  const { body } = await ask('GET', `/tasks?view=${view}`);
  const rows = body.items as { elementId: string; asSubstituteFor: string | null }[];
  return rows.map((one) => `${one.elementId} for ${one.asSubstituteFor}`).toSorted();
};

describe('whoever stands in', () => {
  test('sees what the absent has and could take, within days and processes, and no chains', async () => {
    const [dora, cora, bea] = await Promise.all([
      world.person(['csm'], { groups: ['legal'] }),
      world.person(['csm'], { groups: ['billing'] }),
      world.person(['csm']),
    ]);
    await put('hers', { assignee: cora.loginName });
    await put('hers-elsewhere', { assignee: cora.loginName, processId: 'other' });
    await put('pool', { groups: ['billing'] });
    await put('pool-elsewhere', { groups: ['billing'], processId: 'other' });
    await put('far', { assignee: dora.loginName });
    const [asCora, asBea, asDora] = [await as(cora), await as(bea), await as(dora)];
    const days = { from: day(0), until: day(2), tz: 'UTC' };
    // Dora is away too, and cora stands in for her: bea, who stands in for cora, does not.
    const chain = { substitute: cora.loginName, ...days };
    expect((await asDora('POST', '/substitutes', chain)).status).toBe(201);
    const named = await asCora('POST', '/substitutes', {
      ...{ substitute: bea.loginName, ...days, processIds: ['case'] },
    });
    expect([named.status, named.body.isActive]).toEqual([201, true]);
    expect(await seen(asBea, 'mine')).toEqual([`hers for ${cora.loginName}`]);
    expect(await seen(asBea, 'groups')).toEqual([`pool for ${cora.loginName}`]);
    expect(await seen(asCora, 'mine')).toEqual([
      ...[`far for ${dora.loginName}`, 'hers for null', 'hers-elsewhere for null'],
    ]);
    const { body } = await asBea('GET', '/tasks/counts');
    expect([body.mine.count, body.groups.count]).toEqual([1, 1]);
    world.move(3 * DAY_MS);
    expect(await seen(await as(bea), 'mine')).toEqual([]);
    const told = await world.told(cora.userId);
    expect(told.map(({ action }) => action)).toContain('addSubstitute');
  });

  test('keeps what they took once the days are over, and whom they took it for sees it', async () => {
    const cora = await world.person(['csm']);
    const bea = await world.person(['csm']);
    await put('taken', { assignee: bea.loginName, standsFor: cora.loginName });
    for (const who of [bea, cora]) {
      const seenBy = world.store.seenBy({ user: who.loginName, groups: [] });
      const { items } = await seenBy.userTasks.search({});
      expect(items).toMatchObject([{ assignee: bea.loginName, standsFor: cora.loginName }]);
    }
  });

  test('stands in no more once it is removed, by the absent or an admin', async () => {
    const [cora, bea, ada] = await Promise.all([
      ...[world.person(['csm']), world.person(['csm']), world.person(['admin'])],
    ]);
    if (!cora || !bea || !ada) throw new Error('somebody is missing');
    await put('mine', { assignee: cora.loginName });
    const [asBea, asAda] = [await as(bea), await as(ada)];
    const wanted = {
      ...{ absent: cora.loginName, substitute: bea.loginName },
      ...{ from: day(0), until: day(0), tz: 'America/Sao_Paulo' },
    };
    expect((await asBea('POST', '/substitutes', wanted)).status).toBe(403);
    // Today may have ended or not begun there.
    const { status, body } = await asAda('POST', '/substitutes', {
      ...wanted,
      ...{ from: day(-1), until: day(1) },
    });
    expect(status).toBe(201);
    expect(await seen(asBea, 'mine')).toEqual([`mine for ${cora.loginName}`]);
    const path = `/substitutes/${body.substituteId}`;
    expect((await asBea('DELETE', path)).status).toBe(404);
    expect((await asBea('GET', '/substitutes')).body.items).toHaveLength(1);
    expect((await asBea('GET', '/substitutes?of=all')).status).toBe(403);
    expect((await (await as(cora))('DELETE', path)).status).toBe(204);
    expect(await seen(asBea, 'mine')).toEqual([]);
  });

  test('stands in for nobody who works on no tasks any more', async () => {
    const [cora, bea] = [await world.person(['csm']), await world.person(['csm'])];
    await put('former', { assignee: cora.loginName });
    const days = { from: day(0), until: day(1), tz: 'UTC' };
    const named = { substitute: bea.loginName, ...days };
    expect((await (await as(cora))('POST', '/substitutes', named)).status).toBe(201);
    expect(await seen(await as(bea), 'mine')).toEqual([`former for ${cora.loginName}`]);
    await world.store.reading(async (db) => {
      await db.execute(sql`update users set roles = '{designer}' where user_id = ${cora.userId}`);
    });
    expect(await seen(await as(bea), 'mine')).toEqual([]);
  });

  test('is not who is disabled, reads only, is oneself or nobody, nor for days that are over', async () => {
    const [cora, rui, bea] = [
      await world.person(['csm']),
      await world.person(['auditor']),
      await world.person(['csm']),
    ];
    const ask = await as(cora);
    const days = { from: day(1), until: day(1), tz: 'UTC' };
    const tries = [
      { substitute: rui.loginName, ...days },
      { substitute: 'nobody-there', ...days },
      { substitute: cora.loginName, ...days },
      { substitute: bea.loginName, ...days, from: day(-3), until: day(-2) },
      { substitute: bea.loginName, ...days, from: day(3) },
      { substitute: bea.loginName, ...days, until: day(500) },
      { substitute: bea.loginName, ...days, tz: 'Nowhere/City' },
    ];
    for (const payload of tries) {
      const { status, body } = await ask('POST', '/substitutes', payload);
      expect([status, body.code], JSON.stringify(payload)).toEqual([422, 'SUBSTITUTE_INVALID']);
    }
    for (let count = 0; count < 20; count += 1) {
      const payload = { substitute: bea.loginName, ...days };
      expect((await ask('POST', '/substitutes', payload)).status).toBe(201);
    }
    const more = await ask('POST', '/substitutes', { substitute: bea.loginName, ...days });
    expect(more.body.code).toBe('SUBSTITUTES_TOO_MANY');
  });
});

test('nothing went wrong on the way', () => {
  expect(world.troubles).toEqual([]);
});
