/** Puts a report together out of what the store counts. Class: side effect (reads). */
import { CLOCK_METRICS } from '../contracts/report-names.js';
import type {
  Report,
  ReportClock,
  ReportElements,
  ReportList,
  ReportQuery,
} from '../contracts/reports.js';
import { type ListedProcess, NOTHING_COUNTED, type Store } from '../store/index.js';
import {
  clockFiguresOf,
  elementFiguresOf,
  figuresOf,
  inFlightBefore,
  thresholdOf,
} from './figures.js';
import { INSTANCE_FILTERS, longerThan, type Meant } from './filters.js';
import { instantsOf, type Period, periodsOf, type Span, spanOf } from './period.js';

/** What reports lean on. */
export interface ReportDeps {
  readonly store: Pick<Store, 'reports' | 'definitions' | 'publicKeys'>;
  /** Now, ISO 8601. */
  readonly at: string;
  /** Where nobody says. */
  readonly zone: string;
}

/** There is no such process, or the time is too long to be drawn so, or ends before it begins. */
export type ReportFault = 'unknown' | 'periods';

/** The days that a report is of. */
export const spanIn = ({ from, to, zone }: ReportQuery, deps: ReportDeps): Span =>
  spanOf({ from, to, zone: zone ?? deps.zone }, deps.at);

/** Processes in the order of their ids, a page of them. */
export async function reportList(
  deps: ReportDeps,
  query: ReportQuery,
  { limit, after }: { readonly limit: number; readonly after: string | null },
): Promise<ReportList | ReportFault> {
  const span = spanIn(query, deps);
  if (span.to < span.from) return 'periods';
  const filter = { isLatest: true, ...(after !== null && { processId: { $gt: after } }) };
  const { items } = await deps.store.definitions.processes.search({ filter, limit: limit + 1 });
  const shown = items.slice(0, limit);
  const [from, to] = instantsOf(span);
  const processIds = shown.map(({ processId }) => processId);
  const ask = { processIds, version: null, bounds: [from, to] };
  const counted = processIds.length === 0 ? [] : await deps.store.reports.instances(ask);
  const next = items.length > limit ? (shown.at(-1)?.processId ?? null) : null;
  return {
    ...{ ...span, at: deps.at, next },
    items: shown.map((process) => {
      const { processId } = process;
      const isIt = (one: (typeof counted)[number]): boolean =>
        one.processId === processId && one.period === null && one.version === null;
      const counts = counted.find(isIt) ?? NOTHING_COUNTED;
      const figures = figuresOf(counts, { processId, version: null, from, to });
      return { processDefinitionId: processId, name: process.name, figures };
    }),
  };
}

const VERSIONS = 1000;
const LONGEST = 10;

/** One process, in whichever version it is known. */
export async function versionsOf(
  { store }: ReportDeps,
  processId: string,
): Promise<readonly ListedProcess[]> {
  const sort = [{ field: 'version', order: 'DESC' }] as const;
  const query = { filter: { processId }, sort, limit: VERSIONS };
  return (await store.definitions.processes.search(query)).items;
}

/** A whole report. */
export async function reportOf(
  deps: ReportDeps,
  processId: string,
  query: ReportQuery,
): Promise<Report | ReportFault> {
  const versions = await versionsOf(deps, processId);
  const [newest] = versions;
  if (!newest) return 'unknown';
  const span = spanIn(query, deps);
  const periods = periodsOf(span, query.by);
  if (periods === null) return 'periods';
  const version = query.version ?? null;
  const [from, to] = instantsOf(span);
  const bounds = [...periods.map((one) => one.from), to];
  const ask = { processIds: [processId], version, bounds };
  const counted = await deps.store.reports.instances(ask);
  const ofAll = (one: { readonly period: number | null; readonly version: number | null }) =>
    one.period === null && one.version === null;
  const totals = counted.find(ofAll) ?? NOTHING_COUNTED;
  const meant = { processId, version, from, to };
  return {
    ...{ processDefinitionId: processId, name: newest.name, ...span, at: deps.at, by: query.by },
    ...{ version, knownVersions: versions.map((one) => one.version) },
    totals: figuresOf(totals, meant),
    series: seriesOf(counted, periods, totals.inFlight, meant),
    versions: counted
      .flatMap((one) => (one.version === null ? [] : [{ ...one, version: one.version }]))
      .toSorted((one, other) => other.version - one.version)
      .map((one) => ({
        version: one.version,
        figures: figuresOf(one, { ...meant, version: one.version }),
      })),
    clocks: clocksOf(await deps.store.reports.clocks(ask), periods, meant),
    outliers: await outliersOf(deps, ask, thresholdOf(totals.durations), meant),
  };
}

