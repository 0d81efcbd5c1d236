/** The inbox over a store with tasks in it: what each view has, pages, orders, what is refused. The engine is asked elsewhere. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { User } from '../../store/index.js';
import { openWorld, type World } from '../support/identities.js';

let world: World;
let cora: User;
let headers: Record<string, string>;
const HOUR_MS = 3_600_000;

interface Put {
  readonly element: string;
  readonly assignee?: string;
  readonly groups?: readonly string[];
  readonly dueInHours?: number;
  readonly promisedInHours?: number;
  readonly state?: string;
  readonly priority?: number;
}

const inHours = (hours: number | undefined): string | null =>
  hours === undefined ? null : new Date(Date.now() + hours * HOUR_MS).toISOString();

/** Writes a task as the journal would. */
async function put(one: Put): Promise<void> {
  const instanceId = randomUUID();
  const { element, assignee = null, groups = [], state = 'CREATED', priority = 50 } = one;
  const isDone = state === 'COMPLETED';
  await world.store.reading(async (db) => {
    await db.execute(sql`insert into process_instances (instance_id, process_id, definition_version,
      definition_hash, root_instance_id, customer_key_id, business_key, last_sequence, state,
      started_at, basis_after, basis_fence, parked_fence)
      values (${instanceId}, 'case', 1, 'none', ${instanceId}, 'system', ${`K-${element}`}, 1,
        'ACTIVE', now(), 0, 0, 0)`);
    await db.execute(sql`insert into user_tasks (instance_id, root_instance_id, task_id, element_id,
      process_id, customer_key_id, business_key, name, assignee, candidate_groups, candidate_users, due_at,
      sla_due_at, priority, state, opened_at, ended_at, completed_by, version, revision)
      values (${instanceId}, ${instanceId}, 't:1', ${element}, 'case', 'system', ${`K-${element}`},
        ${`Do ${element} 100%`}, ${assignee},
        (select coalesce(array_agg(value), '{}') from jsonb_array_elements_text(${JSON.stringify(groups)}::jsonb)),
        '{}', ${inHours(one.dueInHours)}::timestamptz, ${inHours(one.promisedInHours)}::timestamptz,
        ${priority}, ${state}, now(), ${isDone ? inHours(0) : null}::timestamptz,
        ${isDone ? assignee : null}, 1, 1)`);
  });
}

beforeAll(async () => {
  world = await openWorld();
  cora = await world.person(['csm'], { groups: ['support'] });
  headers = await world.session(cora);
  const me = cora.loginName;
  await put({ element: 'late', assignee: me, dueInHours: -1, promisedInHours: 5 });
  await put({ element: 'soon', assignee: me, dueInHours: 9, promisedInHours: 2, priority: 80 });
  await put({ element: 'whenever', assignee: me });
  await put({ element: 'pool', groups: ['support'], dueInHours: 3 });
  await put({ element: 'legal', groups: ['legal'] });
  await put({ element: 'taken', assignee: 'somebody', groups: ['support'] });
  await put({ element: 'done', assignee: me, state: 'COMPLETED' });
});
afterAll(() => world.close());

const ask = async (query: string) => {
  const answer = await world.ask({ url: `/api/v1/tasks${query}`, headers });
  return { status: answer.statusCode, body: answer.json() };
};
const elements = async (query: string): Promise<string[]> => {
  const { status, body } = await ask(query);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.items.map(({ elementId }: { elementId: string }) => elementId);
};

