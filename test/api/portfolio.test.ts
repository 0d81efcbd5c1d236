/** A csm and what they do not look after: on every route it is as if it were not there, and nothing of it is counted. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PERMISSIONS, type Permission, type RouteName } from '../../api/permissions.js';
import type { JournalEntry } from '../../engine/model/index.js';
import { createRegistry } from '../../registry/index.js';
import { CUSTOMER, type JournalInstance, type User } from '../../store/index.js';
import { mailMarks } from '../../worker/customers/new-customer.js';
import { readPackageFolder } from '../../worker/start/package-files.js';
import { aCustomer, anImport } from '../support/customer-record.js';
import { listen } from '../support/event-stream.js';
import { openWorld, type World } from '../support/identities.js';
import { anInstance, aTask, numbered } from '../support/store.js';

let world: World;
let address = '';
let mia: User;
let headers: Record<string, string>;
let admin: Record<string, string>;
beforeAll(async () => {
  world = await openWorld(null, 'none', 'portfolio');
  address = await world.app.listen({ host: '127.0.0.1', port: 0 });
  mia = await world.person(['csm'], { groups: ['south'] });
  headers = await world.session(mia);
  admin = await world.session(await world.person(['admin']));
}, 60_000);
afterAll(() => world.close());

const PROCESS = 'onboarding';
const TASK = { elementId: 'Call', elementInstanceId: 'Call:2', scopeId: `${PROCESS}:1` };

interface Life {
  readonly task?: Parameters<typeof aTask>[0];
  readonly variables?: Record<string, string>;
  readonly startedBy?: string;
}

/** An instance that waits at its task, with a variable, a timer and an incident. */
function aLife({ task, variables = { plan: 'gold' }, startedBy }: Life): readonly JournalEntry[] {
  return numbered([
    { kind: 'instanceStarted', actor: startedBy ?? null, data: { processId: PROCESS } },
    {
      ...{ kind: 'elementEntered', elementId: PROCESS, elementInstanceId: `${PROCESS}:1` },
      data: { kind: 'process', name: 'Onboarding' },
    },
    { kind: 'variablesWritten', scopeId: `${PROCESS}:1`, data: { values: variables } },
    { kind: 'elementEntered', ...TASK, data: { kind: 'userTask', name: 'Call' } },
    { kind: 'taskOpened', ...TASK, data: aTask(task ?? {}) },
    {
      ...{ kind: 'timerArmed', ...TASK },
      data: { timerId: 'timer:3', dueAt: '2026-03-09T12:00:00.000Z', text: null },
    },
    {
      ...{ kind: 'incidentOpened', ...TASK },
      data: { incidentId: 'incident:4', code: 'CONDITION_ERROR', message: 'Expected …' },
    },
  ]);
}

async function live(life: Life = {}, more: Partial<JournalInstance> = {}): Promise<string> {
  const instance = anInstance({ processId: PROCESS, ...more });
  await world.store.journal.append(instance, aLife(life));
  return instance.instanceId;
}

/** A customer of their own, whom nobody looks after. */
async function customer(): Promise<string> {
  const one = aCustomer();
  await world.records.record.take([one], anImport(), 0);
  return one.customer.customerId;
}

const by = () => ({ actor: null, requestId: 'test', reason: null, at: world.at() });
const keyOf = async (kind: string, id: string): Promise<string> =>
  (await world.store.publicKeys.keysOf([{ kind, id }]))[0] ?? '';

/** Which thing of an instance a route's key names, by where the route is. */
const NAMED: readonly (readonly [string, (instanceId: string) => Promise<string>])[] = [
  ['/v2/process-instances/', (id) => keyOf('processInstance', id)],
  ['/api/v1/instances/', (id) => keyOf('processInstance', id)],
  ['/v2/element-instances/', (id) => keyOf('elementInstance', `${id}/Call:2`)],
  ['/v2/user-tasks/', (id) => keyOf('userTask', `${id}/Call:2`)],
  ['/api/v1/tasks/', (id) => keyOf('userTask', `${id}/Call:2`)],
  ['/v2/incidents/', (id) => keyOf('incident', `${id}/incident:4`)],
  ['/v2/variables/', (id) => keyOf('variable', `${id}/${PROCESS}:1/plan`)],
];
const BODIES: Partial<Record<RouteName, object>> = {
  completeUserTask: { variables: {} },
  assignUserTask: { assignee: 'mia' },
  updateUserTask: { changeset: { priority: 1 } },
  completeTask: { values: {}, action: null },
  assignTask: { assignee: 'mia' },
  delegateTask: { assignee: 'mia' },
  changeTask: { priority: 1 },
  commentTask: { text: 'Hello' },
  saveTaskDraft: { values: {} },
};

