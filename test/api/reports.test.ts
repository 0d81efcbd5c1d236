/** Reports by the API: every number is the count of the search that it names, and CSV and SVG tell the same. */
import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHARTS, CLOCK_FIGURES, ELEMENT_FIGURES, FIGURES } from '../../contracts/report-names.js';
import type { Figure, Report, ReportElements, ReportList } from '../../contracts/reports.js';
import { aCustomer, anImport } from '../support/customer-record.js';
import { openWorld, type World } from '../support/identities.js';
import { appendClocks, appendLives, SPAN } from '../support/reported.js';

const PROCESS = 'reported';
const ASKED = `from=${SPAN.from}&to=${SPAN.to}&zone=${encodeURIComponent(SPAN.zone)}`;
const ONE = `/api/v1/reports/${PROCESS}`;
const QUIET = { messageStarts: [], signalStarts: [], timerStarts: [] };
const DRAWN = { path: 'process.bpmn', startFormId: null };

let world: World;
let headers: Record<string, string>;

const get = (url: string) => world.ask({ method: 'GET', url, headers });
const read = async <T>(url: string): Promise<T> => {
  const answer = await get(url);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json() as T;
};
interface Found {
  readonly items: readonly { readonly startDate: string; readonly endDate: string | null }[];
  readonly page: { readonly totalItems: number };
}
const search = async (filter: object): Promise<Found> => {
  const answer = await world.ask({
    ...{ method: 'POST', url: '/v2/process-instances/search', headers, payload: { filter } },
  });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json() as Found;
};

beforeAll(async () => {
  world = await openWorld();
  const { keyProvider } = world.records;
  const key = await keyProvider.create(randomUUID());
  const ids = await appendLives(world.store, PROCESS, key);
  const customer = aCustomer();
  await world.records.record.take([customer], anImport(), 0);
  await appendClocks(world.records.record, ids, customer);
  await keyProvider.destroy(key);
  for (const version of [1, 2]) {
    for (const processId of [PROCESS, `${PROCESS}-other`, 'reported-idle']) {
      const hash = `${processId}-${version}`;
      await world.store.definitions.deploy([
        {
          package: { hash, key: processId, files: { 'process.bpmn': `<${hash}/>` } },
          processes: [
            { processId, name: 'Reported', versionTag: null, requirements: QUIET, ...DRAWN },
          ],
          resources: [],
          deployedAt: '2026-03-01T00:00:00.000Z',
        },
      ]);
    }
  }
  headers = await world.session(await world.person(['csm']));
});
afterAll(() => world.close());

/** Numbers that are no count of instances, but of what those have. */
const NO_COUNTS: readonly string[] = [
  ...['attainment', 'median', 'p90', 'p95', 'mean', 'times', 'clockAttainment', 'clockMedian'],
];

type Placed = readonly [place: string, figure: Figure];

const placed = (place: string, figures: object): readonly Placed[] =>
  Object.entries(figures as Readonly<Record<string, Figure>>)
    .filter(([name]) => !NO_COUNTS.includes(name))
    .map(([name, figure]) => [`${place} ${name}`, figure]);

async function expectToOpen(all: readonly Placed[]): Promise<void> {
  for (const [place, { value, filter }] of all) {
    const { page } = await search(filter);
    expect([place, page.totalItems]).toEqual([place, value]);
  }
}

