/**
 * Which due times a series has: the arithmetic that is the same for arming, going on and catching up.
 * Every due time is computed from the anchor, so nothing drifts.
 * Class: pure. Source: BPMN 2.0.2 §10.5.5.
 */
import { addPeriod, instantOf, type Period, periodBetween } from './calendar.js';
import { type Cron, nextCron } from './cron.js';
import type { RepeatSchedule } from './schedule.js';

/** One due time of a series: its number, counted from 1, and its instant. */
export interface Occurrence {
  readonly number: number;
  readonly dueMs: number;
}

/** The due times of one series; `from` is always one that it gave before. */
export interface Occurrences {
  /** The occurrence after `from`, or null after the last one. */
  after(from: Occurrence): Occurrence | null;
  /** The last occurrence at or before `atMs`, which is not before `from`. */
  latest(from: Occurrence, atMs: number): Occurrence;
}

/** How many missed firings of a cron pattern are counted one by one; more are given as this many. */
const CRON_SKIP_LIMIT = 1000;

/** The period of a repetition: as written, or from its start to its end. */
export function periodOf({ period, start, end }: RepeatSchedule, zone: string): Period {
  if (period) return period;
  const [from, to] = [start, end].map((moment) => (moment ? instantOf(moment, zone) : 0));
  return periodBetween(from ?? 0, to ?? 0, zone);
}

/** The last instant a repetition may be due at; `start/end` gives the length of one period and no limit. */
export function limitOf({ period, end }: RepeatSchedule, zone: string): number {
  return period && end ? instantOf(end, zone) : Number.POSITIVE_INFINITY;
}

/** Occurrence `number` of a repetition: the first is at the start, or one period after arming. */
export function dueOf(
  schedule: RepeatSchedule,
  period: Period,
  anchorMs: number,
  number: number,
  zone: string,
): number {
  return addPeriod(anchorMs, period, schedule.start ? number - 1 : number, zone);
}

/**
 * The occurrences of a repetition.
 *
 * @param last - number of the last occurrence, or null when there is none
 */
export function repeatOccurrences(
  schedule: RepeatSchedule,
  anchorMs: number,
  zone: string,
  last: number | null,
): Occurrences {
  const period = periodOf(schedule, zone);
  const limitMs = limitOf(schedule, zone);
  const isLeft = (number: number): boolean => last === null || number <= last;
  const due = (number: number): number => dueOf(schedule, period, anchorMs, number, zone);
  const at = (number: number): Occurrence => ({ number, dueMs: due(number) });
  return {
    after: (from) => {
      let next = at(from.number + 1);
      // Two local times may fall on one instant, in a gap of a day: that is one firing.
      while (next.dueMs <= from.dueMs) next = at(next.number + 1);
      return isLeft(next.number) && next.dueMs <= limitMs ? next : null;
    },
    latest: (from, atMs) => {
      const until = Math.min(atMs, limitMs);
      let number = from.number + Math.floor((until - from.dueMs) / period.averageMs);
      if (last !== null) number = Math.min(number, last);
      number = Math.max(number, from.number);
      while (isLeft(number + 1) && due(number + 1) <= until) number += 1;
      while (number > from.number && due(number) > until) number -= 1;
      return number === from.number ? from : at(number);
    },
  };
}

/** The occurrences of a cron pattern; they have no end. */
export function cronOccurrences(cron: Cron, zone: string): Occurrences {
  const after = (from: Occurrence): Occurrence | null => {
    const dueMs = nextCron(cron, from.dueMs, zone);
    return dueMs === null ? null : { number: from.number + 1, dueMs };
  };
  return {
    after,
    latest: (from, atMs) => {
      let found = from;
      for (let counted = 0; counted < CRON_SKIP_LIMIT; counted += 1) {
        const next = after(found);
        if (next === null || next.dueMs > atMs) return found;
        found = next;
      }
      return { number: found.number, dueMs: latestCron(cron, found.dueMs, atMs, zone) };
    },
  };
}

/** The last firing at or before `atMs`, by halving: from before it a firing is found, from it on none. */
function latestCron(cron: Cron, dueMs: number, atMs: number, zone: string): number {
  let found = dueMs;
  let end = atMs;
  while (end - found >= 1000) {
    const middle = Math.floor((found + end) / 2);
    const next = nextCron(cron, middle, zone);
    if (next !== null && next <= atMs) found = next;
    else end = middle;
  }
  const next = nextCron(cron, found, zone);
  return next !== null && next <= atMs ? next : found;
}

/** The one occurrence of a date or a duration. */
export const SINGLE: Occurrences = { after: () => null, latest: (from) => from };