const calledByCsm = (Object.entries(PERMISSIONS) as [RouteName, Permission][]).filter(
  ([, { who }]) => Array.isArray(who) && who.includes('csm'),
);
const withKeys = calledByCsm.flatMap(([name, permission]) => {
  const named = NAMED.find(([prefix]) => permission.path.startsWith(prefix));
  return named && permission.path.includes(':key') ? [[name, permission, named[1]] as const] : [];
});

describe('what is somebody else’s', () => {
  test('is on routes that are known here', () => {
    const others = calledByCsm.filter(([, { path }]) => /:(key|customerId)/.test(path));
    const known = new Set<string>([
      ...withKeys.map(([name]) => name),
      ...['getCustomer', 'searchCustomerCases'],
      // Definitions are everybody's.
      ...others.map(([name]) => name).filter((name) => OF_DEFINITIONS.test(PERMISSIONS[name].path)),
    ]);
    expect(others.map(([name]) => name).filter((name) => !known.has(name))).toEqual([]);
    expect(withKeys.length).toBeGreaterThan(20);
  });

  test.each(withKeys)('is not there for %s', async (name, { method, path, kind }, keyFor) => {
    const foreign = await live({ task: { candidateGroups: ['north'], assignee: null } });
    const ask = (key: string) =>
      world.ask({
        ...{ method, url: path.replace(':key', key).replace(':elementId', 'Call'), headers },
        ...(BODIES[name] && { payload: BODIES[name] }),
      });
    const before = await rowsOf(foreign);
    const [seen, none] = [await ask(await keyFor(foreign)), await ask('7')];
    expect([seen.statusCode, bodyOf(seen)]).toEqual([404, bodyOf(none)]);
    expect(none.statusCode).toBe(404);
    expect(await rowsOf(foreign)).toBe(before);
    expect(kind === 'read' || kind === 'write').toBe(true);
  });

  test.each(['', '/cases/search'])('customer is not there: %s', async (rest) => {
    const ask = (id: string) =>
      world.ask({
        ...{ method: rest ? 'POST' : 'GET', url: `/api/v1/customers/${id}${rest}`, headers },
        ...(rest && { payload: {} }),
      } as never);
    const [seen, none] = [await ask(await customer()), await ask(randomUUID())];
    expect([seen.statusCode, bodyOf(seen)]).toEqual([404, bodyOf(none)]);
    const { items } = await world.store.audit.query({ filter: { action: 'viewCustomer' } });
    expect(items).toEqual([]);
  });

  test.each([
    ['/v2/messages/publication', (one: object) => ({ name: 'offboarding.start', ...one })],
    ['/v2/messages/correlation', (one: object) => ({ name: 'offboarding.start', ...one })],
    ['/v2/signals/broadcast', (one: object) => ({ signalName: 'anything', ...one })],
    ['/v2/user-tasks/TASK/completion', (one: object) => one],
    ['/api/v1/tasks/TASK/completion', (one: object) => ({ action: null, ...one })],
  ])('nothing is told of, by which something would run for it: %s', async (path, bodyOf) => {
    const own = await live({ task: { candidateGroups: ['south'], assignee: null } });
    const url = path.replace('TASK', await keyOf('userTask', `${own}/Call:2`));
    for (const customerId of [await customer(), randomUUID()]) {
      const payload = bodyOf({ variables: { customerId } });
      const answer = await world.ask({ method: 'POST', url, headers, payload });
      expect(answer.statusCode, answer.body).toBe(404);
    }
  });

  test('who looked at one beside a task stands in the audit, once in a while', async () => {
    const customerId = await customer();
    const task = { candidateGroups: ['south'], assignee: null };
    const own = await live({ task, variables: { customerId } });
    const url = `/api/v1/tasks/${await keyOf('userTask', `${own}/Call:2`)}/context`;
    for (const _again of [1, 2]) {
      const { customer: seen } = (await world.ask({ method: 'GET', url, headers })).json();
      expect(seen.customerId).toBe(customerId);
    }
    const filter = { action: 'viewCustomer', object: `customer:${customerId}` };
    const looks = async () => (await world.store.audit.query({ filter })).items;
    expect(await looks()).toMatchObject([{ actor: mia.userId, outcome: 'done' }]);
    world.move(5 * 60_000 + 1);
    await world.ask({ method: 'GET', url, headers });
    expect(await looks()).toHaveLength(2);
  });

  test('nothing is started for', async () => {
    for (const customerId of [await customer(), randomUUID()]) {
      const payload = { processDefinitionId: PROCESS, variables: { customerId } };
      const answer = await world.ask({
        ...{ method: 'POST', url: '/v2/process-instances', headers, payload },
      });
      expect(answer.statusCode).toBe(404);
    }
  });
});

