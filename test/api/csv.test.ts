/** CSV of searches: what stands in a cell, how a file ends, who gets one and how often. */
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cellOf, csvLines } from '../../api/csv/cells.js';
import { type CsvList, csvParts, MOST_ROWS } from '../../api/csv/document.js';
import { MOST_FILES } from '../../api/csv/send.js';
import { openWorld, type World } from '../support/identities.js';
import { aLife, anInstance, aTask, numbered } from '../support/store.js';

const cells: readonly (readonly [what: string, value: unknown, cell: string])[] = [
  ['nothing', null, ''],
  ['a text', 'Ana, "the boss"', 'Ana, "the boss"'],
  ['a number', -5, '-5'],
  ['a truth value', true, 'true'],
  ['a list of texts', ['success', 'billing'], 'success; billing'],
  ['a list of other things', [1, { a: -2 }], '[1,{"a":-2}]'],
  ['an object', { a: '=1' }, '{"a":"=1"}'],
  ['=', '=1+1', "'=1+1"],
  ['+', '+55 11', "'+55 11"],
  ['-', '-2', "'-2"],
  ['@', '@SUM(A1)', "'@SUM(A1)"],
  ['a tab', '\t=1', "'\t'=1"],
  ['a carriage return', '\rx', "'\rx"],
  ['a line feed', '\n=1', "'\n'=1"],
  ['= in full width', '＝1+1', "'＝1+1"],
  ['+ in full width', '＋1', "'＋1"],
  ['- in full width', '－1', "'－1"],
  ['@ in full width', '＠SUM(A1)', "'＠SUM(A1)"],
  ['spaces before', '  =1', "'  =1"],
  ['a quotation mark before', '"=1"', `'"=1"`],
  ['an apostrophe before', "'=1", "''=1"],
  ['a comma before', ',=1', "',=1"],
  ['quotation mark and comma before', '",=1', `'",=1`],
  ['a semicolon in the middle', 'a;=1', "a;'=1"],
  ['a semicolon and quotation mark in the middle', 'a; "=1', `a; "'=1`],
  ['a new line in the middle', 'a\r\n+1', "a\r\n'+1"],
  ['a tab in the middle', 'a\t@x', "a\t'@x"],
  ['a list with a formula', ['ok', '=1'], "ok; '=1"],
  ['no formula: a sign between', 'a=b, a-b, a+b, a@b', 'a=b, a-b, a+b, a@b'],
  ['no formula: a date', '2026-03-02T12:00:00.000Z', '2026-03-02T12:00:00.000Z'],
];

describe('a cell', () => {
  test.each(cells)('of %s', (_what, value, cell) => {
    expect(cellOf(value)).toBe(cell);
    // Whoever reads the file by the standard has the cell back.
    const line = csvLines([[cell, 'next']]);
    expect(line.endsWith('\r\n')).toBe(true);
    expect(parse(line, { record_delimiter: '\r\n' })).toEqual([[cell, 'next']]);
  });

  test.each([',', ';', '\t'])('begins no formula where %j parts them, quoted or not', (by) => {
    for (const [, value, cell] of cells) {
      if (typeof value !== 'string') continue;
      const read = parse(csvLines([['a', cell, 'b']]), {
        ...{ delimiter: by, relax_quotes: true, relax_column_count: true },
      });
      for (const found of read.flat()) expect(found).not.toMatch(/^[=+\-@＝＋－＠\t\r]/);
    }
  });
});

/** A list of so many rows. */
const listOf = (rows: number, reads: number[] = []): CsvList => ({
  ...{ name: 'numbers', columns: ['n', 'x'] },
  page: async (after, limit) => {
    const from = Number(after ?? 0);
    const to = Math.min(rows, from + limit);
    reads.push(to - from);
    const found = Array.from({ length: to - from }, (_none, n) => ({ n: from + n + 1, x: 'y' }));
    return { rows: found, endCursor: found.length > 0 ? String(to) : null };
  },
  hasMoreThan: async (some) => rows > some,
});
const textOf = async (list: CsvList, most?: number): Promise<string> => {
  let text = '';
  for await (const part of csvParts(list, most)) text += part;
  return text;
};

describe('a file', () => {
  test('begins with the mark of UTF-8 and the names of the columns', async () => {
    expect(await textOf(listOf(0))).toBe('\ufeff"n","x"\r\n');
    expect(await textOf(listOf(1))).toBe('\ufeff"n","x"\r\n"1","y"\r\n');
  });

  test.each([0, 1, 499, 500, 501, 1_000, 1_234])('has all of %i rows, each once', async (rows) => {
    const read = parse(await textOf(listOf(rows)), { bom: true, columns: true });
    expect((read as { readonly n: string }[]).map(({ n }) => Number(n))).toEqual(
      Array.from({ length: rows }, (_none, n) => n + 1),
    );
  });

  test.each([
    [700, 700, false],
    [701, 700, true],
    [5_000, 500, true],
  ])(
    'of %i rows, where %i may be in it, tells in its last line what is missing',
    async (rows, most, isCut) => {
      const read = parse(await textOf(listOf(rows), most), { bom: true, columns: true });
      const last = read.at(-1) as { readonly n: string };
      expect(last.n).toBe(isCut ? `TRUNCATED: there are more than ${most} rows` : String(rows));
      expect(read).toHaveLength(isCut ? most + 1 : most);
    },
  );

  test('is read no further than it is taken', async () => {
    const reads: number[] = [];
    const parts = csvParts(listOf(50_000, reads));
    for (let taken = 0; taken < 3; taken += 1) await parts.next();
    expect(reads).toEqual([500, 500]);
    await parts.return(undefined);
    expect(reads).toHaveLength(2);
  });
});

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const TASKS = '/v2/user-tasks/search.csv';
const get = async (url: string, headers: Record<string, string>, payload: object = {}) =>
  world.ask({ method: 'POST', url, headers, payload });

