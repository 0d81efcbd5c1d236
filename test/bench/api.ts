/**
 * The API as people's pages and programs meet it, on a Temporal server in memory and PostgreSQL, with the worker in the same process:
 * lists of tasks beside 100,000 others, and tasks that twenty people complete at once, each answered with what came of it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Role } from '../../contracts/identities.js';
import { createRegistry } from '../../registry/index.js';
import { openStore, type Store } from '../../store/index.js';
import { createOperate } from '../../worker/control/operations.js';
import { startDevServer } from '../../worker/dev-server/index.js';
import { startEngine } from '../../worker/index.js';
import { openPeople, type People } from '../support/camunda.js';
import { endEvent, model, startEvent, userTask } from '../support/durable-model.js';
import { fixedKeys, fixedSealing } from '../support/fixed-keys.js';
import { obtainPostgres } from '../support/postgres.js';
import { onPostgres } from '../support/store.js';
import { figure, table } from './timing.js';

const TASKS = Number(process.env.JORNADA_BENCH_TASKS ?? 100_000);
const LISTS = 100;
const PEOPLE = 20;
/** Between two completions of a person: at work, in a hurry, and programs that never pause; tasks that each completes. */
const PACES = [
  { pauseMs: 10_000, each: 8 },
  { pauseMs: 2_000, each: 20 },
  { pauseMs: 0, each: 20 },
];

