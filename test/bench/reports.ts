/**
 * Reports on PostgreSQL, beside 100,000 instances of a year, and again when as many older ones and as many of another process have come:
 * what a report does not touch may not make it slower.
 */
import { sql } from 'drizzle-orm';
import type { ReportQuery } from '../../contracts/reports.js';
import { type ReportDeps, reportElementsOf, reportList, reportOf } from '../../reports/index.js';
import { openStore, type Store } from '../../store/index.js';
import { fixedSealing } from '../support/fixed-keys.js';
import { obtainPostgres } from '../support/postgres.js';
import { onPostgres } from '../support/store.js';
import { figure, table } from './timing.js';

const INSTANCES = Number(process.env.JORNADA_BENCH_INSTANCES ?? 100_000);
const STEPS = 5;
const TURNS = Number(process.env.JORNADA_BENCH_TURNS ?? 20);
const AT = '2026-12-31T12:00:00.000Z';

/** Prints all of it. */
export async function benchReports(): Promise<void> {
  const postgres = await obtainPostgres(process.env, (line) => console.error(line));
  const database = await onPostgres(postgres.url);
  const store = await openStore(database.config, fixedSealing());
  try {
    const hash = 'bench';
    const requirements = { messageStarts: [], signalStarts: [], timerStarts: [] };
    const named = { processId: 'busy', name: 'Busy', versionTag: null };
    const busy = { ...named, path: 'process.bpmn', startFormId: null };
    await store.definitions.deploy([
      {
        package: { hash, key: 'busy', files: { 'process.bpmn': '<bench/>' } },
        processes: [{ ...busy, requirements }],
        resources: [],
        deployedAt: AT,
      },
    ]);
    await fillCustomers(store);
    await fill(store, 'a', 'busy', '2026-01-01');
    const alone = await measured(store);
    await fill(store, 'b', 'busy', '2025-01-01');
    await fill(store, 'c', 'other', '2026-01-01');
    const crowded = await measured(store);
    const rows = Object.entries(alone).map(([name, times]) => [
      name,
      ...[times, crowded[name] ?? []].flatMap((some) => [
        figure(at(some, 0.5)),
        figure(at(some, 0.95)),
      ]),
    ]);
    console.log(
      `reports of ${INSTANCES} instances of a year with ${STEPS} steps each, ${TURNS} times; then beside twice as many others; ms\n${table(
        [['report', 'p50', 'p95', 'p50 beside', 'p95 beside'], ...rows],
      )}`,
    );
  } finally {
    await store.close();
    await database.discard();
    await postgres.stop();
  }
}

/** Customers of whom instances are; a csm looks after one in ten, and after one in two. */
const CUSTOMERS = 1000;

async function fillCustomers(store: Store): Promise<void> {
  const all = sql`from generate_series(0, ${CUSTOMERS - 1}::int) n`;
  await store.transaction(async (tx) => {
    await tx.execute(sql`insert into customers (customer_id, key_id, country, tz, locale, is_strategic, since, state, sealed_contact)
      select 'c' || n, 'k' || n, 'PT', 'UTC', 'pt-PT', false, '2025-01-01', 'active', ''::bytea ${all}`);
    for (const [member, share] of Object.entries(CSMS)) {
      await tx.execute(sql`insert into customer_portfolio (customer_id, kind, member, since)
        select 'c' || n, 'person', ${member}, now() ${all} where n % ${share}::int = 0`);
    }
  });
}

/** People, and one in how many customers is theirs. */
const CSMS: Readonly<Record<string, number>> = { ana: 10, rui: 2 };