describe('of a search', () => {
  test('is what the search shows, by the same filter and order', async () => {
    const name = '=HYPERLINK("http://evil.example")';
    for (const [priority, group] of [
      [70, 'success'],
      [20, 'billing'],
      [40, 'success'],
    ] as const) {
      const task = { elementId: 'Call', elementInstanceId: 'Call:2', scopeId: 'P:1' };
      const data = aTask({ name, priority, candidateGroups: [group, 'all'] });
      const entries = numbered([
        { kind: 'instanceStarted' },
        { kind: 'taskOpened', ...task, data },
      ]);
      await world.store.journal.append(anInstance({ processId: 'csv' }), entries);
    }
    const user = await world.person(['csm']);
    const headers = await world.session(user);
    const asked = {
      filter: { processDefinitionId: 'csv', candidateGroup: 'success' },
      sort: [{ field: 'priority', order: 'ASC' }],
    };
    const found = await world.ask({
      ...{ method: 'POST', url: '/v2/user-tasks/search', headers, payload: asked },
    });
    const answer = await get(TASKS, headers, asked);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': expect.stringMatching(
        /^attachment; filename="user-tasks-\d{8}T\d{4}\.csv"$/,
      ),
      'jornada-truncated': 'false',
      'x-content-type-options': 'nosniff',
    });
    const rows = parse(answer.body, { bom: true, columns: true }) as Record<string, string>[];
    const items = found.json().items as Record<string, unknown>[];
    expect(items).toHaveLength(2);
    expect(rows).toEqual(
      items.map((item) =>
        Object.fromEntries(Object.entries(item).map(([column, value]) => [column, cellOf(value)])),
      ),
    );
    expect(rows.map(({ priority }) => priority)).toEqual(['40', '70']);
    expect(rows[0]).toMatchObject({ name: `'${name}`, candidateGroups: 'success; all' });
    const { items: acts } = await world.store.audit.query({ filter: { actor: user.userId } });
    expect(acts.filter(({ action }) => action === 'exportList')).toMatchObject([
      { object: 'list:user-tasks', outcome: 'done', data: asked },
    ]);
  });

  test('that names nobody has no rows', async () => {
    const headers = await world.session(await world.person(['csm']));
    const answer = await get(TASKS, headers, { filter: { userTaskKey: '1' } });
    expect(answer.body.split('\r\n')).toHaveLength(2);
  });

  const refused: readonly (readonly [string, object, number])[] = [
    ['another field', { filter: { nothing: 1 } }, 400],
    ['a page', { page: { limit: 1 } }, 400],
    ['an order that there is not', { sort: [{ field: 'nothing' }] }, 400],
  ];
  test.each(refused)(
    'is refused for %s, and the audit has no file',
    async (_what, body, status) => {
      const user = await world.person(['csm']);
      const answer = await get(TASKS, await world.session(user), body);
      expect(answer.statusCode).toBe(status);
      const { items } = await world.store.audit.query({ filter: { actor: user.userId } });
      expect(items.map(({ action }) => action)).not.toContain('exportList');
    },
  );

  test('by variables is not for who sees no values', async () => {
    const headers = await world.session(await world.person(['designer']));
    const filter = { variables: [{ name: 'plan', value: '"gold"' }] };
    const answer = await get('/v2/process-instances/search.csv', headers, { filter });
    expect(answer.statusCode).toBe(403);
  });

  test('comes so many times in an hour, and no more', async () => {
    const user = await world.person(['csm']);
    const headers = await world.token(user, ['csm:read']);
    const url = '/v2/incidents/search.csv';
    for (let n = 0; n < MOST_FILES; n += 1) {
      expect((await get(url, headers)).statusCode).toBe(200);
    }
    const answer = await get(TASKS, headers);
    expect(answer.statusCode).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(3_000);
    world.move(3_600_000);
    expect((await get(TASKS, headers)).statusCode).toBe(200);
  });

  test('of all kinds has the columns of its rows', async () => {
    await world.store.journal.append(anInstance(), aLife());
    const headers = await world.session(await world.person(['csm']));
    const kinds = ['process-instances', 'element-instances', 'incidents', 'variables'];
    for (const kind of kinds) {
      const answer = await get(`/v2/${kind}/search.csv`, headers);
      const rows = parse(answer.body, { bom: true, columns: true }) as Record<string, string>[];
      expect(rows.length).toBeGreaterThan(0);
      expect(Object.values(rows[0] ?? {}).filter((cell) => cell !== '').length).toBeGreaterThan(4);
    }
  });
});

test('more rows than may be in a file are told in a header', async () => {
  const { userTasks } = world.store;
  const { search } = userTasks;
  Object.assign(userTasks, {
    search: async (query: { readonly from?: number }) =>
      query.from === MOST_ROWS ? { items: [{}], endCursor: null } : search(query as never),
  });
  const answer = await get(TASKS, await world.session(await world.person(['csm'])));
  Object.assign(userTasks, { search });
  expect(answer.headers['jornada-truncated']).toBe('true');
  expect(world.troubles).toEqual([]);
});
