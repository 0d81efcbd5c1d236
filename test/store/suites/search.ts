import { beforeAll, describe, expect, test } from 'vitest';
import type { Search, Store, UserTaskRow, UserTaskSearch } from '../../../store/index.js';
import { anInstance, aTask, numbered } from '../../support/store.js';

const PROCESS = 'searched';

/** Twelve tasks; every third has no due time, and due times repeat, so that cursors meet nulls and ties. */
async function openTasks(store: Store): Promise<void> {
  const day = (n: number): string => `2026-04-0${n}T09:00:00.000Z`;
  for (let n = 1; n <= 12; n += 1) {
    const instance = anInstance({ processId: PROCESS, businessKey: `order_${n}` });
    const data = aTask({
      name: `Task ${n}`,
      assignee: n % 4 === 0 ? 'ana' : null,
      candidateGroups: n % 2 === 0 ? ['success'] : ['finance', 'legal'],
      candidateUsers: n === 5 ? ['bob'] : [],
      dueAt: n % 3 === 0 ? null : day((n % 3) + 1),
      priority: n,
    });
    const task = { elementId: 'T', elementInstanceId: 'T:2', scopeId: 'P:1', data };
    const values = { plan: n > 6 ? 'gold' : 'free', seats: n };
    const entries = numbered([
      { kind: 'instanceStarted' },
      { kind: 'variablesWritten', scopeId: 'P:1', data: { values } },
      { kind: 'taskOpened', ...task },
    ]);
    await store.journal.append(instance, entries);
  }
}