const OF_DEFINITIONS =
  /^\/(v2\/(process|decision)-(definitions|requirements)|api\/v1\/(packages|reports))/;

/** Without what differs by each request. */
function bodyOf({ body }: { readonly body: string }): unknown {
  const { instance: _address, requestId: _id, ...rest } = JSON.parse(body);
  return rest;
}

const rowsOf = (instanceId: string): Promise<string> =>
  world.store.reading(async (db) => {
    const { rows } = await db.execute<{ rows: string }>(sql`select concat_ws(' ',
      (select string_agg(t::text, ' ') from user_tasks t where instance_id = ${instanceId}),
      (select string_agg(j::text, ' ') from journal j where instance_id = ${instanceId}),
      (select string_agg(d::text, ' ') from task_drafts d where instance_id = ${instanceId})) as rows`);
    return rows[0]?.rows ?? '';
  });

interface Found {
  readonly csm: number;
  readonly admin: number;
}

/** How many rows a search has for the csm, and for an admin. */
async function found(path: string, payload: object): Promise<Found> {
  const count = async (as: Record<string, string>): Promise<number> => {
    const answer = await world.ask({ method: 'POST', url: path, headers: as, payload });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json().page.totalItems;
  };
  return { csm: await count(headers), admin: await count(admin) };
}

const NOT_SEEN: Found = { csm: 0, admin: 1 };
const SEEN: Found = { csm: 1, admin: 1 };
const SEARCHES: readonly (readonly [string, (key: string, instanceId: string) => object])[] = [
  ['/v2/process-instances/search', (key) => ({ processInstanceKey: key })],
  ['/v2/element-instances/search', (key) => ({ processInstanceKey: key, elementId: 'Call' })],
  ['/v2/user-tasks/search', (key) => ({ processInstanceKey: key })],
  ['/v2/incidents/search', (key) => ({ processInstanceKey: key })],
  ['/v2/variables/search', (key) => ({ processInstanceKey: key, name: 'plan' })],
];

