/** Who reads values: each route that carries some, asked by everybody who may; what leaves the server, and what the audit keeps of it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PERMISSIONS, type Permission, type RouteName } from '../../api/permissions.js';
import { SAME_READING_MS } from '../../api/values/kept.js';
import { planOf } from '../../api/values/plan.js';
import type { Role } from '../../contracts/identities.js';
import { MASKED } from '../../contracts/masked.js';
import type { JournalEntry } from '../../engine/model/index.js';
import { createRegistry } from '../../registry/index.js';
import { readPackageFolder } from '../../worker/start/package-files.js';
import { openWorld, type World } from '../support/identities.js';
import { anInstance, aTask, numbered } from '../support/store.js';

let world: World;
let definitionHash: string;
let own: string;
let foreign: string;
beforeAll(async () => {
  world = await openWorld(null, 'none', 'portfolio');
  const packages = [await readPackageFolder(`definitions/${PROCESS}`)];
  const deployment = { deployedAt: world.at(), mode: 'strict', alongside: [] } as const;
  const [made] = await createRegistry(world.store).deploy({ ...deployment, packages });
  definitionHash = made?.hash ?? '';
  own = await live('south');
  foreign = await live('north');
}, 60_000);
afterAll(() => world.close());

/** It is in a variable, a message of an incident, what a message is found by, what a job said, and a comment. */
const CANARY = 'canary-7f3a';
const PROCESS = 'legal-hold';
const ROOT = { elementId: PROCESS, elementInstanceId: `${PROCESS}:1` };
const TASK = { elementId: 'Call', elementInstanceId: 'Call:2', scopeId: `${PROCESS}:1` };
const JOB = { elementId: 'Tell', elementInstanceId: 'Tell:3', scopeId: `${PROCESS}:1` };

async function live(group: string): Promise<string> {
  const entries: readonly JournalEntry[] = numbered([
    { kind: 'instanceStarted', actor: null, data: { processId: PROCESS } },
    { kind: 'elementEntered', ...ROOT, data: { kind: 'process', name: 'Onboarding' } },
    { kind: 'variablesWritten', scopeId: `${PROCESS}:1`, data: { values: { plan: CANARY } } },
    { kind: 'elementEntered', ...TASK, data: { kind: 'userTask', name: 'Call' } },
    { kind: 'taskOpened', ...TASK, data: aTask({ candidateGroups: [group] }) },
    { kind: 'taskCommented', ...TASK, actor: 'mia', data: { text: CANARY } },
    {
      ...{ kind: 'timerArmed', ...TASK },
      data: { timerId: 'timer:3', dueAt: '2026-03-09T12:00:00.000Z', text: CANARY },
    },
    {
      ...{ kind: 'subscriptionOpened', ...TASK },
      data: { subscriptionId: 'sub:5', of: 'message', name: 'answered', key: CANARY },
    },
    { kind: 'jobFailed', ...JOB, data: { type: 'tell', message: CANARY } },
    {
      ...{ kind: 'incidentOpened', ...TASK },
      data: { incidentId: 'incident:4', code: 'CONDITION_ERROR', message: CANARY },
    },
  ]);
  const instance = anInstance({
    processId: PROCESS,
    definition: { version: 1, hash: definitionHash },
  });
  await world.store.journal.append(instance, entries);
  await batchUpon(instance.instanceId);
  return instance.instanceId;
}

/** A batch that failed upon it, as an engine would have written it. */
async function batchUpon(instanceId: string): Promise<void> {
  const { batches } = world.store;
  const batchId = randomUUID();
  const by = { actor: 'ada', requestId: batchId, reason: null, at: world.at() };
  const plan = { type: 'CANCEL_PROCESS_INSTANCE' } as const;
  await batches.begin({ batchId, plan }, { filter: { instanceId }, variables: [] }, by);
  const fault = { code: 'CONDITION_ERROR', message: CANARY } as const;
  const told = { action: 'cancelInstance', object: `instance:${instanceId}`, data: null } as const;
  const act = { ...by, ...told, outcome: 'refused', code: fault.code } as const;
  await batches.settle({ batchId, itemId: instanceId, instanceId, fault, act });
}

