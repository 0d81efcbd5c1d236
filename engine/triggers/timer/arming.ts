/**
 * Text → the first due time of a series.
 * Class: pure. Source: BPMN 2.0.2 §10.5.5; ISO 8601.
 */
import { type Fault, fault } from '../../errors/index.js';
import { addPeriod, canonicalZone, instantOf } from './calendar.js';
import { nextCron } from './cron.js';
import { dueOf, limitOf, periodOf } from './occurrences.js';
import {
  HORIZON_MS,
  periodFault,
  type RepeatSchedule,
  readSchedule,
  type Schedule,
  shown,
  type TimerKind,
} from './schedule.js';
import { iso, type TimerSeries } from './series.js';

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
  if (!read.ok) return read.fault;
  const { schedule } = read;
  if (schedule.form !== 'repeat') return null;
  // Which of two local times is the earlier is the same in every zone.
  return periodFault(text, periodOf(schedule, zoneOf(schedule) ?? 'UTC'));
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
      return firstRepeat(schedule, text, atMs, zoneOf(schedule) ?? zone);
  }
}

/** The zone that a repetition says itself, or null. */
function zoneOf({ start, end }: RepeatSchedule): string | null {
  return start?.zone ?? end?.zone ?? null;
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

function tooFar(text: string): Fault {
  const detail = 'is due more than 100 years ahead';
  return fault('TIMER_OUT_OF_RANGE', { text: shown(text), detail });
}