describe('a view', () => {
  test.each([
    ['', ['late', 'soon', 'whenever']],
    ['?view=groups', ['pool']],
    ['?view=unassigned', ['pool', 'legal']],
    ['?view=all', ['late', 'soon', 'pool', 'legal', 'taken', 'whenever']],
    ['?view=completed', ['done']],
  ])('%s has what it says', async (query, expected) => {
    const found = await elements(query);
    expect(found.toSorted()).toEqual(expected.toSorted());
  });

  test.each([
    ['?sort=breach', ['late', 'soon', 'whenever']],
    ['?sort=due&order=asc', ['late', 'soon', 'whenever']],
    ['?sort=due&order=desc', ['whenever', 'soon', 'late']],
    ['?view=all&sort=priority&limit=1', ['soon']],
    ['?view=all&group=legal', ['legal']],
    ['?view=all&assignee=somebody', ['taken']],
    ['?view=all&processId=case&elementId=pool', ['pool']],
    ['?view=all&leastPriority=80', ['soon']],
    ['?view=all&text=k-LEG', ['legal']],
    ['?view=all&text=pool%20100%25', ['pool']],
    ['?view=all&text=pool%20100_', []],
    [`?view=all&customerId=${randomUUID()}`, []],
    [
      `?view=all&breachBefore=${new Date(Date.now() + 150 * 60_000).toISOString()}&sort=breach`,
      ['late', 'soon'],
    ],
  ])('is narrowed and sorted by %s', async (query, expected) => {
    expect(await elements(query)).toEqual(expected);
  });

  test('comes page by page, and a cursor is of its search and its reader', async () => {
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const after: string = next === null ? '' : `&after=${encodeURIComponent(next)}`;
      const { body } = await ask(`?view=all&limit=2${after}`);
      expect(body.total).toEqual({ count: 6, isExact: true });
      seen.push(...body.items.map(({ elementId }: { elementId: string }) => elementId));
      next = body.next;
    } while (next !== null);
    expect(new Set(seen).size).toBe(6);
    const { body } = await ask('?view=all&limit=2');
    const cursor = encodeURIComponent(body.next);
    expect((await ask(`?view=unassigned&limit=2&after=${cursor}`)).status).toBe(400);
    const other = await world.session(await world.person(['csm']));
    const url = `/api/v1/tasks?view=all&limit=2&after=${cursor}`;
    expect((await world.ask({ url, headers: other })).statusCode).toBe(400);
  });

  test('is counted', async () => {
    const { body } = await ask('/counts');
    const counted = Object.entries(body as Record<string, { count: number }>);
    expect(Object.fromEntries(counted.map(([name, { count }]) => [name, count]))).toEqual({
      ...{ mine: 3, groups: 1, unassigned: 2, all: 6, mineLate: 1 },
    });
  });

  test.each([
    ['?view=nothing', 400],
    ['?limit=0', 400],
    ['?limit=201', 400],
    ['?assignee=somebody', 400],
    ['?customerId=x', 400],
    ['?breachBefore=2026-02-31T00:00:00Z', 400],
    ['?colour=red', 422],
    ['?after=bm90aGluZw', 400],
    ['?view=all&text=', 400],
    [`?view=all&text=${'x'.repeat(201)}`, 400],
  ])('that is asked for by %s is refused', async (query, status) => {
    expect((await ask(query)).status).toBe(status);
  });
});

describe('views that people keep', () => {
  const url = '/api/v1/inbox-views';
  const send = async (
    method: 'POST' | 'PATCH' | 'DELETE',
    path: string,
    payload?: object,
    as = headers,
  ) => world.ask({ method, url: `${url}${path}`, headers: as, ...(payload && { payload }) });

  test('are seen by others when they are shared, and changed by their owner alone', async () => {
    const others = await world.session(await world.person(['csm']));
    const query = { view: 'all', group: 'legal' };
    const added = await send('POST', '', { name: ' Legal ', query });
    expect(added.statusCode).toBe(201);
    const { viewId } = added.json();
    expect(added.json()).toMatchObject({ name: 'Legal', isShared: false, isOwn: true, version: 1 });
    const seen = () => world.ask({ url: `${url}/${viewId}`, headers: others });
    expect((await seen()).statusCode).toBe(404);
    const shared = await send('PATCH', `/${viewId}`, { version: 1, isShared: true });
    expect(shared.json()).toMatchObject({ isShared: true, version: 2, query });
    expect((await seen()).json()).toMatchObject({ isOwn: false, owner: cora.loginName, query });
    expect((await send('PATCH', `/${viewId}`, { version: 2, name: 'x' }, others)).statusCode).toBe(
      404,
    );
    expect((await send('DELETE', `/${viewId}`, undefined, others)).statusCode).toBe(404);
    const stale = await send('PATCH', `/${viewId}`, { version: 1, name: 'x' });
    expect([stale.statusCode, stale.json().code]).toEqual([412, 'VIEW_CHANGED']);
    expect((await send('DELETE', `/${viewId}`)).statusCode).toBe(204);
    expect((await seen()).statusCode).toBe(404);
    const { items } = await world.store.audit.query({ filter: { object: `view:${viewId}` } });
    expect(items.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      ...['removeView done', 'changeView refused', 'changeView done', 'addView done'],
    ]);
  });

  test('are so many at most', async () => {
    const many = await world.session(await world.person(['csm']));
    const view = { name: 'One of many', query: { view: 'mine' } };
    for (let count = 0; count < 50; count += 1) {
      expect((await send('POST', '', view, many)).statusCode).toBe(201);
    }
    const one = await send('POST', '', view, many);
    expect([one.statusCode, one.json().code]).toEqual([409, 'VIEWS_TOO_MANY']);
  });

  test.each([
    [{ name: '', query: { view: 'mine' } }, 400],
    [{ name: 'a\nb', query: { view: 'mine' } }, 400],
    [{ name: 'x', query: { view: 'mine', after: 'x' } }, 422],
    [{ name: 'x', query: { view: 'mine' }, ownerId: cora?.userId ?? 'x' }, 422],
  ])('are refused as %j', async (payload, status) => {
    expect((await send('POST', '', payload)).statusCode).toBe(status);
  });
});

test('nothing went wrong on the way', () => {
  expect(world.troubles).toEqual([]);
});
