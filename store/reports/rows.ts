/** What the database counts for reports. Durations are in milliseconds, null where there is none. Types only. */

/** What is counted. */
export interface ReportAsk {
  /** Processes by their ids, */
  readonly processIds: readonly string[];
  /** of one version alone; null: of all. */
  readonly version: number | null;
  /** Instants, ISO 8601, ascending: where periods begin, and where the last one ends. */
  readonly bounds: readonly string[];
}

/** Counts of one process, of one of its periods, or of one of its versions. */
export interface CountedInstances {
  readonly processId: string;
  /** Number of the period, from 0; null: all of them. */
  readonly period: number | null;
  /** Null: all of them. */
  readonly version: number | null;
  /** Instances that started, */
  readonly started: number;
  /** that ended having done all there was to do, or having been stopped, */
  readonly completed: number;
  readonly terminated: number;
  /** completed ones of which a date was missed, or all dates were kept, */
  readonly late: number;
  readonly onTime: number;
  /** in which an incident was opened, */
  readonly incidents: number;
  /** that ran at the end. */
  readonly inFlight: number;
  readonly durations: Durations;
}

/** How long completed instances took. */
export interface Durations {
  readonly mean: number | null;
  readonly q1: number | null;
  readonly median: number | null;
  readonly q3: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
}

/** Clocks of tickets that began, of a process, of one of its periods, or of one of its versions: instances that opened the tickets. */
export interface CountedClocks {
  readonly metric: string;
  /** Number of the period, from 0; null: all of them. */
  readonly period: number | null;
  /** Null: all of them. */
  readonly version: number | null;
  readonly kept: number;
  readonly missed: number;
  readonly running: number;
  /** Of those that are done: time that counted. */
  readonly median: number | null;
}

/** Counts of one element, in all versions (`version` null) or one. */
export interface CountedElement {
  readonly elementId: string;
  readonly version: number | null;
  readonly name: string | null;
  readonly kind: string | null;
  /** How often it was entered, */
  readonly times: number;
  /** by how many instances; */
  readonly instances: number;
  /** instances that are there now, whenever they came, */
  readonly active: number;
  /** in which an incident was opened there. */
  readonly incidents: number;
  /** How long those took that were entered in the period and completed. */
  readonly median: number | null;
  readonly p95: number | null;
  readonly mean: number | null;
}

/** An instance that took longer than others. */
export interface LongInstance {
  readonly instanceId: string;
  readonly version: number;
  readonly businessKey: string | null;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly durationMs: number;
}