const keyOf = async (kind: string, id: string): Promise<string> =>
  (await world.store.publicKeys.keysOf([{ kind, id }]))[0] ?? '';

type Ask = (id: string) => Promise<{ readonly key?: string; readonly payload?: object }>;
const within: Ask = async (id) => ({
  payload: { filter: { processInstanceKey: await keyOf('processInstance', id) } },
});
const of =
  (kind: string, rest: string, payload?: object): Ask =>
  async (id) => ({ key: await keyOf(kind, `${id}${rest}`), ...(payload && { payload }) });

/** How each of them is asked, for an instance whose values it has. */
const READS: Partial<Record<RouteName, Ask>> = {
  searchVariables: within,
  variablesCsv: within,
  getVariable: of('variable', `/${PROCESS}:1/plan`),
  searchIncidents: within,
  incidentsCsv: within,
  getIncident: of('incident', '/incident:4'),
  searchMessageSubscriptions: within,
  messageSubscriptionsCsv: within,
  searchProcessInstanceIncidents: of('processInstance', '', {}),
  searchElementInstanceIncidents: of('elementInstance', '/Call:2', {}),
  searchUserTaskVariables: of('userTask', '/Call:2', {}),
  searchUserTaskEffectiveVariables: of('userTask', '/Call:2', {}),
  instance: of('processInstance', ''),
  instanceTimeline: of('processInstance', ''),
  instanceElement: of('processInstance', ''),
  task: of('userTask', '/Call:2'),
  searchBatchOperationItems: within,
  batchOperationItemsCsv: within,
  // What it would try again, with what its incidents say.
  tryBatch: async (id) => {
    const { payload } = await within(id);
    return { payload: { plan: { type: 'RESOLVE_INCIDENT' }, ...payload } };
  },
};
/** What is answered by an engine alone, to whoever acts there and may see values anyhow. */
const ACTS: readonly RouteName[] = ['createProcessInstance', 'actOnInstance'];

const names = Object.keys(PERMISSIONS) as RouteName[];
const rowOf = (name: RouteName): Permission => PERMISSIONS[name];
const valued = names.filter((name) => rowOf(name).values !== undefined);
const asked = Object.keys(READS) as RouteName[];

test('each route that carries values is asked here', () => {
  expect([...asked, ...ACTS].toSorted()).toEqual(valued.toSorted());
});

interface Outcome {
  readonly status: number;
  readonly body: string;
  readonly isMasked: boolean;
  readonly entries: readonly { readonly object: string; readonly reason: string | null }[];
}

async function read(
  name: RouteName,
  roles: readonly Role[],
  id: string,
  reason?: string,
): Promise<Outcome> {
  const person = await world.person(roles, { groups: ['south'] });
  const headers = await world.session(person);
  return readAs(name, person.userId, headers, id, reason);
}

async function readAs(
  name: RouteName,
  actor: string,
  headers: Record<string, string>,
  id: string,
  reason?: string,
): Promise<Outcome> {
  const { method, path } = rowOf(name);
  const { key = '', payload } = await (READS[name] as Ask)(id);
  const given = reason === undefined ? {} : { 'jornada-reason': encodeURIComponent(reason) };
  const answer = await world.ask({
    ...{ method, url: path.replace(':key', key).replace(':elementId', 'Call') },
    ...{ headers: { ...headers, ...given }, ...(payload && { payload }) },
  } as never);
  const items = await readings(actor);
  return {
    ...{ status: answer.statusCode, body: answer.body, entries: items },
    isMasked: answer.body.includes(MASKED),
  };
}

async function readings(actor: string) {
  const filter = { actor, action: { $in: ['readValues', 'exportList'] } };
  return (await world.store.audit.query({ filter })).items;
}

