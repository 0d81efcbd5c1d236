import { describe, expect, test } from 'vitest';
import { CHARTS } from '../../contracts/report-names.js';
import { figuresOf } from '../../reports/figures.js';
import { chartOf, reportPage, svgOf } from '../../reports/index.js';
import { REPORT_WORDS } from '../../reports/words.js';
import { NOTHING_COUNTED } from '../../store/index.js';

const EVIL = '<script>alert(1)</script><image href="http://evil.example/x">';

const figures = (started: number, median: number | null) =>
  figuresOf(
    { ...NOTHING_COUNTED, started, durations: { ...NOTHING_COUNTED.durations, median } },
    { processId: 'p', version: null, from: 'a', to: 'b' },
  );
const days = ['2026-03-01', '2026-03-02'];
const report = {
  series: days.map((day, n) => ({ day, from: '', to: '', figures: figures(n + 3, n * 7_200_000) })),
};
const item = { kind: 'userTask', versions: [] };
const count = (value: number) => ({ value, filter: {} });
const elements = {
  items: [
    ...[
      { elementId: 'few', elementName: EVIL, instances: count(2) },
      { elementId: 'many', elementName: null, instances: count(41) },
    ].map(({ instances, ...one }) => ({
      ...{ ...item, ...one },
      figures: {
        ...{ instances, active: count(0), incidents: count(0), times: count(0) },
        ...{ median: count(0), p95: count(0), mean: count(0) },
      },
    })),
  ],
};

describe.each(['en', 'pt-BR'] as const)('charts in %s', (locale) => {
  test.each(CHARTS)('%s is drawn without a browser, and says what it is of', (name) => {
    const option = chartOf(name, { report, elements }, { locale, isDark: false });
    const svg = svgOf(option);
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain(REPORT_WORDS[locale][name]);
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('<image');
  });
});

test('a chart shows the numbers of its report, in its order', () => {
  const flow = chartOf('flow', { report, elements }, { locale: 'en', isDark: true });
  expect(flow).toMatchObject({
    xAxis: { data: days },
    series: [{ name: 'Started', data: [3, 4] }, { name: 'Finished', data: [0, 0] }, {}],
  });
  const svg = svgOf(chartOf('durations', { report, elements }, { locale: 'en', isDark: false }));
  expect(svg).toMatch(/>2 h</);
  const bars = chartOf('elements', { report, elements }, { locale: 'en', isDark: false });
  // From below: the most stands on top.
  expect(bars).toMatchObject({ yAxis: { data: [EVIL, 'many'] }, series: [{ data: [2, 41] }] });
});

test('is the same each time it is drawn', () => {
  const option = chartOf('flow', { report, elements }, { locale: 'en', isDark: false });
  const plain = (svg: string): string => svg.replace(/zr\d*-(cls-)?[a-z]?\d+/g, 'zr');
  expect(plain(svgOf(option))).toBe(plain(svgOf(option)));
});

test('a page for print is one file that asks for nothing, and names stay texts', () => {
  const { totals, ...all } = {
    ...{ processDefinitionId: 'p', name: EVIL, from: '2026-03-01', to: '2026-03-02', zone: 'UTC' },
    ...{ at: '2026-03-03T00:00:00.000Z', version: 2 },
    totals: figures(7, 5_400_000),
  };
  const page = reportPage(
    {
      report: {
        ...{ ...all, totals, by: 'day', knownVersions: [2], series: report.series },
        versions: [{ version: 2, figures: totals }],
        clocks: [],
        outliers: {
          thresholdMs: 60_000,
          count: count(1),
          longest: [
            {
              ...{ processInstanceKey: '1', version: 2, businessId: EVIL },
              ...{ startDate: all.at, endDate: all.at, durationMs: 90_000 },
            },
          ],
        },
      },
      elements: { ...all, items: elements.items },
    },
    ['<svg id="first"/>', '<svg id="second"/>'],
    'pt-BR',
  );
  expect(page).toMatch(/^<!doctype html>\n<html lang="pt-BR">/);
  for (const part of ['1 h 30 min', '<svg id="second"/>', 'Por onde passaram', '1 min 30 s']) {
    expect(page).toContain(part);
  }
  expect(page).not.toContain('<script');
  expect(page).not.toContain('<image');
  expect(page.replaceAll('href=&quot;', '')).not.toMatch(/(?:src|href)=/);
});