describe('a search', () => {
  test.each(SEARCHES)('%s finds nothing of it, and no number of it', async (path, filterBy) => {
    const id = await live({ task: { candidateGroups: ['north'] } });
    const filter = filterBy(await keyOf('processInstance', id), id);
    expect(await found(path, { filter })).toEqual(NOT_SEEN);
    const csv = await world.ask({
      ...{ method: 'POST', url: `${path}.csv`, headers, payload: { filter } },
    });
    expect(csv.body.trim().split('\r\n')).toHaveLength(1);
  });

  test.each(SEARCHES)('%s finds what is theirs', async (path, filterBy) => {
    const id = await live({ task: { candidateGroups: ['south'] } });
    const filter = filterBy(await keyOf('processInstance', id), id);
    expect(await found(path, { filter })).toEqual(SEEN);
  });

  test('of a business key is not one either', async () => {
    const businessKey = randomUUID();
    await live({}, { businessKey });
    const filter = { businessId: businessKey };
    expect(await found('/v2/process-instances/search', { filter })).toEqual(NOT_SEEN);
  });

  test('of the inbox has what is theirs alone, and counts that', async () => {
    const other = await live({ task: { candidateGroups: ['north'], assignee: 'somebody' } });
    const own = await live({ task: { candidateGroups: ['north'], assignee: mia.loginName } });
    const answer = await world.ask({ url: '/api/v1/tasks?view=all&limit=100', headers });
    const keys = answer.json().items.map((one: { taskKey: string }) => one.taskKey);
    expect(keys).toContain(await keyOf('userTask', `${own}/Call:2`));
    expect(keys).not.toContain(await keyOf('userTask', `${other}/Call:2`));
    const counts = await world.ask({ url: '/api/v1/tasks/counts', headers });
    expect(counts.json().all.count).toBe(keys.length);
  });

  test('of the inbox tells by no text whether a customer whom they do not see has it', async () => {
    const [mail, nobodys] = [`${randomUUID()}@ria.example`, `${randomUUID()}@ria.example`];
    const outside = aCustomer();
    const marks = [...outside.marks, ...(await mailMarks(mail, world.fingerprint))];
    await world.records.record.take([{ ...outside, marks }], anImport(), 0);
    for (const businessKey of [mail, nobodys]) {
      await live({ task: { candidateGroups: ['south'] } }, { businessKey });
    }
    const among = async (text: string, as = headers): Promise<number> => {
      const answer = await world.ask({ url: `/api/v1/tasks?view=all&text=${text}`, headers: as });
      return answer.json().items.length;
    };
    expect([await among(mail, admin), await among(nobodys, admin)]).toEqual([0, 1]);
    expect([await among(mail), await among(nobodys)]).toEqual([1, 1]);
  });
});

