/**
 * The charts of a report as ECharts draws them, the same in a browser and on the server. Series differ by shape or pattern as well
 * as by colour. Class: pure.
 */
import type { ChartName } from '../contracts/report-names.js';
import type { Report, ReportElements } from '../contracts/reports.js';
import { durationStep, durationText } from './text.js';
import { REPORT_WORDS, type ReportLocale, type ReportWord } from './words.js';

/** How a chart looks. */
export interface ChartLooks {
  readonly locale: ReportLocale;
  readonly isDark: boolean;
}

/** An option of ECharts: plain data, but for what names a length of time. */
export type ChartOption = Readonly<Record<string, unknown>>;

/** Colours that people who see few of them tell apart too. Source: Okabe and Ito, 2008. */
const COLOURS = {
  light: { text: '#212529', line: '#ced4da', one: '#0072b2', two: '#b85c00', three: '#007a5a' },
  dark: { text: '#e9ecef', line: '#495057', one: '#56b4e9', two: '#e69f00', three: '#2fc79a' },
} as const;

/** Charts that are drawn by period, and the figures in them. */
const SERIES: Readonly<
  Record<
    Exclude<ChartName, 'elements'>,
    readonly { readonly of: SeriesName; readonly type: 'bar' | 'line'; readonly stack?: string }[]
  >
> = {
  flow: [
    { of: 'started', type: 'bar' },
    { of: 'finished', type: 'bar' },
    { of: 'inFlight', type: 'line' },
  ],
  durations: [
    { of: 'median', type: 'line' },
    { of: 'p90', type: 'line' },
    { of: 'p95', type: 'line' },
  ],
  punctuality: [
    { of: 'onTime', type: 'bar', stack: 'all' },
    { of: 'late', type: 'bar', stack: 'all' },
  ],
};

type SeriesName = Extract<
  ReportWord,
  'started' | 'finished' | 'inFlight' | 'median' | 'p90' | 'p95' | 'onTime' | 'late'
>;

/** The place of a chart is that of its labels as well. */
const WITH_LABELS = { outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' } as const;

const SYMBOLS = ['circle', 'rect', 'triangle'] as const;
const DECALS = [
  null,
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 },
  { symbol: 'circle', symbolSize: 0.5, dashArrayX: [[4, 4]], dashArrayY: [4, 4] },
] as const;

/** A chart by period. */
export function seriesChart(
  name: Exclude<ChartName, 'elements'>,
  report: Pick<Report, 'series'>,
  looks: ChartLooks,
): ChartOption {
  const { words, colours } = looksOf(looks);
  const all = [colours.one, colours.two, colours.three];
  const isLong = name === 'durations';
  return {
    ...frameOf(words[name], looks),
    color: all,
    legend: {
      ...{ top: 34, left: 0, itemGap: 18, icon: 'roundRect' },
      textStyle: { color: colours.text },
    },
    grid: { left: 8, right: 16, top: 78, bottom: 8, ...WITH_LABELS },
    xAxis: {
      type: 'category',
      data: report.series.map(({ day }) => day),
      axisLabel: { color: colours.text, hideOverlap: true },
      axisLine: { lineStyle: { color: colours.line } },
    },
    yAxis: {
      type: 'value',
      ...(isLong ? stepOf(report) : { minInterval: 1 }),
      axisLabel: { color: colours.text, ...(isLong && { formatter: durationText }) },
      splitLine: { lineStyle: { color: colours.line } },
    },
    series: SERIES[name].map(({ of, type, stack }, index) => ({
      ...{ name: words[of], type, data: report.series.map(({ figures }) => figures[of].value) },
      ...(stack !== undefined && { stack }),
      ...(type === 'line'
        ? { symbol: SYMBOLS[index], symbolSize: 8, connectNulls: true, lineStyle: { width: 2 } }
        : { barMaxWidth: 28, itemStyle: { decal: DECALS[index] ?? undefined } }),
      ...(isLong && { tooltip: { valueFormatter: durationOf } }),
    })),
  };
}

/** Lines at whole units of time. */
function stepOf({ series }: Pick<Report, 'series'>): ChartOption {
  const all = series.flatMap(({ figures }) =>
    SERIES.durations.map(({ of }) => figures[of].value ?? 0),
  );
  const most = Math.max(0, ...all);
  const step = durationStep(most);
  return step === null ? {} : { interval: step, max: Math.ceil(most / step) * step };
}

const ELEMENTS_SHOWN = 20;

/** Elements by how many instances came there, the most first. */
export function elementsChart(
  { items }: Pick<ReportElements, 'items'>,
  looks: ChartLooks,
): ChartOption {
  const { words, colours } = looksOf(looks);
  const most = items
    .toSorted(
      (one, other) => (other.figures.instances.value ?? 0) - (one.figures.instances.value ?? 0),
    )
    .slice(0, ELEMENTS_SHOWN)
    .toReversed();
  return {
    ...frameOf(words.elements, looks),
    color: [colours.one],
    grid: { left: 8, right: 56, top: 48, bottom: 8, ...WITH_LABELS },
    xAxis: {
      ...{ type: 'value', minInterval: 1, axisLabel: { color: colours.text } },
      splitLine: { lineStyle: { color: colours.line } },
    },
    yAxis: {
      type: 'category',
      data: most.map(({ elementId, elementName }) => elementName ?? elementId),
      axisLabel: { color: colours.text, width: 180, overflow: 'truncate' },
      axisLine: { lineStyle: { color: colours.line } },
    },
    series: [
      {
        ...{ type: 'bar', name: words.instances, barMaxWidth: 20 },
        data: most.map(({ figures }) => figures.instances.value),
        label: { show: true, position: 'right', color: colours.text },
      },
    ],
  };
}

/** A chart by its name. */
export const chartOf = (
  name: ChartName,
  of: { readonly report: Pick<Report, 'series'>; readonly elements: Pick<ReportElements, 'items'> },
  looks: ChartLooks,
): ChartOption =>
  name === 'elements' ? elementsChart(of.elements, looks) : seriesChart(name, of.report, looks);

const durationOf = (value: unknown): string =>
  typeof value === 'number' ? durationText(value) : '–';

function looksOf({ locale, isDark }: ChartLooks) {
  return { words: REPORT_WORDS[locale], colours: COLOURS[isDark ? 'dark' : 'light'] };
}

/** What all charts have. */
function frameOf(title: string, looks: ChartLooks): ChartOption {
  const { colours } = looksOf(looks);
  return {
    animation: false,
    backgroundColor: 'transparent',
    aria: { enabled: true },
    title: { text: title, left: 0, top: 0, textStyle: { color: colours.text, fontSize: 15 } },
    textStyle: { fontFamily: 'system-ui, sans-serif' },
    // No HTML: the policy of pages allows no styles in it, and names stay texts.
    tooltip: { trigger: 'axis', renderMode: 'richText' },
  };
}
