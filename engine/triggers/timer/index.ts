/**
 * Timers: text → due instants. A series is plain JSON and knows its whole future; nothing here waits.
 * Class: pure. Source: BPMN 2.0.2 §10.5.5; bpmn-semantics S52–S58.
 */
import { type Fault, fault, InvariantError } from '../../errors/index.js';
import { addPeriod, canonicalZone, instantOf } from './calendar.js';
import { nextCron } from './cron.js';
import {
  cronOccurrences,
  dueOf,
  limitOf,
  type Occurrence,
  type Occurrences,
  periodOf,
  repeatOccurrences,
  SINGLE,
} from './occurrences.js';
import {
  HORIZON_MS,
  periodFault,
  type RepeatSchedule,
  readSchedule,
  type Schedule,
  shown,
  type TimerKind,
} from './schedule.js';

export type { TimerKind } from './schedule.js';

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

/** What arming gave. */
export type Armed =
  | { readonly ok: true; readonly series: TimerSeries }
  | { readonly ok: false; readonly fault: Fault };

/** A first due time, and what its series is made of. */
interface First {
  readonly zone: string;
  readonly anchorMs: number;
  readonly remaining: number | null;
  readonly dueMs: number;
}

/**
 * Checks a literal before anything runs.
 *
 * @returns null, or a fault: `TIMER_INVALID`, `TIMER_OUT_OF_RANGE`, `TIMER_ZONE_UNKNOWN`
 */
export function checkTimer(kind: TimerKind, text: string): Fault | null {
  const read = readSchedule(kind, text);
  return read.ok ? null : read.fault;
}

/**
 * Computes the first due time. One that is past is given as it is: the host sees that it is due.
 *
 * @param context - `at`: the instant of arming (ISO 8601 UTC); `zone`: IANA name for a value without one
 * Errors: `TIMER_INVALID`, `TIMER_OUT_OF_RANGE`, `TIMER_ZONE_UNKNOWN`, and `TIMER_ENDED` when an `Rn/P/end`
 * ends before its first firing.
 */
export function armTimer(
  kind: TimerKind,
  text: string,
  context: { readonly at: string; readonly zone: string },
): Armed {
  const read = readSchedule(kind, text);
  if (!read.ok) return read;
  const zone = canonicalZone(context.zone);
  if (zone === null) {
    return { ok: false, fault: fault('TIMER_ZONE_UNKNOWN', { zone: shown(context.zone) }) };
  }
  const atMs = Date.parse(context.at);
  const first = firstOf(read.schedule, text, atMs, zone);
  if ('code' in first) return { ok: false, fault: first };
  if (!(first.dueMs - atMs <= HORIZON_MS)) return { ok: false, fault: tooFar(text) };
  const { anchorMs, dueMs, remaining } = first;
  const [anchorAt, dueAt] = [iso(anchorMs), iso(dueMs)];
  const series = { kind, text, zone: first.zone, anchorAt, remaining, occurrence: 1, dueAt };
  return { ok: true, series };
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
 * Moves a series later by the time an instance was suspended (S58, `shift`); its next due times follow
 * from the moved anchor. A cron pattern moves only the due firing: its other times are on the wall.
 *
 * @param suspendedMs - milliseconds, not negative
 */
export function shiftTimer(series: TimerSeries, suspendedMs: number): TimerSeries {
  const later = (instant: string): string => iso(Date.parse(instant) + suspendedMs);
  return { ...series, anchorAt: later(series.anchorAt), dueAt: later(series.dueAt) };
}

function firstOf(schedule: Schedule, text: string, atMs: number, zone: string): First | Fault {
  switch (schedule.form) {
    case 'date': {
      const own = schedule.moment.zone ?? zone;
      return { zone: own, anchorMs: atMs, remaining: 1, dueMs: instantOf(schedule.moment, own) };
    }
    case 'duration':
      return {
        zone,
        anchorMs: atMs,
        remaining: 1,
        dueMs: addPeriod(atMs, schedule.period, 1, zone),
      };
    case 'cron': {
      const dueMs = nextCron(schedule.cron, atMs, zone);
      return dueMs === null ? tooFar(text) : { zone, anchorMs: atMs, remaining: null, dueMs };
    }
    case 'repeat':
      return firstRepeat(schedule, text, atMs, schedule.start?.zone ?? schedule.end?.zone ?? zone);
  }
}

function firstRepeat(
  schedule: RepeatSchedule,
  text: string,
  atMs: number,
  zone: string,
): First | Fault {
  const period = periodOf(schedule, zone);
  const wrong = periodFault(text, period);
  if (wrong) return wrong;
  const anchorMs = schedule.start ? instantOf(schedule.start, zone) : atMs;
  const dueMs = dueOf(schedule, period, anchorMs, 1, zone);
  if (dueMs > limitOf(schedule, zone)) {
    return fault('TIMER_ENDED', { text: shown(text), dueAt: iso(dueMs) });
  }
  return { zone, anchorMs, remaining: schedule.count, dueMs };
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

function tooFar(text: string): Fault {
  const detail = 'is due more than 100 years ahead';
  return fault('TIMER_OUT_OF_RANGE', { text: shown(text), detail });
}

function iso(instantMs: number): string {
  return new Date(instantMs).toISOString();
}