describe('an instance is seen', () => {
  const sees = async (instanceId: string): Promise<boolean> => {
    const key = await keyOf('processInstance', instanceId);
    const answer = await world.ask({ url: `/v2/process-instances/${key}`, headers });
    expect([200, 404]).toContain(answer.statusCode);
    return answer.statusCode === 200;
  };
  const lookedAfter = async (members: { people?: string[]; groups?: string[] }) => {
    const id = await customer();
    const payload = { people: [], groups: [], ...members };
    const url = `/api/v1/customers/${id}/portfolio`;
    const answer = await world.ask({ method: 'PUT', url, headers: admin, payload });
    expect(answer.json()).toEqual(payload);
    return id;
  };

  test.each([
    ['a task of theirs', () => ({ assignee: mia.loginName })],
    ['a task that they may take', () => ({ candidateUsers: [mia.loginName] })],
    ['a task that a group of theirs may take', () => ({ candidateGroups: ['north', 'south'] })],
  ])('by %s, with what called it and what it called', async (_what, taskOf) => {
    const root = await live({ task: {} });
    const of = { callerInstanceId: root, rootInstanceId: root };
    const called = await live({ task: taskOf() }, of);
    const beside = await live({ task: {} }, of);
    expect([await sees(root), await sees(called), await sees(beside)]).toEqual([true, true, true]);
  });

  test('by whom they look after, by its key and by its variable, as long as they do', async () => {
    for (const members of [{ people: [mia.loginName] }, { groups: ['south'] }]) {
      const id = await lookedAfter(members);
      const { keyId } = (await world.store.customerKeys.of(id)) ?? { keyId: '' };
      const byKey = await live({}, { customerKeyId: keyId });
      const byVariable = await live({ variables: { customerId: id } });
      expect([await sees(byKey), await sees(byVariable)]).toEqual([true, true]);
      const whole = await world.ask({ url: `/api/v1/customers/${id}`, headers });
      expect(whole.json().customer.lookedAfterBy).toMatchObject(members);
      await world.store.portfolios.set(id, { people: [], groups: [] }, by());
      expect([await sees(byKey), await sees(byVariable)]).toEqual([false, false]);
      expect((await world.ask({ url: `/api/v1/customers/${id}`, headers })).statusCode).toBe(404);
    }
  });

  test('by standing in for whom it would be seen by a task, upon these processes, while they are away', async () => {
    const away = await world.person(['csm'], { groups: ['west'] });
    const id = await live({ task: { candidateGroups: ['west'] } });
    const other = await live({ task: { assignee: away.loginName } }, { processId: 'another' });
    expect([await sees(id), await sees(other)]).toEqual([false, false]);
    const ids = { substituteId: randomUUID(), absentId: away.userId, personId: mia.userId };
    const dates = { fromAt: '2026-01-01T00:00:00.000Z', untilAt: '2999-01-01T00:00:00.000Z' };
    const one = { ...ids, ...dates, tz: 'UTC', processIds: [PROCESS] };
    await world.store.inbox.substitutes.add(one, by());
    expect([await sees(id), await sees(other)]).toEqual([true, false]);
    await world.store.inbox.substitutes.remove(one.substituteId, null, by());
    expect(await sees(id)).toBe(false);
  });

  test('by having started it, and not by others having', async () => {
    expect(await sees(await live({ startedBy: mia.loginName }))).toBe(true);
    expect(await sees(await live({ startedBy: 'somebody' }))).toBe(false);
  });

  test('by having started it no more once it, or what it called, is of a customer outside', async () => {
    const startedBy = mia.loginName;
    const [outside, own] = [await customer(), await lookedAfter({ people: [mia.loginName] })];
    const { keyId } = (await world.store.customerKeys.of(outside)) ?? { keyId: '' };
    const ofKey = await live({ startedBy }, { customerKeyId: keyId });
    const ofVariable = await live({
      ...{ startedBy, variables: { customerId: outside, plan: 'gold' } },
    });
    const nobodys = await live({ startedBy, variables: { customerId: '', plan: 'gold' } });
    const theirs = await live({ startedBy, variables: { customerId: own } });
    const root = await live({ startedBy });
    expect(await sees(root)).toBe(true);
    const of = { callerInstanceId: root, rootInstanceId: root };
    const called = await live({ variables: { customerId: outside } }, of);
    const seen = [ofKey, ofVariable, nobodys, theirs, root, called];
    expect(await Promise.all(seen.map(sees))).toEqual([false, false, true, true, false, false]);
    // Where many are asked about, and where they are counted, as where one is.
    for (const [path, filterBy] of SEARCHES.filter(([at]) => !at.includes('user-tasks'))) {
      const filters = await Promise.all(
        [ofVariable, nobodys].map(async (id) => filterBy(await keyOf('processInstance', id), id)),
      );
      const counts = await Promise.all(filters.map((filter) => found(path, { filter })));
      expect(counts.map(({ csm }) => csm)).toEqual([0, 1]);
    }
    await world.store.portfolios.set(outside, { people: [mia.loginName], groups: [] }, by());
    expect(await Promise.all(seen.map(sees))).toEqual(seen.map(() => true));
  });

  test('by another role that sees all, and values of the portfolio alone', async () => {
    const id = await live({ task: { candidateGroups: ['north'] } });
    const both = await world.session(await world.person(['csm', 'designer']));
    const key = await keyOf('processInstance', id);
    const get = (url: string) => world.ask({ url, headers: both });
    expect((await get(`/v2/process-instances/${key}`)).statusCode).toBe(200);
    const variable = await keyOf('variable', `${id}/${PROCESS}:1/plan`);
    expect((await get(`/v2/variables/${variable}`)).json().value).toBe('"⟨masked⟩"');
    const probe = await world.ask({
      ...{ method: 'POST', url: '/v2/process-instances/search', headers: both },
      payload: { filter: { variables: [{ name: 'plan', value: '"gold"' }] } },
    });
    expect(probe.statusCode).toBe(403);
  });
});

