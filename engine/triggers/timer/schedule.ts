/**
 * The text of a timer → its schedule: what can be known before the timer is armed.
 * Class: pure. Source: BPMN 2.0.2 §10.5.5; ISO 8601.
 */
import { type Fault, fault } from '../../errors/index.js';
import { createCache } from './cache.js';
import {
  canonicalZone,
  DAY_MS,
  type Moment,
  type Period,
  readMoment,
  readPeriod,
} from './calendar.js';
import { type Cron, readCron } from './cron.js';

/** What the timer definition calls its expression: `timeDate`, `timeDuration` or `timeCycle`. */
export type TimerKind = 'date' | 'duration' | 'cycle';

/** `Rn/P`, `Rn/start/P`, `Rn/P/end`, or `Rn/start/end`, where `period` is null: it is end − start. */
export interface RepeatSchedule {
  readonly form: 'repeat';
  readonly count: number | null;
  readonly start: Moment | null;
  readonly period: Period | null;
  readonly end: Moment | null;
}

/** A timer that was read. */
export type Schedule =
  | { readonly form: 'date'; readonly moment: Moment }
  | { readonly form: 'duration'; readonly period: Period }
  | { readonly form: 'cron'; readonly cron: Cron }
  | RepeatSchedule;

/** What reading a timer gave. */
export type ReadSchedule =
  | { readonly ok: true; readonly schedule: Schedule }
  | { readonly ok: false; readonly fault: Fault };

/** The farthest due time, counted from arming: 100 years of 365 days, Temporal's cap on a timer. */
export const HORIZON_MS = 100 * 365 * DAY_MS;

const MIN_PERIOD_MS = 1000;
const MAX_COUNT = 100_000;
const MAX_TEXT = 256;

const FORMS: Record<TimerKind, string> = {
  date: 'an ISO 8601 date or date-time',
  duration: 'an ISO 8601 duration',
  cycle: 'an ISO 8601 repetition or a cron pattern',
};

/** A fault on its way out of a reader; it never leaves this file. */
class Refusal extends Error {
  constructor(readonly fault: Fault) {
    super(fault.message);
  }
}

const known = createCache<ReadSchedule>(2000);

/**
 * Reads a timer; the result for a text is kept.
 * Errors: `TIMER_INVALID`, `TIMER_OUT_OF_RANGE`, `TIMER_ZONE_UNKNOWN`.
 */
export function readSchedule(kind: TimerKind, text: string): ReadSchedule {
  if (text.length > MAX_TEXT) {
    return { ok: false, fault: invalid(kind, text, `has more than ${MAX_TEXT} characters`).fault };
  }
  return known(`${kind} ${text}`, () => {
    try {
      return { ok: true, schedule: READERS[kind](text.trim()) };
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, fault: error.fault };
      throw error;
    }
  });
}

/** A text as a message quotes it: short. */
export function shown(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

const READERS: Record<TimerKind, (text: string) => Schedule> = {
  date: (text) => ({ form: 'date', moment: moment('date', text, text) }),
  duration: (text) => ({ form: 'duration', period: period('duration', text, text) }),
  cycle: (text) => (text.startsWith('R') ? repeat(text) : cron(text)),
};

function repeat(text: string): RepeatSchedule {
  // A slash in a zone name is followed by a letter, and never by `P1` or `PT`.
  const [head = '', first, second, ...more] = text.split(/\/(?=[+-]?(?:P[\dT]|\d))/);
  const number = /^R(-?\d+)?$/.exec(head);
  if (number === null || first === undefined || more.length > 0) {
    throw invalid('cycle', text, 'is not R[n]/period with an optional start or end');
  }
  const count = number[1] === undefined || number[1] === '-1' ? null : Number(number[1]);
  if (count !== null && count < 1) throw invalid('cycle', text, 'repeats less than once');
  if (count !== null && count > MAX_COUNT) throw outOfRange(text, `repeats ${count} times`);
  return { form: 'repeat', count, ...bounds(text, first, second) };
}

function bounds(
  text: string,
  first: string,
  second: string | undefined,
): Pick<RepeatSchedule, 'start' | 'period' | 'end'> {
  if (isPeriod(first)) {
    const end = second === undefined ? null : moment('cycle', text, second);
    return { start: null, period: cyclePeriod(text, first), end };
  }
  const start = moment('cycle', text, first);
  if (second === undefined) throw invalid('cycle', text, 'has a start but neither period nor end');
  if (isPeriod(second)) return { start, period: cyclePeriod(text, second), end: null };
  return { start, period: null, end: moment('cycle', text, second) };
}

function isPeriod(part: string): boolean {
  return /^[+-]?P/.test(part);
}

function cyclePeriod(text: string, part: string): Period {
  const read = period('cycle', text, part);
  const wrong = periodFault(text, read);
  if (wrong) throw new Refusal(wrong);
  return read;
}

/** Why a period cannot be repeated, or null. */
export function periodFault(text: string, { averageMs }: Period): Fault | null {
  if (averageMs < 0) return invalid('cycle', text, 'has a negative period').fault;
  if (averageMs < MIN_PERIOD_MS) return outOfRange(text, `repeats every ${averageMs} ms`).fault;
  return averageMs > HORIZON_MS ? outOfRange(text, 'lasts more than 100 years').fault : null;
}

function period(kind: TimerKind, text: string, part: string): Period {
  if (!/^[+-]?P[\dYMWDTHS.,]+$/.test(part)) throw invalid(kind, text, 'holds no such duration');
  let read: Period;
  try {
    read = readPeriod(part);
  } catch {
    // A number of more digits than a duration may have is well written, but too large.
    if (/\d{10}/.test(part)) throw outOfRange(text, 'lasts more than 100 years');
    throw invalid(kind, text, 'holds no such duration');
  }
  if (Math.abs(read.averageMs) > HORIZON_MS) throw outOfRange(text, 'lasts more than 100 years');
  return read;
}

function moment(kind: TimerKind, text: string, part: string): Moment {
  const [, body = '', at, bracket] = /^([^[\]@]+)(?:@([^[\]@]+)|\[([^[\]@]+)\])?$/.exec(part) ?? [];
  const named = at ?? bracket ?? null;
  const zone = named === null ? null : canonicalZone(named);
  if (named !== null && zone === null) {
    throw new Refusal(fault('TIMER_ZONE_UNKNOWN', { zone: shown(named) }));
  }
  if (/^[+-]?\d{5,}-\d\d/.test(body)) throw outOfRange(text, 'has a year of more than four digits');
  try {
    return readMoment(body, zone);
  } catch {
    throw invalid(
      kind,
      text,
      'holds no date that exists, or an offset that its zone does not have then',
    );
  }
}

function cron(text: string): Schedule {
  try {
    return { form: 'cron', cron: readCron(text) };
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : '';
    throw invalid('cycle', text, `is refused: ${shown(reason)}`);
  }
}

function invalid(kind: TimerKind, text: string, detail: string): Refusal {
  return new Refusal(
    fault('TIMER_INVALID', { form: FORMS[kind], kind, text: shown(text), detail }),
  );
}

function outOfRange(text: string, detail: string): Refusal {
  return new Refusal(fault('TIMER_OUT_OF_RANGE', { text: shown(text), detail }));
}
