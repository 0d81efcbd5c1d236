/** Reports as they are answered: each number with the filter of the search of instances that lists what is behind it. Shapes alone. */
import { z } from 'zod';
import {
  CLOCK_METRICS,
  type ClockFigureName,
  type ElementFigureName,
  type FigureName,
  PERIODS,
} from './report-names.js';
import { isDate, isZone } from './time-text.js';

const date = z.string().refine(isDate, 'it is no date such as 2026-03-02');

/** What a report is asked for. */
export const reportQuery = z.strictObject({
  from: date.optional().describe('The first day; 30 days up to `to` where it is not said.'),
  to: date.optional().describe('The last day, counted in; today where it is not said.'),
  zone: z
    .string()
    .max(100)
    .refine(isZone, 'it is no time zone such as America/Sao_Paulo')
    .optional()
    .describe('The time zone of days; that of the server where it is not said.'),
  by: z.enum(PERIODS).default('day').describe('What it is drawn by.'),
  version: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1)
    .optional()
    .describe('Instances of this version alone.'),
});

/** As it was read. */
export type ReportQuery = z.output<typeof reportQuery>;

/** A number, and the filter of `POST /v2/process-instances/search` that lists the instances behind it. */
export const figure = z
  .strictObject({
    value: z.number().nullable().describe('Null: there is nothing to tell.'),
    filter: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'ReportFigure' });

/** One of them. */
export type Figure = z.output<typeof figure>;

/** What is told of a process, a period or a version. Durations are in milliseconds, of instances that completed. */
export const instanceFigures = z
  .strictObject({
    started: figure,
    finished: figure.describe('Completed or terminated.'),
    ...{ completed: figure, terminated: figure },
    inFlight: figure.describe('Started and not over at the end of the period.'),
    late: figure.describe('Completed, and a task was not over by its date.'),
    onTime: figure.describe('Completed, and all dates of tasks were kept.'),
    attainment: figure.describe('`onTime` of `onTime` and `late`, from 0 to 1.'),
    incidents: figure.describe('Instances in which an incident was opened.'),
    ...{ median: figure, p90: figure, p95: figure, mean: figure },
  } satisfies Record<FigureName, unknown>)
  .meta({ id: 'ReportFigures' });

/** All of them. */
export type InstanceFigures = z.output<typeof instanceFigures>;

const named = { processDefinitionId: z.string(), name: z.string().nullable() };
const asked = {
  from: z.string().describe('The first day.'),
  to: z.string().describe('The last day, counted in.'),
  zone: z.string(),
  at: z.iso.datetime().describe('When it was counted.'),
};

/** Processes with their figures. */
export const reportList = z.strictObject({
  ...asked,
  items: z.array(z.strictObject({ ...named, figures: instanceFigures })),
  next: z.string().nullable().describe('`after` of the next page; null: there is none.'),
});

/** All of it. */
export type ReportList = z.output<typeof reportList>;

const period = z.strictObject({
  day: z.string().describe('Its first day in the zone.'),
  ...{ from: z.iso.datetime(), to: z.iso.datetime(), figures: instanceFigures },
});

/** What is told of a clock of tickets: of instances that opened a ticket on which it began in the time. */
export const clockFigures = z
  .strictObject({
    clockKept: figure.describe('Done by its time.'),
    clockMissed: figure.describe('Not done by its time, whatever came of it afterwards.'),
    clockRunning: figure.describe('Neither so far; paused ones count.'),
    clockAttainment: figure.describe('`clockKept` of `clockKept` and `clockMissed`, from 0 to 1.'),
    clockMedian: figure.describe(
      'How long those that are done took, in the time that counts for them, in milliseconds.',
    ),
  } satisfies Record<ClockFigureName, unknown>)
  .meta({ id: 'ReportClockFigures' });

/** All of them. */
export type ClockFigures = z.output<typeof clockFigures>;

const clock = z.strictObject({
  metric: z.enum(CLOCK_METRICS).describe('What is promised.'),
  totals: clockFigures,
  series: z.array(z.strictObject({ day: z.string(), figures: clockFigures })),
  versions: z.array(z.strictObject({ version: z.int(), figures: clockFigures })),
});

/** A clock of a report. */
export type ReportClock = z.output<typeof clock>;

/** A whole report. */
export const report = z.strictObject({
  ...{ ...named, ...asked, by: z.enum(PERIODS), version: z.int().nullable() },
  knownVersions: z.array(z.int()).describe('The newest first.'),
  totals: instanceFigures,
  series: z.array(period),
  versions: z.array(z.strictObject({ version: z.int(), figures: instanceFigures })),
  clocks: z
    .array(clock)
    .describe('Of tickets; a process that opened none on which a clock began has none.'),
  outliers: z.strictObject({
    thresholdMs: z
      .int()
      .nullable()
      .describe('The upper quartile and half as much again of the middle half.'),
    count: figure,
    longest: z.array(
      z.strictObject({
        processInstanceKey: z.string(),
        ...{ version: z.int(), businessId: z.string().nullable() },
        ...{ startDate: z.iso.datetime(), endDate: z.iso.datetime(), durationMs: z.int() },
      }),
    ),
  }),
});

/** All of it. */
export type Report = z.output<typeof report>;

/** What is told of an element: of instances that came there in the time. Durations are in milliseconds. */
export const elementFigures = z
  .strictObject({
    instances: figure.describe('That entered it.'),
    active: figure.describe('That are there now, whenever they came.'),
    incidents: figure.describe('In which an incident was opened there.'),
    times: figure.describe('How often it was entered, by all of these instances together.'),
    ...{ median: figure, p95: figure, mean: figure },
  } satisfies Record<ElementFigureName, unknown>)
  .meta({ id: 'ReportElementFigures' });

/** All of them. */
export type ElementFigures = z.output<typeof elementFigures>;

/** The heat map of a process. */
export const reportElements = z.strictObject({
  ...{ ...named, ...asked, version: z.int().nullable() },
  items: z.array(
    z.strictObject({
      ...{ elementId: z.string(), elementName: z.string().nullable(), kind: z.string().nullable() },
      figures: elementFigures,
      versions: z.array(z.strictObject({ version: z.int(), figures: elementFigures })),
    }),
  ),
});

/** All of it. */
export type ReportElements = z.output<typeof reportElements>;