describe('a customer', () => {
  const seen = async (payload: object, as = headers): Promise<readonly string[]> => {
    const answer = await world.ask({
      ...{ method: 'POST', url: '/api/v1/customers/search', headers: as, payload },
    });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json().items.map((one: { customerId: string }) => one.customerId);
  };

  test('is found by whoever looks after it, or has something to do for it', async () => {
    const [none, theirs, worked] = [await customer(), await customer(), await customer()];
    await world.store.portfolios.set(theirs, { people: [mia.loginName], groups: [] }, by());
    await live({ task: { candidateGroups: ['south'] }, variables: { customerId: worked } });
    const ids = await seen({ page: { limit: 100 } });
    expect(ids).toEqual(expect.arrayContaining([theirs, worked]));
    expect(ids).not.toContain(none);
    expect(await seen({ page: { limit: 100 } }, admin)).toContain(none);
    expect(await seen({ find: { lookedAfterBy: mia.loginName } }, admin)).toContain(theirs);
    expect(await seen({ find: { name: 'ria' } })).not.toContain(none);
  });

  test('counts for what customers are filtered by: stages of others are not told', async () => {
    const table = world.records.record.table(CUSTOMER);
    const inStage = async (id: string, stage: string) =>
      table.change([id], (await table.get(id))?.version ?? 0, { stage });
    const [none, theirs] = [await customer(), await customer()];
    await world.store.portfolios.set(theirs, { people: [mia.loginName], groups: [] }, by());
    await inStage(none, 'of-others');
    await inStage(theirs, 'adoption');
    const stages = async (as: Record<string, string>) =>
      (await world.ask({ method: 'GET', url: '/api/v1/customers/filters', headers: as })).json()
        .stages;
    expect(await stages(headers)).toEqual(['adoption']);
    expect(await stages(admin)).toEqual(['adoption', 'of-others']);
  });

  test('is given by admins alone, to people who are there, and that is in the audit', async () => {
    const id = await customer();
    const put = (as: Record<string, string>, payload: object) =>
      world.ask({ method: 'PUT', url: `/api/v1/customers/${id}/portfolio`, headers: as, payload });
    const members = { people: [mia.loginName], groups: ['south'], reason: 'a new region' };
    expect((await put(headers, members)).json().code).toBe('FORBIDDEN');
    const nobody = await put(admin, { people: ['nobody-here'], groups: [] });
    expect([nobody.statusCode, nobody.json().code]).toEqual([422, 'PORTFOLIO_PERSON_UNKNOWN']);
    expect((await put(admin, { people: [], groups: [], role: 'admin' })).statusCode).toBe(422);
    expect((await put(admin, members)).statusCode).toBe(200);
    const { items } = await world.store.audit.query({ filter: { object: `customer:${id}` } });
    expect(items.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ...[
        ['done', 'a new region'],
        ['refused', null],
      ],
    ]);
  });
});

test('reports count what is seen, for each', async () => {
  const processId = `counted-${randomUUID()}`;
  await live({ task: { candidateGroups: ['south'] } }, { processId });
  await live({ task: { candidateGroups: ['north'] } }, { processId });
  const ask = { processIds: [processId], version: null, bounds: ['2026-03-01', '2026-04-01'] };
  const started = async (viewer: { user: string; groups: string[] } | null) => {
    const { reports } = world.store.seenBy(viewer);
    const rows = await reports.instances(ask);
    const all = rows.find((one) => one.period === null && one.version === null);
    const elements = await reports.elements(ask);
    const call = elements.find((one) => one.elementId === 'Call' && one.version === null);
    return [all?.started, all?.inFlight, all?.incidents, call?.times, call?.active];
  };
  expect(await started(null)).toEqual([2, 2, 2, 2, 2]);
  expect(await started({ user: 'x', groups: ['south'] })).toEqual([1, 1, 1, 1, 1]);
  const nobody = await started({ user: 'x', groups: [] });
  expect(nobody.every((one) => one === undefined || one === 0)).toBe(true);
});

test('events tell of what is seen, for each', async () => {
  const [csm, all] = [
    await listen(address, '/v2/events', headers),
    await listen(address, '/v2/events', admin),
  ];
  const foreign = await keyOf('processInstance', await live({ task: {} }));
  const own = await keyOf('processInstance', await live({ task: { candidateGroups: ['south'] } }));
  const of = (key: string) => (event: { data: object }) =>
    (event.data as { processInstanceKey?: string }).processInstanceKey === key;
  await csm.until(() => csm.heard.some(of(own)));
  await all.until(() => all.heard.some(of(own)));
  expect(csm.heard.some(of(foreign))).toBe(false);
  expect(all.heard.some(of(foreign))).toBe(true);
  csm.close();
  all.close();
});