describe('every number opens to the instances behind it', () => {
  test.each(['day', 'week', 'month'])('of a report by %s', async (by) => {
    const report = await read<Report>(`${ONE}?${ASKED}&by=${by}`);
    const all = [
      ...placed('totals', report.totals),
      ...report.series.flatMap(({ day, figures }) => placed(day, figures)),
      ...report.versions.flatMap(({ version, figures }) => placed(`v${version}`, figures)),
      ['outliers', report.outliers.count] as const,
      ...report.clocks.flatMap(({ metric, totals, series, versions }) => [
        ...placed(metric, totals),
        ...series.flatMap(({ day, figures }) => placed(`${metric} ${day}`, figures)),
        ...versions.flatMap((one) => placed(`${metric} v${one.version}`, one.figures)),
      ]),
    ];
    expect(all.filter(([, { value }]) => value !== 0).length).toBeGreaterThan(20);
    await expectToOpen(all);
  });

  test('of a report of one version', async () => {
    const report = await read<Report>(`${ONE}?${ASKED}&version=2`);
    expect(report.totals.started.value).toBe(5);
    await expectToOpen([
      ...placed('totals', report.totals),
      ...report.series.flatMap(({ day, figures }) => placed(day, figures)),
    ]);
  });

  test('of the clocks of its tickets', async () => {
    const { clocks } = await read<Report>(`${ONE}?${ASKED}`);
    const valuesOf = (figures: object) =>
      CLOCK_FIGURES.map((name) => (figures as Record<string, Figure>)[name]?.value);
    // Kept, missed, running, kept of kept and missed, median of the time that counted.
    expect(clocks.map(({ metric, totals }) => [metric, valuesOf(totals)])).toEqual([
      ['first_reply', [1, 0, 1, 1, 3_600_000]],
      ['resolution', [0, 2, 0, 0, 32_400_000]],
    ]);
    const [replies] = clocks;
    expect(replies?.series.map(({ day, figures }) => [day, ...valuesOf(figures)])).toEqual([
      ['2026-03-28', 1, 0, 0, 1, 3_600_000],
      ['2026-03-29', 0, 0, 0, null, null],
      ['2026-03-30', 0, 0, 1, null, null],
    ]);
    expect(replies?.versions.map(({ version }) => version)).toEqual([2, 1]);
    const { page } = await search(replies?.totals.clockMedian.filter ?? {});
    expect(page.totalItems).toBe(1);
    const { clocks: none } = await read<Report>(`/api/v1/reports/reported-idle?${ASKED}`);
    expect(none).toEqual([]);
  });

  test('of elements', async () => {
    const { items } = await read<ReportElements>(`${ONE}/elements?${ASKED}`);
    expect(items).toMatchObject([{ elementId: 'Work', figures: { instances: { value: 6 } } }]);
    await expectToOpen(
      items.flatMap(({ elementId, figures, versions }) => [
        ...placed(elementId, figures),
        ...versions.flatMap((one) => placed(`${elementId} v${one.version}`, one.figures)),
      ]),
    );
  });

  test('of the list', async () => {
    const { items } = await read<ReportList>(`/api/v1/reports?${ASKED}`);
    expect(items.map((item) => [item.processDefinitionId, item.figures.started.value])).toEqual([
      ...[
        [PROCESS, 6],
        ['reported-idle', 0],
        [`${PROCESS}-other`, 1],
      ],
    ]);
    await expectToOpen(items.flatMap((item) => placed(item.processDefinitionId, item.figures)));
  });

  test('and durations are those of the instances that they name', async () => {
    const { totals } = await read<Report>(`${ONE}?${ASKED}`);
    const { items } = await search(totals.median.filter);
    const all = items
      .map(({ startDate, endDate }) => Date.parse(endDate ?? '') - Date.parse(startDate))
      .toSorted((one, other) => one - other);
    expect(all).toHaveLength(4);
    expect(totals.median.value).toBe(Math.round(((all[1] ?? 0) + (all[2] ?? 0)) / 2));
    expect(totals.mean.value).toBe(Math.round(all.reduce((sum, ms) => sum + ms, 0) / 4));
    expect(totals.attainment).toMatchObject({ value: 1 / 3 });
  });
});

describe('a report', () => {
  test('tells its days in the zone that is asked for', async () => {
    const { series, ...report } = await read<Report>(`${ONE}?${ASKED}`);
    expect(report).toMatchObject({ ...SPAN, by: 'day', version: null, knownVersions: [2, 1] });
    expect(series.map(({ day, from }) => [day, from])).toEqual([
      ['2026-03-28', '2026-03-27T23:00:00.000Z'],
      ['2026-03-29', '2026-03-28T23:00:00.000Z'],
      ['2026-03-30', '2026-03-29T22:00:00.000Z'],
    ]);
    expect(series.map(({ figures }) => figures.inFlight.value)).toEqual([4, 2, 3]);
    // The same instants fall on other days elsewhere.
    const { series: there } = await read<Report>(
      `${ONE}?from=${SPAN.from}&to=${SPAN.to}&zone=America/Sao_Paulo`,
    );
    expect(there.map(({ figures }) => figures.started.value)).not.toEqual([4, 0, 2]);
  });

  const refused: readonly (readonly [string, string, number])[] = [
    ['a process that nobody deployed', '/api/v1/reports/nobody', 404],
    ['a day that is not', `${ONE}?from=2026-02-31`, 400],
    ['an end before its beginning', `${ONE}?from=2026-03-02&to=2026-03-01`, 400],
    ['an end before its beginning', '/api/v1/reports?from=2026-03-02&to=2026-03-01', 400],
    ['an end before its beginning', `${ONE}/elements?from=2026-03-02&to=2026-03-01`, 400],
    ['too many days', `${ONE}?from=2020-01-01&to=2026-03-01`, 400],
    ['a zone that is not', `${ONE}?zone=Mars/Olympus`, 400],
    ['an offset for a zone', `${ONE}?zone=%2B03:00`, 400],
    ['another property', `${ONE}?nothing=1`, 422],
    ['a version that cannot be', `${ONE}?version=0`, 400],
    ['another chart', `${ONE}/charts/nothing`, 404],
  ];
  test.each(refused)('of %s is refused (%s)', async (_what, url, status) => {
    expect((await get(url)).statusCode).toBe(status);
  });

  test('of an unknown version has nothing in it', async () => {
    const { totals, versions } = await read<Report>(`${ONE}?${ASKED}&version=9`);
    expect([totals.started.value, totals.inFlight.value, versions]).toEqual([0, 0, []]);
  });

  test('lists processes page by page', async () => {
    const ids: string[] = [];
    for (let after = ''; ; ) {
      const page = await read<ReportList>(`/api/v1/reports?limit=1${after}`);
      ids.push(...page.items.map((item) => item.processDefinitionId));
      if (page.next === null) break;
      after = `&after=${page.next}`;
    }
    expect(ids).toEqual([PROCESS, 'reported-idle', `${PROCESS}-other`].toSorted());
  });
});