/** Prints all of it. */
export async function benchApi(): Promise<void> {
  const talk = (line: string): void => console.error(line);
  const folder = mkdtempSync(join(tmpdir(), 'jornada-bench-api-'));
  const temporal = await startDevServer({ dataFolder: null, env: process.env, log: talk });
  const postgres = await obtainPostgres(process.env, talk);
  const database = await onPostgres(postgres.url);
  const store = await openStore(database.config, fixedSealing());
  const running = await startEngine({
    ...{ address: temporal.address, taskQueue: 'bench-api', store, keyProvider: fixedKeys() },
    dataFolder: join(tmpdir(), 'jornada-test-bundles'),
  });
  const parts = { engine: running.engine, store, registry: createRegistry(store), folder };
  const people = await openPeople(store, createOperate(parts as never), 'portfolio');
  try {
    await fill(store);
    console.log(
      `lists of 50 tasks by POST /v2/user-tasks/search, of ${TASKS} in the store, ${LISTS} times each; ms\n${table(
        await lists(people),
      )}`,
    );
    console.log(
      `pages of 50, of ${TASKS} tasks and as many instances in the store, ${LISTS} times each; ms\n${table(
        await pages(people),
      )}`,
    );
    const parts = [startEvent('start'), userTask('a'), userTask('b'), endEvent('end')];
    await running.engine.deploy('bench', {
      'process.bpmn': model('bench', parts, 'start > a > b > end'),
    });
    const rows = [['each pauses', 'completed/s', 'p50', 'p95', 'most']];
    for (const pace of PACES) rows.push(await completions(people, pace));
    console.log(
      `${PEOPLE} people at once complete tasks by POST /v2/user-tasks/{key}/completion, beside those ${TASKS}; ms until\n` +
        `its answer, which tells the outcome\n${table(rows)}`,
    );
  } finally {
    await people.app.close();
    await running.close();
    await store.close();
    await database.discard();
    await postgres.stop();
    await temporal.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Instances with one open task each: of 50 groups, every fifth with somebody. */
async function fill(store: Store): Promise<void> {
  await store.transaction(async (tx) => {
    const id = sql`'01890000-0000-7000-8000-' || lpad(to_hex(n), 12, '0')`;
    await tx.execute(sql`insert into process_instances (instance_id, process_id, definition_version,
        definition_hash, root_instance_id, customer_key_id, business_key, last_sequence, state, started_at,
        basis_after, basis_fence, parked_fence)
      select ${id}, 'filling', 1, 'none', ${id}, 'system', 'k' || n, 1, 'ACTIVE',
        timestamptz '2026-01-01' + n * interval '1 minute', 0, 0, 0
      from generate_series(1, ${TASKS}::int) n`);
    await tx.execute(sql`insert into user_tasks (instance_id, root_instance_id, task_id, element_id,
        process_id, customer_key_id, business_key, name, assignee, candidate_groups, candidate_users, due_at, priority,
        state, opened_at, version, revision)
      select ${id}, ${id}, 'work:3', 'work', 'filling', 'system', 'k' || n, 'Work',
        case when n % 5 = 0 then 'p' || (n % 200) end, array['g' || (n % 50)], array[]::text[],
        timestamptz '2026-06-01' + n * interval '1 minute', n % 101, 'CREATED',
        timestamptz '2026-01-01' + n * interval '1 minute', 1, 1
      from generate_series(1, ${TASKS}::int) n`);
  });
  await store.maintain();
}

const SEARCHES: Readonly<Record<string, object>> = {
  'newest open': { filter: { state: 'CREATED' }, sort: [{ field: 'creationDate', order: 'DESC' }] },
  'due first': { filter: { state: 'CREATED' }, sort: [{ field: 'dueDate', order: 'ASC' }] },
  'of a person': { filter: { state: 'CREATED', assignee: 'p25' } },
  'of a group, due first': {
    ...{ filter: { state: 'CREATED', candidateGroup: 'g7' } },
    sort: [{ field: 'dueDate', order: 'ASC' }],
  },
  'urgent first': { filter: { state: 'CREATED' }, sort: [{ field: 'priority', order: 'DESC' }] },
};

async function lists(people: People): Promise<string[][]> {
  const rows = [['list', 'p50', 'p95', 'most']];
  for (const [name, search] of Object.entries(SEARCHES)) {
    const ask = await asking(people);
    const times: number[] = [];
    for (let turn = 0; turn < LISTS; turn += 1) {
      const began = performance.now();
      await ask('/user-tasks/search', { ...search, page: { limit: 50 } }, 200);
      times.push(performance.now() - began);
    }
    rows.push([name, figure(at(times, 0.5)), figure(at(times, 0.95)), figure(at(times, 1))]);
  }
  return rows;
}

const HALF = Array.from({ length: 25 }, (_n, k) => `g${k}`);

/** Who looks. A csm sees a portfolio: here the tasks of their groups, of which there are 50. */
const LOOKING: Readonly<Record<string, readonly [roles: Role[], groups: string[]]>> = {
  'an admin': [['admin'], []],
  'a csm of one group': [['csm'], ['g7']],
  'a csm of half of the groups': [['csm'], HALF],
  'a csm without any': [['csm'], []],
};

/** What they look at. */
const LOOKED_AT: Readonly<Record<string, readonly [path: string, body: object | null]>> = {
  'view all': ['/api/v1/tasks?view=all&limit=50', null],
  'view of groups': ['/api/v1/tasks?view=groups&limit=50', null],
  'counts of the views': ['/api/v1/tasks/counts', null],
  'newest open tasks': [
    '/v2/user-tasks/search',
    { filter: { state: 'CREATED' }, sort: [{ field: 'creationDate', order: 'DESC' }] },
  ],
  'newest instances': [
    '/v2/process-instances/search',
    { sort: [{ field: 'startDate', order: 'DESC' }] },
  ],
};

async function pages({ address, token }: People): Promise<string[][]> {
  const rows = [['page', 'p50', 'p95', 'most']];
  for (const [what, [path, body]] of Object.entries(LOOKED_AT)) {
    for (const [who, [roles, groups]] of Object.entries(LOOKING)) {
      // Somebody new each time: how often one person may ask is limited.
      const credentials = Buffer.from(await token(roles, groups)).toString('base64');
      const headers = { authorization: `Basic ${credentials}`, 'content-type': 'application/json' };
      const asked = body && {
        ...{ method: 'POST', body: JSON.stringify({ ...body, page: { limit: 50 } }) },
      };
      const times: number[] = [];
      for (let turn = 0; turn < LISTS; turn += 1) {
        const began = performance.now();
        const answer = await fetch(`${address}${path}`, { headers, ...asked });
        if (!answer.ok) throw new Error(`${what}: ${answer.status} ${await answer.text()}`);
        await answer.arrayBuffer();
        times.push(performance.now() - began);
      }
      rows.push([
        `${what}, ${who}`,
        ...[at(times, 0.5), at(times, 0.95), at(times, 1)].map(figure),
      ]);
    }
  }
  return rows;
}

/** What completions take, in milliseconds, when each person pauses for about so long between two. */
async function completions(
  people: People,
  { pauseMs, each }: (typeof PACES)[number],
): Promise<string[]> {
  const askers = await Promise.all(Array.from({ length: PEOPLE }, () => asking(people)));
  const tasks: (readonly string[])[] = [];
  for (const ask of askers) tasks.push(await openTasks(ask, each));
  const times: number[] = [];
  const work = async (ask: Ask, keys: readonly string[]): Promise<void> => {
    for (const [done, key] of keys.entries()) {
      // Spread, as people are: not all at the same instant.
      await pause(pauseMs * 2 * Math.random());
      const began = performance.now();
      await ask(`/user-tasks/${key}/completion`, { variables: { done } }, 204);
      times.push(performance.now() - began);
    }
  };
  const began = performance.now();
  await Promise.all(askers.map((ask, index) => work(ask, tasks[index] ?? [])));
  const perSecond = times.length / ((performance.now() - began) / 1000);
  const figures = [perSecond, at(times, 0.5), at(times, 0.95), at(times, 1)].map(figure);
  return [pauseMs === 0 ? 'not at all' : `${pauseMs} ms`, ...figures];
}

/** Keys of tasks of new instances, one each. */
async function openTasks(ask: Ask, each: number): Promise<readonly string[]> {
  const keys: string[] = [];
  for (let count = 0; count < each; count += 1) {
    const started = await ask('/process-instances', { processDefinitionId: 'bench' }, 200);
    const { processInstanceKey } = started as { readonly processInstanceKey: string };
    const filter = { processInstanceKey, state: 'CREATED' };
    const found = await ask('/user-tasks/search', { filter }, 200);
    const [task] = (found as { readonly items: readonly { readonly userTaskKey: string }[] }).items;
    keys.push(task?.userTaskKey ?? '');
  }
  return keys;
}

type Ask = (path: string, body: object, status: number) => Promise<unknown>;

/** Somebody new who asks: how often one person may is limited. */
async function asking({ address, token }: People): Promise<Ask> {
  const credentials = Buffer.from(await token(['csm', 'admin'])).toString('base64');
  const headers = { authorization: `Basic ${credentials}`, 'content-type': 'application/json' };
  return async (path, body, status) => {
    const answer = await fetch(`${address}/v2${path}`, {
      ...{ method: 'POST', headers, body: JSON.stringify(body) },
    });
    const text = await answer.text();
    if (answer.status !== status) throw new Error(`${path}: ${answer.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
}

/** The time within which this part of all were. */
function at(times: readonly number[], part: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