/** Somebody who asks, and what becomes of it on a route with values in part, and on one with nothing else. */
type Expected = 'plain' | 'kept' | 'masked' | 403 | 404;
type Caller = readonly [
  who: string,
  roles: readonly Role[],
  reason: string | undefined,
  whose: 'own' | 'foreign',
  part: Expected,
  whole: Expected,
];
const CALLERS: readonly Caller[] = [
  ['a designer', ['designer'], undefined, 'own', 'masked', 'masked'],
  ['a designer with a reason', ['designer'], 'curious', 'own', 'masked', 'masked'],
  ['a csm, of their own', ['csm'], undefined, 'own', 'plain', 'plain'],
  ['a csm, of somebody else', ['csm'], undefined, 'foreign', 404, 404],
  ['an admin', ['admin'], undefined, 'own', 'kept', 'kept'],
  ['an auditor without a reason', ['auditor'], undefined, 'own', 'masked', 403],
  ['an auditor with a reason', ['auditor'], 'Prüfung 17', 'own', 'kept', 'kept'],
  ['a designer and csm, of their own', ['designer', 'csm'], undefined, 'own', 'plain', 'plain'],
  ['a designer and csm, of others', ['designer', 'csm'], undefined, 'foreign', 'masked', 'masked'],
  ['an auditor and csm, of their own', ['auditor', 'csm'], undefined, 'own', 'plain', 'plain'],
  ['an auditor and csm, of others', ['auditor', 'csm'], undefined, 'foreign', 'masked', 'masked'],
];
const cells = CALLERS.flatMap(([who, ...caller]) =>
  asked.map((name) => [who, name, caller] as const),
);

describe(`the matrix of ${asked.length} routes and ${CALLERS.length} callers`, () => {
  test.each(cells)('%s: %s', async (_who, name, [roles, reason, whose, part, whole]) => {
    const { who, values } = rowOf(name);
    const isLetIn = Array.isArray(who) && who.some((role) => roles.includes(role));
    const isTaskOfOthers = isLetIn && roles.includes('designer') && !who.includes('designer');
    const isFound = whose === 'own' || !isTaskOfOthers;
    const expected = !isLetIn ? 403 : !isFound ? 404 : values === 'whole' ? whole : part;
    const { status, body, isMasked, entries } = await read(
      ...([name, roles, whose === 'own' ? own : foreign, reason] as const),
    );
    const isKept = expected === 'kept' || (name.endsWith('Csv') && status === 200);
    expect(body.includes(CANARY)).toBe(expected === 'plain' || expected === 'kept');
    expect(entries).toHaveLength(isKept ? 1 : 0);
    if (typeof expected === 'string') expect([status, body]).toEqual([200, body]);
    // What is asked for without its address finds nothing, as if it were not there.
    else if (expected === 404) expect([404, 200]).toContain(status);
    else expect(status).toBe(expected);
    if (expected === 'masked' && name !== 'task' && !name.startsWith('searchUserTask')) {
      expect(isMasked).toBe(true);
    }
    if (expected === 'kept' && reason) expect(entries[0]?.reason).toBe(reason);
    expect(world.troubles).toEqual([]);
  });
});

