/** Names in reports, apart from their shapes: pages load them without what checks shapes. Class: data. */

/** What a report is drawn by: days, weeks that begin on Monday, months. */
export const PERIODS = ['day', 'week', 'month'] as const;

/** One of them. */
export type PeriodKind = (typeof PERIODS)[number];

/** Charts of a report. */
export const CHARTS = ['flow', 'durations', 'punctuality', 'elements'] as const;

/** One of them. */
export type ChartName = (typeof CHARTS)[number];

/** What is told of a process, a period or a version, in the order of tables. */
export const FIGURES = [
  ...(['started', 'finished', 'completed', 'terminated', 'inFlight'] as const),
  ...(['late', 'onTime', 'attainment', 'incidents'] as const),
  ...(['median', 'p90', 'p95', 'mean'] as const),
] as const;

/** One of them. */
export type FigureName = (typeof FIGURES)[number];

/** Clocks of tickets that are told of, by what they promise. */
export const CLOCK_METRICS = ['first_reply', 'resolution'] as const;

/** One of them. */
export type ClockMetric = (typeof CLOCK_METRICS)[number];

/** What is told of a clock. */
export const CLOCK_FIGURES = [
  ...(['clockKept', 'clockMissed', 'clockRunning', 'clockAttainment', 'clockMedian'] as const),
] as const;

/** One of them. */
export type ClockFigureName = (typeof CLOCK_FIGURES)[number];

/** What is told of an element. */
export const ELEMENT_FIGURES = [
  ...(['instances', 'active', 'incidents', 'times', 'median', 'p95', 'mean'] as const),
] as const;

/** One of them. */
export type ElementFigureName = (typeof ELEMENT_FIGURES)[number];