const ofKey =
  (key: string, type?: string) =>
  (event: { readonly type: string; readonly data: object }): boolean =>
    (event.data as { processInstanceKey?: string }).processInstanceKey === key &&
    (type === undefined || event.type === type);

const ofTasks = ({ type }: { readonly type: string }) => type.startsWith('user_task.');
const ofIncidents = ({ type }: { readonly type: string }) => type.startsWith('incident.');

test('events of tasks and incidents are told to whoever is shown these, by whichever role they see instances', async () => {
  const both = await world.person(['csm', 'designer'], { groups: ['south'] });
  const [session, byToken] = [await world.session(both), await world.token(both, ['csm'])];
  const [designs, works] = [
    await listen(address, '/v2/events', session),
    await listen(address, '/v2/events', byToken),
  ];
  const foreign = await keyOf('processInstance', await live({ task: {} }));
  const own = await keyOf('processInstance', await live({ task: { candidateGroups: ['south'] } }));
  for (const listener of [designs, works]) {
    await listener.until(() => listener.heard.some(ofKey(own, 'process_instance.changed')));
    expect(listener.heard.filter(ofKey(own)).some(ofTasks)).toBe(true);
    expect(listener.heard.filter(ofKey(own)).some(ofIncidents)).toBe(true);
  }
  const heard = designs.heard.filter(ofKey(foreign));
  expect(heard.some(({ type }) => type === 'process_instance.started')).toBe(true);
  // Designers are shown incidents, and no tasks.
  expect([heard.some(ofTasks), heard.some(ofIncidents)]).toEqual([false, true]);
  expect(works.heard.filter(ofKey(foreign))).toEqual([]);
  designs.close();
  works.close();
});

test('tasks of what somebody started are neither heard of nor on its page, unless they are theirs', async () => {
  const csm = await listen(address, '/v2/events', headers);
  const [report] = await createRegistry(world.store).deploy({
    packages: [await readPackageFolder('definitions/support-ticket')],
    ...{ deployedAt: world.at(), mode: 'compat', alongside: ['support-ticket'] },
  });
  const definition = { version: 1, hash: report?.hash ?? '' };
  const ofIt = { processId: 'support-ticket', definition };
  const startedBy = mia.loginName;
  const foreign = await live({ startedBy, task: { candidateGroups: ['north'] } }, ofIt);
  const own = await live({ startedBy, task: { candidateGroups: ['south'] } }, ofIt);
  const [foreignKey, ownKey] = [
    await keyOf('processInstance', foreign),
    await keyOf('processInstance', own),
  ];
  await csm.until(() => csm.heard.some(ofKey(ownKey, 'process_instance.changed')));
  expect(csm.heard.filter(ofKey(ownKey)).some(ofTasks)).toBe(true);
  expect(csm.heard.filter(ofKey(foreignKey)).some(ofTasks)).toBe(false);
  expect(csm.heard.filter(ofKey(foreignKey)).some(ofIncidents)).toBe(true);
  csm.close();
  const tasksOf = async (key: string, as = headers): Promise<number> => {
    const answer = await world.ask({ url: `/api/v1/instances/${key}`, headers: as });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json().tasks.length;
  };
  expect([await tasksOf(foreignKey), await tasksOf(ownKey)]).toEqual([0, 1]);
  expect(await tasksOf(foreignKey, admin)).toBe(1);
});

test('where a deployment says so, a csm sees all', async () => {
  const open = await openWorld(null, 'none', 'all');
  const instance = anInstance({ processId: PROCESS });
  await open.store.journal.append(instance, aLife({ task: {} }));
  const session = await open.session(await open.person(['csm']));
  const [key] = await open.store.publicKeys.keysOf([
    { kind: 'processInstance', id: instance.instanceId },
  ]);
  const answer = await open.ask({ url: `/v2/process-instances/${key}`, headers: session });
  expect(answer.statusCode).toBe(200);
  await open.close();
});

test('nothing went wrong on the way', () => {
  expect(world.troubles).toEqual([]);
});
