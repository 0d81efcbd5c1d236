/** Reports as rows of CSV: numbers as they are, durations in milliseconds, instants in UTC. Class: pure. */
import {
  CLOCK_FIGURES,
  CLOCK_METRICS,
  ELEMENT_FIGURES,
  FIGURES,
} from '../../contracts/report-names.js';
import type { Figure, Report, ReportElements, ReportList } from '../../contracts/reports.js';
import type { CsvList } from '../csv/document.js';

const valuesOf = (
  figures: Readonly<Record<string, Figure>>,
): Readonly<Record<string, number | null>> =>
  Object.fromEntries(Object.entries(figures).map(([name, { value }]) => [name, value]));

/** Rows that are all there already. */
function listed(name: string, columns: readonly string[], rows: readonly object[]): CsvList {
  return {
    ...{ name, columns },
    page: async (after, limit) => {
      const begin = Number(after ?? 0);
      const end = begin + limit;
      return { rows: rows.slice(begin, end), endCursor: end < rows.length ? String(end) : null };
    },
    hasMoreThan: async (most) => rows.length > most,
  };
}

/** Processes. */
export const listRows = ({ items, from, to, zone }: Omit<ReportList, 'next'>): CsvList =>
  listed(
    'reports',
    ['processDefinitionId', 'name', 'from', 'to', 'zone', ...FIGURES],
    items.map(({ figures, ...item }) => ({ ...item, from, to, zone, ...valuesOf(figures) })),
  );

/** Periods of a process, then its versions, then all of it. */
export function seriesRows({ series, versions, totals, clocks, ...report }: Report): CsvList {
  const { processDefinitionId, zone, from, to } = report;
  const of = { processDefinitionId, zone };
  const rows = [
    ...series.map(({ day, figures, ...period }) => ({
      ...{ ...of, row: 'period', day, ...period, ...valuesOf(figures) },
      ...clocksOf(clocks, (clock) => clock.series.find((one) => one.day === day)?.figures),
    })),
    ...versions.map(({ version, figures }) => ({
      ...{ ...of, row: 'version', version, from, to, ...valuesOf(figures) },
      ...clocksOf(
        clocks,
        (clock) => clock.versions.find((one) => one.version === version)?.figures,
      ),
    })),
    {
      ...{ ...of, row: 'total', version: report.version, from, to, ...valuesOf(totals) },
      ...clocksOf(clocks, (clock) => clock.totals),
    },
  ];
  const columns = ['processDefinitionId', 'row', 'day', 'version', 'from', 'to', 'zone'];
  const ofClocks = CLOCK_METRICS.flatMap((metric) =>
    CLOCK_FIGURES.map((name) => columnOf(metric, name)),
  );
  return listed('report-series', [...columns, ...FIGURES, ...ofClocks], rows);
}

/** `first_reply.kept` */
const columnOf = (metric: string, name: string): string =>
  `${metric}.${name.replace(/^clock/, '').toLowerCase()}`;

/** Figures of all clocks, in their columns. */
const clocksOf = (
  clocks: Report['clocks'],
  of: (clock: Report['clocks'][number]) => Readonly<Record<string, Figure>> | undefined,
): Readonly<Record<string, number | null>> =>
  Object.fromEntries(
    clocks.flatMap((clock) =>
      Object.entries(of(clock) ?? {}).map(([name, { value }]) => [
        columnOf(clock.metric, name),
        value,
      ]),
    ),
  );

/** Elements, each over all versions and by each. */
export function elementRows({
  items,
  processDefinitionId,
  from,
  to,
  zone,
}: ReportElements): CsvList {
  const rows = items.flatMap(({ figures, versions, ...element }) => {
    const of = { processDefinitionId, ...element, from, to, zone };
    return [
      { ...of, version: null, ...valuesOf(figures) },
      ...versions.map((one) => ({ ...of, version: one.version, ...valuesOf(one.figures) })),
    ];
  });
  const columns = ['processDefinitionId', 'elementId', 'elementName', 'kind', 'version'];
  return listed('report-elements', [...columns, 'from', 'to', 'zone', ...ELEMENT_FIGURES], rows);
}
