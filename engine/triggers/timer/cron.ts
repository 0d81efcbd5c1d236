/**
 * Cron patterns: the one place that touches croner. Only its pattern and its calendar walk are used, on a
 * wall clock without zone; `Cron.nextRun` reads the system clock, and its fields in a zone follow other
 * rules than ours at a change of offset. Zones are put on by `calendar.ts`.
 * Class: pure. Source: cron(5), with the extensions of croner.
 */
import { CronDate, CronPattern } from 'croner';
import { instantOfWall, repeatedWallEnd, wallOf } from './calendar.js';

/** A cron pattern that was read and is known to match some day. */
export type Cron = CronPattern;

const LEAP_CYCLE_START = Date.UTC(2000, 0, 1);

/**
 * Reads five fields, six (seconds first), or a macro. Throws an Error that says what is wrong, also for
 * a day that never comes, such as 30 February.
 */
export function readCron(text: string): Cron {
  const pattern = new CronPattern(text, 'UTC', { mode: '5-or-6-parts', sloppyRanges: true });
  if (nextWall(pattern, LEAP_CYCLE_START) === null) throw new Error('no date matches the pattern');
  return pattern;
}

/**
 * The first firing after an instant, or null when the calendar ends before one.
 * A pattern names local times: one in a gap fires at the end of the gap, a repeated one the first time
 * only. A rhythm that must not rest in the repeated hour is a period, such as `R/PT15M`.
 */
export function nextCron(cron: Cron, afterMs: number, zone: string): number | null {
  const from = wallOf(afterMs, zone);
  const isRepeat = instantOfWall(from, zone) < afterMs;
  for (let wall = isRepeat ? lastRepeated(afterMs, zone) : from; ; ) {
    const next = nextWall(cron, wall);
    if (next === null) return null;
    const due = instantOfWall(next, zone);
    if (due > afterMs) return due;
    wall = next;
  }
}

/** The last second of the wall clock that is shown twice; none later is. */
function lastRepeated(instantMs: number, zone: string): number {
  return repeatedWallEnd(instantMs, zone) - 1000;
}

/** The first match after a wall time; an offset of 0 minutes keeps croner on plain UTC fields. */
function nextWall(cron: Cron, wallMs: number): number | null {
  const next = new CronDate(new Date(wallMs), 0).increment(cron, { domAndDow: false }, false);
  return next === null ? null : next.getTime();
}
