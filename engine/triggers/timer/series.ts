/**
 * A timer that is armed: its due time, and what comes after it.
 * Class: pure. Source: BPMN 2.0.2 §10.5.5.
 */
import { InvariantError } from '../../errors/index.js';
import {
  cronOccurrences,
  type Occurrence,
  type Occurrences,
  repeatOccurrences,
  SINGLE,
} from './occurrences.js';
import { readSchedule, type TimerKind } from './schedule.js';

/** A timer's whole future as plain JSON: kept in the state of an instance. */
export interface TimerSeries {
  readonly kind: TimerKind;
  readonly text: string;
  /** The zone the series lives in: the value's own, else the one given at arming. */
  readonly zone: string;
  /** What periods are counted from: the start in the text, else arming (ISO 8601 UTC, milliseconds). */
  readonly anchorAt: string;
  /** Firings that are left, the due one included; null when there is no last one. */
  readonly remaining: number | null;
  /** Number of the due occurrence, counted from 1; skipped ones count. */
  readonly occurrence: number;
  /** ISO 8601 UTC, milliseconds. */
  readonly dueAt: string;
}

/**
 * What comes after `series.dueAt` fired at `at`. When the next due times are past as well, the latest of
 * them is next and due now; the earlier ones are skipped and count towards n.
 *
 * @returns `next`: null after the last firing; `skipped`: how many due times were passed over (of a cron
 * pattern at most 1,000 are counted)
 */
export function nextTimer(
  series: TimerSeries,
  at: string,
): { readonly next: TimerSeries | null; readonly skipped: number } {
  if (series.remaining !== null && series.remaining <= 1) return { next: null, skipped: 0 };
  const next = occurrencesOf(series).after(dueOccurrence(series));
  if (next === null) return { next: null, skipped: 0 };
  const { series: due, skipped } = overdue(moved(series, next), at);
  return { next: due, skipped: skipped + next.number - series.occurrence - 1 };
}

/**
 * What fires now when `series.dueAt` may be long past, after downtime or a suspension: the latest due time
 * that is not after `at`; the earlier ones are skipped. A series that is not due yet comes back as it is.
 */
export function overdue(
  series: TimerSeries,
  at: string,
): { readonly series: TimerSeries; readonly skipped: number } {
  const due = dueOccurrence(series);
  const atMs = Date.parse(at);
  if (due.dueMs >= atMs) return { series, skipped: 0 };
  const latest = occurrencesOf(series).latest(due, atMs);
  if (latest.dueMs === due.dueMs) return { series, skipped: 0 };
  return { series: moved(series, latest), skipped: latest.number - series.occurrence };
}

/**
 * Moves a series later by the time an instance was suspended; its next due times follow
 * from the moved anchor. A cron pattern moves only the due firing: its other times are on the wall.
 *
 * @param suspendedMs - milliseconds, not negative
 */
export function shiftTimer(series: TimerSeries, suspendedMs: number): TimerSeries {
  const later = (instant: string): string => iso(Date.parse(instant) + suspendedMs);
  return { ...series, anchorAt: later(series.anchorAt), dueAt: later(series.dueAt) };
}

function occurrencesOf({
  kind,
  text,
  zone,
  anchorAt,
  remaining,
  occurrence,
}: TimerSeries): Occurrences {
  const read = readSchedule(kind, text);
  if (!read.ok)
    throw new InvariantError(`A timer series holds what no timer can be: ${kind} ${text}`);
  const { schedule } = read;
  if (schedule.form === 'cron') return cronOccurrences(schedule.cron, zone);
  if (schedule.form !== 'repeat') return SINGLE;
  const last = remaining === null ? null : occurrence + remaining - 1;
  return repeatOccurrences(schedule, Date.parse(anchorAt), zone, last);
}

function dueOccurrence({ occurrence, dueAt }: TimerSeries): Occurrence {
  return { number: occurrence, dueMs: Date.parse(dueAt) };
}

function moved(series: TimerSeries, { number, dueMs }: Occurrence): TimerSeries {
  const { remaining } = series;
  const left = remaining === null ? null : remaining - (number - series.occurrence);
  return { ...series, remaining: left, occurrence: number, dueAt: iso(dueMs) };
}

/** An instant as series hold it: ISO 8601 UTC, milliseconds. */
export function iso(instantMs: number): string {
  return new Date(instantMs).toISOString();
}
