/** Counts of the store as figures of a report. Class: pure. */
import {
  CLOCK_FIGURES,
  type ClockMetric,
  ELEMENT_FIGURES,
  FIGURES,
} from '../contracts/report-names.js';
import type { ClockFigures, ElementFigures, InstanceFigures } from '../contracts/reports.js';
import type { CountedClocks, CountedElement, CountedInstances } from '../store/reports/rows.js';
import { CLOCK_FILTERS, ELEMENT_FILTERS, INSTANCE_FILTERS, type Meant } from './filters.js';

type Counts = Omit<CountedInstances, 'processId' | 'period' | 'version'>;

/** Every figure of a process, a period or a version. */
export function figuresOf(counts: Counts, meant: Meant): InstanceFigures {
  const { completed, terminated, late, onTime, durations, ...rest } = counts;
  const values: Readonly<Record<keyof InstanceFigures, number | null>> = {
    ...{ ...rest, completed, terminated, finished: completed + terminated, late, onTime },
    attainment: shareOf(onTime, onTime + late),
    ...{ median: durations.median, p90: durations.p90, p95: durations.p95, mean: durations.mean },
  };
  const entries = FIGURES.map((name) => [
    name,
    { value: values[name], filter: INSTANCE_FILTERS[name](meant) },
  ]);
  return Object.fromEntries(entries) as InstanceFigures;
}

/** Every figure of an element. */
export function elementFiguresOf(counted: CountedElement, meant: Meant): ElementFigures {
  const entries = ELEMENT_FIGURES.map((name) => [
    name,
    { value: counted[name], filter: ELEMENT_FILTERS[name](meant, counted.elementId) },
  ]);
  return Object.fromEntries(entries) as ElementFigures;
}

/** Every figure of a clock; null: none began. */
export function clockFiguresOf(
  metric: ClockMetric,
  counted: CountedClocks | null,
  meant: Meant,
): ClockFigures {
  const { kept, missed, running, median } = counted ?? NO_CLOCKS;
  const values: Readonly<Record<keyof ClockFigures, number | null>> = {
    ...{ clockKept: kept, clockMissed: missed, clockRunning: running },
    ...{ clockAttainment: shareOf(kept, kept + missed), clockMedian: median },
  };
  const entries = CLOCK_FIGURES.map((name) => [
    name,
    { value: values[name], filter: CLOCK_FILTERS[name](meant, metric) },
  ]);
  return Object.fromEntries(entries) as ClockFigures;
}

const NO_CLOCKS = { kept: 0, missed: 0, running: 0, median: null } as const;

/** Null: nothing was promised. */
const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** How many were in flight at the end of each period, told back from the last: what started later was not there yet. */
export function inFlightBefore(
  atTheEnd: number,
  periods: readonly Pick<Counts, 'started' | 'completed' | 'terminated'>[],
): readonly number[] {
  const flights: number[] = [];
  let now = atTheEnd;
  for (const { started, completed, terminated } of periods.toReversed()) {
    flights.unshift(now);
    now += completed + terminated - started;
  }
  return flights;
}

/** Longer than this stands out: the upper quartile and half as much again as the middle half is wide. Source: Tukey, 1977. */
export function thresholdOf({ q1, q3 }: CountedInstances['durations']): number | null {
  return q1 === null || q3 === null ? null : Math.ceil(q3 + 1.5 * (q3 - q1));
}
