/** A clock as a row that people and processes read. Class: pure but for the zone rules of the platform. */
import { businessMsIn, type Calendars } from '../calendars/index.js';
import { pausesOf } from './pauses.js';
import { dueAt, metFinalTarget, reachedAt, type SlaClock, warningsOf } from './sla-clock.js';
import type { ClockState, SlaRow, Warning } from './types.js';

/** The row of a clock that was promised something. @param now - milliseconds */
export function rowOf(clock: SlaClock, now: number): SlaRow {
  const target = clock.target ?? clock.applied.at(-1);
  if (target === undefined) throw new Error('a row of a clock that was never promised anything');
  const end = clock.fulfilledAt ?? now;
  return {
    metric: clock.metric,
    number: clock.number,
    policy: target.title,
    policyVersion: target.version,
    calendarVersion: versionAt(target.calendars, target.appliedAt),
    target: target.minutes,
    basis: target.hours,
    startedAt: iso(clock.startedAt),
    dueAt: isoOrNull(dueAt(clock)),
    fulfilledAt: isoOrNull(clock.fulfilledAt),
    breachedAt: isoOrNull(clock.breachedAt),
    metFinalTarget: metFinalTarget(clock, now),
    elapsedMinutes: minutes(clock, end),
    pausedMinutes: pausedMs(clock, end) / 60_000,
    warnings: warningRows(clock, now),
    state: stateOf(clock),
    appliedPolicies: clock.applied.map(({ appliedAt, title, dueWhenApplied }) => ({
      at: iso(appliedAt),
      title,
      dueAt: isoOrNull(dueWhenApplied),
    })),
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));

function stateOf(clock: SlaClock): ClockState {
  const { target, breachedAt, fulfilledAt, spans } = clock;
  if (target === null) return 'withdrawn';
  if (breachedAt !== null) return 'breached';
  if (fulfilledAt !== null) return 'met';
  if (spans.at(-1)?.to !== null) return 'paused';
  return reachedAt(clock, target.minutes * 60_000) === null ? 'unreachable' : 'running';
}

function minutes({ spans }: SlaClock, end: number): number {
  const sum = spans.reduce(
    (total, { from, to, calendars }) =>
      total + businessMsIn(calendars, { from, to: Math.min(to ?? end, end) }),
    0,
  );
  return sum / 60_000;
}

function pausedMs(clock: SlaClock, end: number): number {
  return pausesOf(clock, end).reduce(
    (total, { from, to, calendars }) => total + businessMsIn(calendars, { from, to }),
    0,
  );
}

/** A warning counts as raised at its instant; one that was not reached when the clock ended is none. */
function warningRows(clock: SlaClock, now: number): readonly Warning[] {
  const { fulfilledAt } = clock;
  const before = clock.raisedBefore.map(({ percent, at }) => ({
    percent,
    at: iso(at),
    isRaised: true,
  }));
  const current = warningsOf(clock)
    .filter(({ at }) => fulfilledAt === null || (at !== null && at < fulfilledAt))
    .map(({ percent, at }) => ({
      percent,
      at: isoOrNull(at),
      isRaised: at !== null && at <= now,
    }));
  return [...before, ...current];
}

const versionAt = (calendars: Calendars | null, at: number): number | null => {
  const inForce = calendars?.findLast(({ validFrom }) => Date.parse(validFrom) <= at);
  return (inForce ?? calendars?.[0])?.version ?? null;
};
