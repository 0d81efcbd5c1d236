/** What somebody sees among many: few and many, met on the way or found at its end, by one way or by several. */
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Page, Search, Store, Viewer } from '../../../store/index.js';

const PROCESS = 'among-many';
const MOST = 12_500;
/** So many are counted. */
const COUNTED = 1_000;

/** Groups of a task by its number; every task of `few` is somebody's as well, in three ways. */
const GROUPS: Readonly<Record<string, (n: number) => boolean>> = {
  few: (n) => n % 100 === 0,
  spread: (n) => n % 7 === 0,
  last: (n) => n > 11_300,
  much: (n) => n % 3 === 0,
  none: () => false,
};

const BY_GROUP = sql`array_remove(array[case when n % 100 = 0 then 'few' end,
  case when n % 7 = 0 then 'spread' end, case when n > 11300 then 'last' end,
  case when n % 3 = 0 then 'much' end], null)`;

/** Instances with a task each; every 500th has called another, which has none. */
async function fill(store: Store): Promise<void> {
  const opened = sql`timestamptz '2026-01-01' + n * interval '1 minute'`;
  const instance = (id: ReturnType<typeof sql>, which: ReturnType<typeof sql>) => sql`insert into
    process_instances (instance_id, process_id, definition_version, definition_hash, root_instance_id,
      customer_key_id, last_sequence, state, started_at, basis_after, basis_fence, parked_fence)
    select ${id}, ${PROCESS}, 1, 'none', 'many-' || n, 'system', 1, 'ACTIVE', ${opened}, 0, 0, 0
    from generate_series(1, ${MOST}::int) n where ${which}`;
  await store.transaction(async (tx) => {
    await tx.execute(instance(sql`'many-' || n`, sql`true`));
    await tx.execute(instance(sql`'called-' || n`, sql`n % 500 = 0`));
    await tx.execute(sql`insert into user_tasks (instance_id, root_instance_id, task_id, element_id,
        process_id, customer_key_id, name, assignee, owner, candidate_groups, candidate_users,
        priority, state, opened_at, version, revision)
      select 'many-' || n, 'many-' || n, 'work:3', 'work', ${PROCESS}, 'system', 'Work',
        case when n % 100 = 0 then 'few-has' end, case when n % 100 = 0 then 'few-has' end,
        ${BY_GROUP}, case when n % 100 = 0 then array['few-has'] else '{}' end,
        50, 'CREATED', ${opened}, 1, 1
      from generate_series(1, ${MOST}::int) n`);
  });
  await store.maintain();
}

const NUMBERS = Array.from({ length: MOST }, (_, index) => index + 1);

/** The numbers of rows of all pages, one after the other, and what the first says of how many there are. */
async function walk<Row extends { readonly instanceId: string }>(
  read: (page: Pick<Search, 'after' | 'limit' | 'withTotal'>) => Promise<Page<Row>>,
): Promise<{ readonly ids: readonly string[]; readonly total: Page<Row>['total'] }> {
  const limit = 400;
  const first = await read({ limit, withTotal: true });
  const ids = first.items.map(({ instanceId }) => instanceId);
  for (let page = first; page.items.length === limit; ) {
    page = await read({ limit, after: page.endCursor });
    ids.push(...page.items.map(({ instanceId }) => instanceId));
  }
  return { ids, total: first.total };
}

/** Pages of what somebody sees. */
export function portfolioSuite(store: () => Store): void {
  describe('among many', () => {
    beforeAll(() => fill(store()), 60_000);

    const viewers = Object.entries(GROUPS).map(
      ([group, isOf]) =>
        [group, { user: `${group}-has`, groups: [group] } as Viewer, isOf] as const,
    );
    const totalOf = (count: number) => ({
      ...{ count: Math.min(count, COUNTED), isExact: count <= COUNTED },
    });

    test.each(viewers)('tasks are found in their order: %s', async (_group, viewer, isOf) => {
      for (const order of ['ASC', 'DESC'] as const) {
        const { userTasks } = store().seenBy(viewer);
        const found = await walk((page) =>
          userTasks.search({
            ...{ ...page, filter: { processId: PROCESS, state: 'CREATED' } },
            sort: [{ field: 'openedAt', order }],
          }),
        );
        const expected = NUMBERS.filter(isOf).map((n) => `many-${n}`);
        expect(found.ids).toEqual(order === 'ASC' ? expected : expected.toReversed());
        expect(found.total).toEqual(totalOf(expected.length));
      }
    });

    test.each(viewers)('instances are found in their order: %s', async (_group, viewer, isOf) => {
      for (const order of ['ASC', 'DESC'] as const) {
        const { processInstances } = store().seenBy(viewer);
        const found = await walk((page) =>
          processInstances.search({
            ...{ ...page, filter: { processId: PROCESS } },
            sort: [{ field: 'startedAt', order }],
          }),
        );
        const expected = NUMBERS.filter(isOf).flatMap((n) =>
          n % 500 === 0 ? [`called-${n}`, `many-${n}`] : [`many-${n}`],
        );
        expect(found.ids).toEqual(order === 'ASC' ? expected : expected.toReversed());
        expect(found.total).toEqual(totalOf(expected.length));
      }
    });

    test('of many, those that fit are counted, few as they may be', async () => {
      const { processInstances, userTasks } = store().seenBy({
        ...{ user: 'nobody', groups: ['spread', 'much'] },
      });
      const wanted = { $gte: '2026-01-09T12:00:00.000Z', $lt: '2026-01-09T13:00:00.000Z' };
      const query = { limit: 5, withTotal: true } as const;
      const after = Date.parse('2026-01-09T12:00:00.000Z') - Date.parse('2026-01-01T00:00:00.000Z');
      const hour = NUMBERS.filter((n) => n * 60_000 >= after && n * 60_000 < after + 3_600_000);
      const count = hour.filter((n) => n % 7 === 0 || n % 3 === 0).length;
      const called = hour.filter((n) => n % 500 === 0 && (n % 7 === 0 || n % 3 === 0)).length;
      const tasks = await userTasks.search({
        ...{ ...query, filter: { processId: PROCESS, openedAt: wanted } },
      });
      expect(tasks.total).toEqual({ count, isExact: true });
      const instances = await processInstances.search({
        ...{ ...query, filter: { processId: PROCESS, startedAt: wanted } },
      });
      expect(instances.total).toEqual({ count: count + called, isExact: true });
      expect(instances.items.length).toBe(5);
    });

    test('a page that begins behind so many, or goes back, is the same', async () => {
      const { userTasks } = store().seenBy({ user: 'nobody', groups: ['spread'] });
      const query = {
        ...{ filter: { processId: PROCESS }, limit: 10 },
        sort: [{ field: 'openedAt', order: 'ASC' } as const],
      };
      const whole = NUMBERS.filter((n) => n % 7 === 0).map((n) => `many-${n}`);
      const ids = ({ items }: Page<{ readonly instanceId: string }>) =>
        items.map(({ instanceId }) => instanceId);
      const behind = await userTasks.search({ ...query, from: 1_300 });
      expect(ids(behind)).toEqual(whole.slice(1_300, 1_310));
      const back = await userTasks.search({ ...query, before: behind.startCursor });
      expect(ids(back)).toEqual(whole.slice(1_290, 1_300));
    });
  });
}