type Counted = Awaited<ReturnType<Store['reports']['instances']>>;

function seriesOf(
  counted: Counted,
  periods: readonly Period[],
  inFlight: number,
  meant: Meant,
): Report['series'] {
  const byPeriod = new Map(counted.map((one) => [one.period, one]));
  const counts = periods.map((_period, index) => byPeriod.get(index) ?? NOTHING_COUNTED);
  const flights = inFlightBefore(inFlight, counts);
  return periods.map((period, index) => {
    const { from, to } = period;
    const here = { ...(counts[index] ?? NOTHING_COUNTED), inFlight: flights[index] ?? 0 };
    return { ...period, figures: figuresOf(here, { ...meant, from, to }) };
  });
}

/** Clocks that began, each by period and by version. */
function clocksOf(
  counted: Awaited<ReturnType<Store['reports']['clocks']>>,
  periods: readonly Period[],
  meant: Meant,
): ReportClock[] {
  return CLOCK_METRICS.flatMap((metric) => {
    const own = counted.filter((one) => one.metric === metric);
    if (own.length === 0) return [];
    const totals = own.find(({ period, version }) => period === null && version === null) ?? null;
    const versions = own.flatMap((one) =>
      one.version === null ? [] : [{ ...one, version: one.version }],
    );
    return [
      {
        metric,
        totals: clockFiguresOf(metric, totals, meant),
        series: periods.map(({ day, from, to }, index) => {
          const here = own.find(({ period }) => period === index) ?? null;
          return { day, figures: clockFiguresOf(metric, here, { ...meant, from, to }) };
        }),
        versions: versions
          .toSorted((one, other) => other.version - one.version)
          .map((one) => ({
            version: one.version,
            figures: clockFiguresOf(metric, one, { ...meant, version: one.version }),
          })),
      },
    ];
  });
}

async function outliersOf(
  { store }: ReportDeps,
  ask: Parameters<Store['reports']['longest']>[0],
  thresholdMs: number | null,
  meant: Meant,
): Promise<Report['outliers']> {
  if (thresholdMs === null) {
    const none = { value: 0, filter: INSTANCE_FILTERS.completed(meant) };
    return { thresholdMs, count: none, longest: [] };
  }
  const { count, items } = await store.reports.longest(ask, thresholdMs, LONGEST);
  const named = items.map(({ instanceId: id }) => ({ kind: 'processInstance' as const, id }));
  const keys = await store.publicKeys.keysOf(named);
  return {
    thresholdMs,
    count: { value: count, filter: longerThan(meant, thresholdMs) },
    longest: items.map(({ version, businessKey: businessId, ...one }, index) => ({
      ...{ processInstanceKey: keys[index] ?? '', version, businessId },
      ...{ startDate: one.startedAt, endDate: one.endedAt, durationMs: one.durationMs },
    })),
  };
}

/** The heat map of a process. */
export async function reportElementsOf(
  deps: ReportDeps,
  processId: string,
  query: ReportQuery,
): Promise<ReportElements | ReportFault> {
  const [newest] = await versionsOf(deps, processId);
  if (!newest) return 'unknown';
  const span = spanIn(query, deps);
  if (span.to < span.from) return 'periods';
  const version = query.version ?? null;
  const [from, to] = instantsOf(span);
  const ask = { processIds: [processId], version, bounds: [from, to] };
  const counted = await deps.store.reports.elements(ask);
  const byElement = new Map<string, (typeof counted)[number][]>();
  for (const one of counted) {
    const own = byElement.get(one.elementId);
    if (own) own.push(one);
    else byElement.set(one.elementId, [one]);
  }
  const meant = { processId, version, from, to };
  return {
    ...{ processDefinitionId: processId, name: newest.name, ...span, at: deps.at, version },
    items: counted
      .filter((one) => one.version === null)
      .map((one) => ({
        ...{ elementId: one.elementId, elementName: one.name, kind: one.kind },
        figures: elementFiguresOf(one, meant),
        versions: (byElement.get(one.elementId) ?? []).flatMap((other) =>
          other.version === null
            ? []
            : [
                {
                  version: other.version,
                  figures: elementFiguresOf(other, { ...meant, version: other.version }),
                },
              ],
        ),
      })),
  };
}
