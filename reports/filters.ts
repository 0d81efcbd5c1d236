/** Each number of a report as the filter of the search of instances that lists what is behind it. Class: pure. */
import type { ClockMetric } from '../contracts/report-names.js';
import type { ClockFigures, ElementFigures, InstanceFigures } from '../contracts/reports.js';

/** A filter of `POST /v2/process-instances/search`. */
export type InstanceFilter = Readonly<Record<string, unknown>>;

/** Of what a number is: instants are ISO 8601, `to` is no part of it. */
export interface Meant {
  readonly processId: string;
  /** Null: all versions. */
  readonly version: number | null;
  readonly from: string;
  readonly to: string;
}

const during = ({ from, to }: Meant) => ({ $gte: from, $lt: to });

const ofProcess = ({ processId, version }: Meant): InstanceFilter => ({
  processDefinitionId: processId,
  ...(version !== null && { processDefinitionVersion: version }),
});

const completed = (meant: Meant): InstanceFilter => ({
  ...ofProcess(meant),
  ...{ state: 'COMPLETED', endDate: during(meant) },
});

/** A start that was refused never ran: it has no start. */
const RAN = { startDate: { $exists: true } };

/** By the names of figures. Those of durations list the instances that they are of. */
export const INSTANCE_FILTERS: Readonly<
  Record<keyof InstanceFigures, (meant: Meant) => InstanceFilter>
> = {
  started: (meant) => ({ ...ofProcess(meant), startDate: during(meant) }),
  finished: (meant) => ({ ...ofProcess(meant), ...RAN, endDate: during(meant) }),
  completed,
  terminated: (meant) => ({
    ...{ ...ofProcess(meant), ...RAN, state: 'TERMINATED', endDate: during(meant) },
  }),
  inFlight: (meant) => ({ ...ofProcess(meant), runningAt: meant.to }),
  late: (meant) => ({ ...completed(meant), punctuality: 'LATE' }),
  onTime: (meant) => ({ ...completed(meant), punctuality: 'ON_TIME' }),
  attainment: (meant) => ({ ...completed(meant), punctuality: 'ON_TIME' }),
  incidents: (meant) => ({ ...ofProcess(meant), incidentCreationTime: during(meant) }),
  ...{ median: completed, p90: completed, p95: completed, mean: completed },
};

/** Instances that took longer than so many milliseconds. */
export const longerThan = (meant: Meant, ms: number): InstanceFilter => ({
  ...{ ...completed(meant), durationMs: { $gt: ms } },
});

/** The same for what is told of a clock of tickets. */
export const CLOCK_FILTERS: Readonly<
  Record<keyof ClockFigures, (meant: Meant, metric: ClockMetric) => InstanceFilter>
> = {
  clockKept: clockThat('KEPT'),
  clockMissed: clockThat('MISSED'),
  clockRunning: clockThat('RUNNING'),
  clockAttainment: clockThat('KEPT'),
  clockMedian: clockThat(null),
};

function clockThat(standing: 'KEPT' | 'MISSED' | 'RUNNING' | null) {
  return (meant: Meant, metric: ClockMetric): InstanceFilter => ({
    ...{ ...ofProcess(meant), slaMetric: metric, slaStartDate: during(meant) },
    ...(standing !== null && { slaState: standing }),
  });
}

/** The same for what is told of an element. */
export const ELEMENT_FILTERS: Readonly<
  Record<keyof ElementFigures, (meant: Meant, elementId: string) => InstanceFilter>
> = {
  instances: entered,
  active: (meant, elementId) => ({
    ...{ ...ofProcess(meant), elementId, elementInstanceState: 'ACTIVE' },
  }),
  incidents: (meant, elementId) => ({
    ...{ ...ofProcess(meant), incidentElementId: elementId, incidentCreationTime: during(meant) },
  }),
  times: entered,
  ...{ median: wasThere, p95: wasThere, mean: wasThere },
};

function entered(meant: Meant, elementId: string): InstanceFilter {
  return { ...ofProcess(meant), elementId, elementStartDate: during(meant) };
}

function wasThere(meant: Meant, elementId: string): InstanceFilter {
  return { ...entered(meant, elementId), elementInstanceState: 'COMPLETED' };
}