/** Over a year: nine of ten ended, after minutes to a day; a task with a date in each second; an incident in each fiftieth. */
async function fill(store: Store, mark: string, processId: string, begin: string): Promise<void> {
  const id = sql`${mark} || lpad(n::text, 8, '0')`;
  const start = sql`${begin}::timestamptz + n * interval '1 year' / ${INSTANCES}::int`;
  const end = sql`case when n % 10 > 0 then ${start} + (n * 7919 % 86400 + 60) * interval '1 second' end`;
  const all = sql`from generate_series(1, ${INSTANCES}::int) n`;
  await store.transaction(async (tx) => {
    await tx.execute(sql`insert into process_instances (instance_id, process_id, definition_version,
        definition_hash, root_instance_id, customer_key_id, last_sequence, state, started_at, ended_at,
        basis_after, basis_fence, parked_fence)
      select ${id}, ${processId}, 1 + n % 3, 'none', ${id}, 'k' || n % ${CUSTOMERS}::int, 1,
        case when n % 10 = 0 then 'ACTIVE' when n % 10 = 1 then 'CANCELLED' else 'COMPLETED' end,
        ${start}, ${end}, 0, 0, 0 ${all}`);
    await tx.execute(sql`insert into element_instances (instance_id, element_instance_id, element_id,
        process_id, kind, name, state, entered_at, ended_at, entered_sequence)
      select ${id}, 'step:' || step, 'step-' || step, ${processId}, 'userTask', 'Step ' || step,
        case when n % 10 = 0 and step = ${STEPS}::int then 'ACTIVE' else 'COMPLETED' end,
        ${start} + step * interval '1 second',
        case when n % 10 = 0 and step = ${STEPS}::int then null else ${start} + step * interval '10 seconds' end, step
      ${all}, generate_series(1, ${STEPS}::int) step`);
    await tx.execute(sql`insert into user_tasks (instance_id, root_instance_id, task_id, element_id,
        process_id, customer_key_id, name, candidate_groups, candidate_users, due_at, priority, state, opened_at,
        ended_at, version, revision)
      select ${id}, ${id}, 'work:3', 'step-1', ${processId}, 'system', 'Work', array[]::text[], array[]::text[],
        ${start} + interval '12 hours', 50, case when n % 10 = 0 then 'CREATED' else 'COMPLETED' end,
        ${start}, ${end}, 1, 1 ${all} where n % 2 = 0`);
    await tx.execute(sql`insert into incidents (instance_id, incident_id, process_id, element_id, code,
        message, state, opened_at, of_journal)
      select ${id}, 'incident:1', ${processId}, 'step-2', 'CONDITION_ERROR', 'Expected …', 'ACTIVE',
        ${start}, true ${all} where n % 50 = 0`);
  });
  await store.maintain();
}

const MONTH = {
  from: '2026-12-01',
  to: '2026-12-31',
  zone: 'America/Sao_Paulo',
  by: 'day',
} as const;
const YEAR = { ...MONTH, from: '2026-01-01', by: 'week' } as const;

async function measured(store: Store): Promise<Readonly<Record<string, readonly number[]>>> {
  const deps = { store, at: AT, zone: 'UTC' };
  const whole = (query: ReportQuery) => () => reportOf(deps, 'busy', query);
  const heat = (query: ReportQuery) => () => reportElementsOf(deps, 'busy', query);
  const works: Readonly<Record<string, () => Promise<unknown>>> = {
    'list of processes, a month': () => reportList(deps, MONTH, { limit: 50, after: null }),
    'a month by day': whole(MONTH),
    'a month by day, one version': whole({ ...MONTH, version: 2 }),
    'a year by week': whole(YEAR),
    'heat map of a month': heat(MONTH),
    'heat map of a year': heat(YEAR),
    ...Object.fromEntries(Object.keys(CSMS).flatMap((user) => worksOf(deps, user))),
  };
  const times: Record<string, number[]> = {};
  for (const [name, work] of Object.entries(works)) {
    const some: number[] = [];
    for (let turn = 0; turn <= TURNS; turn += 1) {
      const began = performance.now();
      const found = await work();
      if (typeof found === 'string') throw new Error(`${name} was refused: ${found}`);
      if (turn > 0) some.push(performance.now() - began);
    }
    times[name] = some;
  }
  return times;
}

/** The same of a csm, who sees what is of their customers alone. */
function worksOf(
  deps: ReportDeps & { readonly store: Store },
  user: string,
): readonly (readonly [string, () => Promise<unknown>])[] {
  const seen = { ...deps, store: deps.store.seenBy({ user, groups: [] }) };
  const who = `a csm of one customer in ${CSMS[user]}`;
  return [
    [`a month by day, ${who}`, () => reportOf(seen, 'busy', MONTH)],
    [`a year by week, ${who}`, () => reportOf(seen, 'busy', YEAR)],
    [`heat map of a year, ${who}`, () => reportElementsOf(seen, 'busy', YEAR)],
  ];
}

const at = (times: readonly number[], share: number): number =>
  times.toSorted((one, other) => one - other)[Math.max(0, Math.ceil(times.length * share) - 1)] ??
  0;
