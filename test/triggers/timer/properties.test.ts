import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextTimer, overdue, type TimerSeries } from '../../../engine/triggers/timer/index.js';
import { arm, local } from './support.js';

const named = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/Santiago',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
);
const zone = fc.oneof(named, fc.constant('+05:45'));
const text = fc.oneof(
  fc.constantFrom('R/P1D', 'R/P1M', 'R/P1Y', 'R/P1W', 'R/P1M15DT7H', 'R9/P1DT1H', 'R20/P2M'),
  fc.constantFrom('R/PT45M', 'R7/PT36H', 'R/P1D/2031-05-05T12:00', 'R/2027-01-31T02:30/P1M'),
  fc.constantFrom('30 2 * * *', '15 0 * * SUN', '0 */6 * * *', '0 0 3 L * *', '*/20 1-3 * * *'),
);
const instant = fc
  .integer({ min: Date.UTC(2025, 0), max: Date.UTC(2030, 0) })
  .map((ms) => new Date(ms).toISOString());
const lateMs = fc.integer({ min: 0, max: 30 * 60_000 });
const runs = { numRuns: 50 };

function roundTrip<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Every series on time, one after the other. */
function* onTime(from: TimerSeries): Generator<TimerSeries> {
  for (let due: TimerSeries | null = from; due; due = nextTimer(due, due.dueAt).next) yield due;
}

describe('any series', () => {
  test('is strictly increasing, counts by one, and survives JSON at each step', () => {
    fc.assert(
      fc.property(text, zone, instant, (given, where, at) => {
        let due = arm('cycle', given, at, where);
        for (let step = 0; step < 25; step += 1) {
          expect(roundTrip(due)).toEqual(due);
          const { next, skipped } = nextTimer(roundTrip(due), due.dueAt);
          expect(nextTimer(due, due.dueAt)).toEqual({ next, skipped });
          if (next === null) return;
          expect(skipped).toBe(0);
          expect(next.occurrence).toBe(due.occurrence + 1);
          if (due.remaining !== null) expect(next.remaining).toBe(due.remaining - 1);
          expect(Date.parse(next.dueAt)).toBeGreaterThan(Date.parse(due.dueAt));
          due = next;
        }
      }),
      runs,
    );
  });

  test('never drifts: late handling changes no due time', () => {
    fc.assert(
      fc.property(text, zone, instant, lateMs, (given, where, at, late) => {
        let lagging: TimerSeries | null = arm('cycle', given, at, where);
        let step = 0;
        for (const due of onTime(lagging)) {
          if (lagging === null || step === 20) return;
          expect(lagging).toEqual(due);
          const handledAt = new Date(Date.parse(lagging.dueAt) + late).toISOString();
          const after: ReturnType<typeof nextTimer> = nextTimer(lagging, handledAt);
          if (after.skipped > 0) return; // closer together than the delay: see catching up
          lagging = after.next;
          step += 1;
        }
      }),
      runs,
    );
  });

  test('exact periods are multiples from the anchor, whatever the zone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000_000 }), zone, instant, (seconds, where, at) => {
        let due: TimerSeries | null = arm('cycle', `R/PT${seconds}S`, at, where);
        for (let number = 1; due && number <= 20; number += 1) {
          expect(Date.parse(due.dueAt)).toBe(Date.parse(at) + number * seconds * 1000);
          due = nextTimer(due, due.dueAt).next;
        }
      }),
      runs,
    );
  });

  test('months keep the day of the anchor, or take the last day of a shorter month', () => {
    fc.assert(
      fc.property(instant, (at) => {
        const day = new Date(at).getUTCDate();
        let due: TimerSeries | null = arm('cycle', 'R/P1M', at);
        for (let number = 1; due && number <= 30; number += 1) {
          const when: Date = new Date(due.dueAt);
          const lastDay = Date.UTC(when.getUTCFullYear(), when.getUTCMonth() + 1, 0);
          expect(when.getUTCDate()).toBe(Math.min(day, new Date(lastDay).getUTCDate()));
          expect(due.dueAt.slice(10)).toBe(at.slice(10));
          due = nextTimer(due, due.dueAt).next;
        }
      }),
      runs,
    );
  });

  test('catching up gives the last due time that is past, and counts what it passed over', () => {
    const downMs = fc.integer({ min: 0, max: 200 * 86_400_000 });
    fc.assert(
      fc.property(text, zone, instant, downMs, (given, where, at, down) => {
        const first = arm('cycle', given, at, where);
        const resumedAt = new Date(Date.parse(at) + down).toISOString();
        let expected = first;
        for (const due of onTime(first)) {
          if (due.dueAt > resumedAt || due.occurrence > 900) break;
          expected = due;
        }
        fc.pre(expected.occurrence < 900);
        const skipped = expected.occurrence - first.occurrence;
        expect(overdue(first, resumedAt)).toEqual({ series: expected, skipped });
      }),
      { numRuns: 25 },
    );
  });

  test('a daily local time is kept on every day that has it', () => {
    fc.assert(
      fc.property(named, instant, (where, at) => {
        let due: TimerSeries | null = arm('cycle', '0 9 * * *', at, where);
        for (let number = 1; due && number <= 20; number += 1) {
          expect(local(due.dueAt, where).slice(11, 16)).toBe('09:00');
          due = nextTimer(due, due.dueAt).next;
        }
      }),
      { numRuns: 25 },
    );
  });
});
