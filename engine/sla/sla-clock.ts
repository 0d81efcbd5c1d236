/**
 * One clock of a ticket: the spans in which it ran, the target that counts, what became of it. All times are
 * milliseconds. A clock is changed only by the functions here. Class: pure but for the zone rules of the platform.
 */
import { businessMsIn, businessTimeAfter, type Calendars } from '../calendars/index.js';
import type { Metric, Target } from './types.js';

/** A time in which a clock ran; `to` is null while it does. */
export interface Span {
  readonly from: number;
  readonly to: number | null;
  /** Null: every minute counts. */
  readonly calendars: Calendars | null;
}

/** A target and what it came of. */
export interface AppliedTarget extends Target {
  readonly title: string;
  readonly version: number;
  readonly calendars: Calendars | null;
  readonly warnPercent: readonly number[];
  readonly appliedAt: number;
  /** When the clock was due under it, as it stood when the update was over. */
  dueWhenApplied: number | null;
}

/** A clock under way. */
export interface SlaClock {
  readonly metric: Metric;
  readonly number: number;
  readonly startedAt: number;
  spans: Span[];
  /** The target that counts; null: nothing is promised, or no more. */
  target: AppliedTarget | null;
  readonly applied: AppliedTarget[];
  fulfilledAt: number | null;
  /** The due time that it had when fulfilled. */
  dueWhenFulfilled: number | null;
  breachedAt: number | null;
  /** Warnings that were raised under targets that count no more. */
  readonly raisedBefore: { readonly percent: number; readonly at: number }[];
}

/** Makes a clock that runs. */
export function startClock(metric: Metric, number: number, at: number): SlaClock {
  return {
    metric,
    number,
    startedAt: at,
    spans: [{ from: at, to: null, calendars: null }],
    target: null,
    applied: [],
    fulfilledAt: null,
    dueWhenFulfilled: null,
    breachedAt: null,
    raisedBefore: [],
  };
}

/** When so much time will have passed, or has; null: not known while paused, or never. */
export function reachedAt({ spans }: SlaClock, amountMs: number): number | null {
  let left = amountMs;
  for (const { from, to, calendars } of spans) {
    if (to === null) return businessTimeAfter(calendars, from, left);
    const length = businessMsIn(calendars, { from, to });
    if (length >= left) return businessTimeAfter(calendars, from, left);
    left -= length;
  }
  return null;
}

/** When the clock is due under the target that counts; null as in `reachedAt`, and without a target. */
export function dueAt(clock: SlaClock): number | null {
  if (clock.fulfilledAt !== null) return clock.dueWhenFulfilled;
  return clock.target === null ? null : reachedAt(clock, clock.target.minutes * 60_000);
}

/** Last instant at which the target is still kept: a target that comes too late can be missed only from then on. */
function deadline(clock: SlaClock): number | null {
  const due = dueAt(clock);
  return due === null || clock.target === null ? null : Math.max(due, clock.target.appliedAt);
}

/** Notes the first breach, if there was one before `at`. */
export function noteBreach(clock: SlaClock, at: number): void {
  if (clock.fulfilledAt !== null || clock.breachedAt !== null) return;
  const last = deadline(clock);
  if (last !== null && last < at) clock.breachedAt = last;
}

/** Whether the last target was kept; null while that is open. */
export function metFinalTarget(clock: SlaClock, now: number): boolean | null {
  if (clock.target === null) return null;
  const last = deadline(clock);
  if (clock.fulfilledAt !== null) return last === null || clock.fulfilledAt <= last;
  return last !== null && last < now ? false : null;
}

/** Lets the clock run, or stand still, from `at` on. */
export function setRunning(clock: SlaClock, isRunning: boolean, at: number): void {
  const last = clock.spans.at(-1);
  const wasRunning = last !== undefined && last.to === null;
  if (isRunning === wasRunning) return;
  if (isRunning) {
    clock.spans.push({ from: at, to: null, calendars: clock.target?.calendars ?? null });
  } else if (last !== undefined) clock.spans[clock.spans.length - 1] = { ...last, to: at };
}

/** What was promised is done. */
export function fulfil(clock: SlaClock, at: number): void {
  clock.dueWhenFulfilled = dueAt(clock);
  clock.fulfilledAt = at;
  const { target, dueWhenFulfilled } = clock;
  if (target !== null && dueWhenFulfilled !== null && clock.breachedAt === null) {
    const last = Math.max(dueWhenFulfilled, target.appliedAt);
    if (at > last) clock.breachedAt = last;
  }
  setRunning(clock, false, at);
}

/** It turns out not to be done: the same clock goes on. */
export function reopen(clock: SlaClock): void {
  clock.fulfilledAt = null;
  clock.dueWhenFulfilled = null;
}

/**
 * Puts another target, or none, in the place of the one that counts. What has passed stays; where the basis of hours
 * is another one, all is counted anew in it.
 */
export function setTarget(clock: SlaClock, target: AppliedTarget | null, at: number): void {
  const { target: before } = clock;
  if (before !== null) clock.raisedBefore.push(...raised(clock, at));
  clock.target = target;
  if (target === null) return;
  clock.applied.push(target);
  const { calendars } = target;
  if (before === null || before.hours !== target.hours) {
    clock.spans = clock.spans.map((span) => ({ ...span, calendars }));
  } else if (before.calendars !== calendars) {
    const isRunning = clock.spans.at(-1)?.to === null;
    setRunning(clock, false, at);
    if (isRunning) setRunning(clock, true, at);
  }
}

/** Warnings of the target that counts, in the order of their percentages; `at` is null while it is not known. */
export function warningsOf(
  clock: SlaClock,
): readonly { readonly percent: number; readonly at: number | null }[] {
  const { target } = clock;
  if (target === null) return [];
  const isFirst = clock.applied[0] === target;
  return [...target.warnPercent]
    .sort((one, other) => one - other)
    .map((percent) => ({
      percent,
      at: reachedAt(clock, (target.minutes * 60_000 * percent) / 100),
    }))
    .filter(({ at }) => at === null || isFirst || at > target.appliedAt);
}

/** Warnings of the target that counts which were raised before `at`. */
function raised(clock: SlaClock, at: number): readonly { percent: number; at: number }[] {
  return warningsOf(clock).flatMap((warning) =>
    warning.at !== null && warning.at < at ? [{ percent: warning.percent, at: warning.at }] : [],
  );
}