describe('what the audit keeps', () => {
  test('names the instance and the route, never a value, and the same reading once', async () => {
    const person = await world.person(['admin']);
    const headers = await world.session(person);
    for (let times = 0; times < 3; times += 1) {
      await readAs('searchVariables', person.userId, headers, own);
    }
    const items = await readings(person.userId);
    expect(items).toMatchObject([{ action: 'readValues', object: `instance:${own}`, data: null }]);
    expect(JSON.stringify(items)).not.toContain(CANARY);
    world.move(SAME_READING_MS + 1);
    const later = await readAs('searchVariables', person.userId, headers, own);
    expect(later.entries).toHaveLength(2);
  });

  test('names the instances of a list', async () => {
    const person = await world.person(['admin']);
    const headers = await world.session(person);
    const url = '/v2/incidents/search';
    await world.ask({ method: 'POST', url, headers, payload: {} });
    const items = await readings(person.userId);
    expect(items).toMatchObject([{ action: 'readValues', object: 'route:searchIncidents' }]);
  });

  test('has one for what was looked for by its value', async () => {
    const person = await world.person(['admin']);
    const payload = { filter: { variables: [{ name: 'plan', value: `"${CANARY}"` }] } };
    const url = '/v2/process-instances/search';
    const found = async (headers: Record<string, string>) =>
      world.ask({ method: 'POST', url, headers, payload });
    expect((await found(await world.session(person))).json().page.totalItems).toBe(2);
    const items = await readings(person.userId);
    expect(items).toMatchObject([{ action: 'readValues', data: { byVariables: ['plan'] } }]);
    const auditor = await world.session(await world.person(['auditor']));
    expect((await found(auditor)).json().detail).toContain('Jornada-Reason');
    expect((await found({ ...auditor, 'jornada-reason': 'why' })).statusCode).toBe(200);
    const designer = await world.session(await world.person(['designer']));
    expect((await found(designer)).statusCode).toBe(403);
  });

  test.each(['%', ' ', 'a%0Ab', 'x'.repeat(501)])('takes no reason like %j', async (reason) => {
    const headers = await world.session(await world.person(['auditor']));
    const asking = { method: 'POST' as const, url: '/v2/variables/search', payload: {} };
    const answer = await world.ask({
      ...{ ...asking, headers: { ...headers, 'jornada-reason': reason } },
    });
    // A header of blanks is none.
    expect([400, 403]).toContain(answer.statusCode);
  });
});

describe('a route that answers values', () => {
  /** How values are called. Whoever adds one by such a name marks it, or says here why it is none. */
  const NAMES = /^(value|values|variables|variable|errorMessage|message|text|answers|draft|data)$/;
  const NO_VALUES: readonly (readonly [where: RegExp, why: string])[] = [
    [/^(searchActs|getCase)\./, 'evidence: the audit keeps who looked at a case'],
    [/^(complete|assign|delegate|return|change|comment)Task\.message$/, 'what an act came to'],
    [/^(actOnInstance|migrateToNewest)\.message$/, 'what an act came to'],
    [/^(lookByLink|decideByLink)\./, 'for whoever got the mail'],
    [/^(task|saveTaskDraft)\.(draft|data)$/, 'what the caller typed, and whose a task was made'],
    [/^(add|change)?inboxViews?\.text$/i, 'what somebody looks for'],
    [/^instancesByError\.errorMessage$/, 'a code'],
    [/^report/, 'figures'],
    [/^evaluate(Expression|Decision)\./, 'of what was sent'],
    [/^(play|runScenarios)\./, 'of what was sent'],
    [/draft|^package|^(preview|publish)/i, 'of designers, before anything runs'],
    [/^(create|change)?hooks?\.variables$/i, 'an expression'],
  ];
  const isNone = (one: string): boolean => NO_VALUES.some(([where]) => where.test(one));
  const told = () => world.app.told;

  test('has them marked', () => {
    const odd = told().flatMap(({ name, about }) =>
      [about.answers].flat().flatMap(({ schema }) =>
        schema === null
          ? []
          : namesIn(schema as never)
              .filter((field) => NAMES.test(field))
              .map((field) => `${name}.${field}`),
      ),
    );
    expect([...new Set(odd)].filter((one) => !isNone(one))).toEqual([]);
  });

  interface Inner {
    readonly def: Readonly<Record<string, never>>;
  }
  /** Names of properties that are not within something marked. */
  function namesIn(schema: Inner, met = new Set<Inner>()): string[] {
    if (met.has(schema)) return [];
    met.add(schema);
    const { shape = {}, element, valueType, options = [], innerType, out } = schema.def as never;
    const inner = [element, valueType, innerType, out, ...(options as Inner[])];
    const properties = Object.entries(shape as Record<string, Inner>);
    return [
      ...properties.flatMap(([name, one]) => {
        const plan = planOf(one as never);
        if (plan && 'mark' in plan) return [];
        return [name, ...namesIn(one, met)];
      }),
      ...inner.filter(Boolean).flatMap((one) => namesIn(one as Inner, met)),
    ];
  }
});