describe('files', () => {
  const rowsOf = async (url: string): Promise<readonly Record<string, string>[]> => {
    const answer = await get(url);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/csv/);
    return parse(answer.body, { bom: true, columns: true });
  };

  test('have the numbers of the report', async () => {
    const report = await read<Report>(`${ONE}?${ASKED}`);
    const rows = await rowsOf(`${ONE}/series.csv?${ASKED}`);
    expect(rows.map(({ row }) => row)).toEqual([
      ...['period', 'period', 'period', 'version', 'version', 'total'],
    ]);
    const total = rows.at(-1) ?? {};
    expect(total).toMatchObject({ 'first_reply.kept': '1', 'resolution.missed': '2' });
    expect(rows[0]).toMatchObject({ 'first_reply.median': '3600000', 'resolution.running': '0' });
    for (const name of FIGURES) expect(total[name]).toBe(String(report.totals[name].value));
    expect(rows.slice(0, 3).map(({ day, inFlight }) => [day, inFlight])).toEqual([
      ['2026-03-28', '4'],
      ['2026-03-29', '2'],
      ['2026-03-30', '3'],
    ]);
  });

  test('have the elements by version, and the processes', async () => {
    const rows = await rowsOf(`${ONE}/elements.csv?${ASKED}`);
    expect(rows.map(({ elementId, version, times }) => [elementId, version, times])).toEqual([
      ['Work', '', '7'],
      ['Work', '1', '2'],
      ['Work', '2', '5'],
    ]);
    expect(Object.keys(rows[0] ?? {})).toEqual(expect.arrayContaining([...ELEMENT_FIGURES]));
    const all = await rowsOf(`/api/v1/reports.csv?${ASKED}`);
    expect(all.map(({ started }) => started)).toEqual(['6', '0', '1']);
  });

  test.each(CHARTS)('chart %s is an SVG in the language that is asked for', async (chart) => {
    const answer = await get(`${ONE}/charts/${chart}?${ASKED}&locale=pt-BR`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      ...{ 'content-type': 'image/svg+xml' },
      'content-disposition': `attachment; filename="report-${chart}.svg"`,
    });
    expect(answer.body).toMatch(/^<svg /);
  });
});

test('the search refuses what is of no element, and what is no instant', async () => {
  const refusals = [
    { elementStartDate: { $gte: '2026-03-01T00:00:00Z' } },
    { elementInstanceState: 'ACTIVE' },
    { slaState: 'KEPT' },
    { slaStartDate: { $gte: '2026-03-01T00:00:00Z' } },
    { slaMetric: 'next_reply' },
    { runningAt: 'yesterday' },
    { punctuality: 'SOMETIMES' },
    { incidentCreationTime: { $gt: '2026-03-01T00:00:00Z' } },
  ];
  for (const filter of refusals) {
    const answer = await world.ask({
      ...{ method: 'POST', url: '/v2/process-instances/search', headers, payload: { filter } },
    });
    expect([filter, answer.statusCode]).toEqual([filter, 400]);
  }
});

test('nothing went wrong meanwhile', () => {
  expect(world.troubles).toEqual([]);
});