/** Filters, orders, pages. */
export function searchSuite(store: () => Store): void {
  describe('search', () => {
    beforeAll(() => openTasks(store()));

    const names = async ({ filter, ...query }: UserTaskSearch): Promise<readonly number[]> => {
      const sort = query.sort ?? [{ field: 'priority', order: 'ASC' } as const];
      const mine = { processId: PROCESS, ...filter };
      const { items } = await store().userTasks.search({ ...query, sort, filter: mine });
      return items.map(({ priority }) => priority);
    };

    const filters: readonly [string, UserTaskSearch, readonly number[]][] = [
      ['a value', { filter: { assignee: 'ana' } }, [4, 8, 12]],
      ['no value', { filter: { dueAt: null } }, [3, 6, 9, 12]],
      ['a value that is there', { filter: { assignee: { $exists: true } } }, [4, 8, 12]],
      ['not a value', { filter: { assignee: { $neq: 'ana' }, priority: { $lt: 4 } } }, [1, 2, 3]],
      ['a range', { filter: { priority: { $gt: 2, $lte: 5 } } }, [3, 4, 5]],
      ['instants', { filter: { dueAt: { $gte: '2026-04-03T11:00:00+02:00' } } }, [2, 5, 8, 11]],
      ['one of', { filter: { priority: { $in: [2, 11, 40] } } }, [2, 11]],
      ['one of none', { filter: { priority: { $in: [] } } }, []],
      ['none of', { filter: { assignee: { $notIn: ['ana'] }, priority: { $gt: 9 } } }, [10, 11]],
      ['a member of a list', { filter: { candidateGroups: 'legal' } }, [1, 3, 5, 7, 9, 11]],
      ['any member', { filter: { candidateUsers: { $in: ['bob', 'eve'] } } }, [5]],
      ['a pattern', { filter: { name: { $like: 'Task 1?' } } }, [10, 11, 12]],
      ['wildcards of SQL as they are', { filter: { businessKey: { $like: 'order%*' } } }, []],
      ['an escaped wildcard', { filter: { businessKey: { $like: 'order_1\\*' } } }, []],
      ['variables', { variables: [{ name: 'plan', value: 'gold' }] }, [7, 8, 9, 10, 11, 12]],
      [
        'two variables',
        {
          variables: [
            { name: 'plan', value: 'gold' },
            { name: 'seats', value: 9 },
          ],
        },
        [9],
      ],
      ['what a person may do', { visibleTo: { user: 'bob', groups: ['success'] } }, [2, 5, 6, 10]],
      [
        'what a person without groups may do',
        { visibleTo: { user: 'ana', groups: [] } },
        [4, 8, 12],
      ],
    ];
    test.each(filters)('finds %s', async (_what, query, expected) => {
      expect(await names(query)).toEqual(expected);
    });

    const refusals: readonly [string, Search, string][] = [
      ['an unknown field', { filter: { nope: 1 } }, 'STORE_FIELD_UNKNOWN'],
      ['a name of the prototype', { filter: { constructor: 1 } }, 'STORE_FIELD_UNKNOWN'],
      ['an unknown sort', { sort: [{ field: 'nope', order: 'ASC' }] }, 'STORE_FIELD_UNKNOWN'],
      [
        'a sort by a list',
        { sort: [{ field: 'candidateGroups', order: 'ASC' }] },
        'STORE_FILTER_INVALID',
      ],
      [
        'an unknown comparison',
        { filter: { name: { $regex: 'x' } as object } },
        'STORE_FILTER_INVALID',
      ],
      ['a text for a number', { filter: { priority: '1' } }, 'STORE_FILTER_INVALID'],
      ['a broken instant', { filter: { dueAt: '2026-13-01T00:00:00Z' } }, 'STORE_FILTER_INVALID'],
      ['a day that is not', { filter: { dueAt: '2026-02-31T00:00:00Z' } }, 'STORE_FILTER_INVALID'],
      ['a year zero', { filter: { dueAt: '0000-01-01T00:00:00Z' } }, 'STORE_FILTER_INVALID'],
      ['no rows', { limit: 0 }, 'STORE_PAGE_INVALID'],
      ['too many rows', { limit: 10_001 }, 'STORE_PAGE_INVALID'],
      ['two beginnings', { after: 'x', before: 'y' }, 'STORE_PAGE_INVALID'],
      ['a made-up cursor', { after: 'bm8=' }, 'STORE_CURSOR_INVALID'],
    ];
    test.each(refusals)('refuses %s', async (_what, query, code) => {
      const asked = store().userTasks.search(query as UserTaskSearch);
      await expect(asked).rejects.toMatchObject({ code });
    });

    const orders: readonly (readonly [
      'priority' | 'dueAt' | 'assignee' | 'name',
      'ASC' | 'DESC',
    ][])[] = [
      [['dueAt', 'ASC']],
      [['dueAt', 'DESC']],
      [
        ['assignee', 'ASC'],
        ['dueAt', 'DESC'],
      ],
      [
        ['dueAt', 'DESC'],
        ['name', 'ASC'],
      ],
      [['priority', 'DESC']],
    ];
    test.each(orders.map((order) => [JSON.stringify(order), order] as const))(
      'pages through %s, forwards and back, without loss or repetition',
      async (_what, order) => {
        const sort = order.map(([field, direction]) => ({ field, order: direction }));
        const query: UserTaskSearch = { filter: { processId: PROCESS }, sort };
        const { items } = await store().userTasks.search(query);
        expect(items).toHaveLength(12);
        const forwards: UserTaskRow[] = [];
        for (let after: string | null = null; ; ) {
          const page = await store().userTasks.search({ ...query, limit: 5, after });
          if (page.endCursor === null) break;
          forwards.push(...page.items);
          after = page.endCursor;
        }
        expect(forwards).toEqual(items);
        const last = await store().userTasks.search({ ...query, from: 10 });
        const before = last.startCursor;
        const previous = await store().userTasks.search({ ...query, limit: 4, before });
        expect(previous.items).toEqual(items.slice(6, 10));
      },
    );

    test('refuses the cursor of another order', async () => {
      const { endCursor } = await store().userTasks.search({ limit: 1 });
      const sort = [{ field: 'priority', order: 'ASC' }] as const;
      await expect(store().userTasks.search({ sort, after: endCursor })).rejects.toMatchObject({
        code: 'STORE_CURSOR_INVALID',
      });
    });

    test('counts when asked to', async () => {
      const query = { filter: { processId: PROCESS }, limit: 2 };
      expect((await store().userTasks.search(query)).total).toBeNull();
      const { total } = await store().userTasks.search({ ...query, withTotal: true });
      expect(total).toEqual({ count: 12, isExact: true });
    });

    test('finds instances by variables and business key', async () => {
      const { items } = await store().processInstances.search({
        filter: { processId: PROCESS, businessKey: { $like: 'order_1*' }, hasIncident: false },
        variables: [{ name: 'plan', value: 'gold' }],
        sort: [{ field: 'businessKey', order: 'ASC' }],
      });
      expect(items.map(({ businessKey }) => businessKey)).toEqual([
        'order_10',
        'order_11',
        'order_12',
      ]);
    });
  });
}
