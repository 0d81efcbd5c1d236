/**
 * The steps that clocks have reached: at which somebody is told, once each, and when the next one comes.
 * Class: pure.
 */
import type { Metric, SlaRow } from './types.js';

/** A percentage of a target that was reached. */
export interface Step {
  /** Tells it from every other step of the ticket, however often it is computed. */
  readonly key: string;
  readonly metric: Metric;
  /** Number of the clock, as in its row. */
  readonly number: number;
  readonly percent: number;
  readonly at: string;
  readonly dueAt: string | null;
}

/** Steps in the order of their instants. */
export interface SlaSteps {
  readonly reached: readonly Step[];
  /** ISO 8601; null: none is to come as things are. */
  readonly nextAt: string | null;
}

/**
 * The steps of some rows. That of 100 % is being missed, which is told of every clock, once; one of 100 % or more is
 * reached once the clock is past it, for what is done at its due time is in time; one below that counts only while the
 * clock is not fulfilled, for nobody needs a warning any more.
 *
 * @param now - ISO 8601, the instant of the rows
 */
export function slaSteps(rows: readonly SlaRow[], now: string): SlaSteps {
  const at = Date.parse(now);
  const steps = rows.flatMap(stepsOf);
  const reached = steps
    .filter(({ ms }) => ms <= at)
    .sort((one, other) => one.ms - other.ms || one.step.percent - other.step.percent);
  const coming = steps.filter(({ ms, isOpen }) => ms > at && isOpen).map(({ ms }) => ms);
  return {
    reached: reached.map(({ step }) => step),
    nextAt: coming.length === 0 ? null : new Date(Math.min(...coming)).toISOString(),
  };
}

interface Timed {
  readonly step: Step;
  /** From when on it is reached. */
  readonly ms: number;
  readonly isOpen: boolean;
}

function stepsOf(row: SlaRow): readonly Timed[] {
  const { metric, number, fulfilledAt, dueAt, warnings, state } = row;
  if (state === 'withdrawn') return [];
  const step = (percent: number, at: string): Step => ({
    ...{ key: `${metric} ${number} ${percent} ${at}`, metric, number, percent, at, dueAt },
  });
  const isOpen = fulfilledAt === null;
  const warned = warnings.flatMap(({ percent, at }): readonly Timed[] => {
    if (at === null || percent === 100 || (percent < 100 && !isOpen)) return [];
    const ms = Date.parse(at) + (percent < 100 ? 0 : 1);
    return [{ step: step(percent, at), ms, isOpen }];
  });
  const missedAt = missed(row);
  if (missedAt === null) return warned;
  return [...warned, { step: step(100, missedAt), ms: Date.parse(missedAt) + 1, isOpen }];
}

/** When it was missed, or will be if nothing happens: a target that comes too late only from its beginning on. */
function missed({ breachedAt, fulfilledAt, dueAt, appliedPolicies }: SlaRow): string | null {
  if (breachedAt !== null || fulfilledAt !== null || dueAt === null) return breachedAt;
  const appliedAt = appliedPolicies.at(-1)?.at ?? dueAt;
  return appliedAt > dueAt ? appliedAt : dueAt;
}
