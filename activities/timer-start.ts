/** Timer start events: when next, and the activity that starts by them. Class: side effect. */
import type { FireTimerStartInput, TimerStart } from '../contracts/correlation.js';
import { ACTIVITIES } from '../contracts/names.js';
import type { ExecutableProcess, TimerSeries } from '../engine/model/index.js';
import { armTimer, overdue } from '../engine/triggers/timer/index.js';

/** What it leans on. */
export interface TimerStartDeps {
  /** Starts an instance once for its due instant. @returns the next instant, if it is to be waited for at once */
  readonly startByTimer: (input: FireTimerStartInput) => Promise<TimerStart | null>;
}

/** Makes it, by its name. */
export function createTimerStartActivities({ startByTimer }: TimerStartDeps) {
  return { [ACTIVITIES.startByTimer]: startByTimer };
}

/**
 * Arms the timer of a start event at the deployment; of missed occurrences the latest fires once (S57).
 *
 * @param at - instant, ISO 8601 UTC
 * @returns null when there is no such timer
 * Class: pure.
 */
export function firstSeries(
  process: ExecutableProcess,
  { elementId, deployedAt }: Omit<TimerStart, 'series'>,
  at: string,
): TimerSeries | null {
  const timer = process.starts.find((start) => start.elementId === elementId)?.timer;
  if (!timer || !('value' in timer.text) || typeof timer.text.value !== 'string') return null;
  const armed = armTimer(timer.kind, timer.text.value, { at: deployedAt, zone: process.zone });
  return armed.ok ? overdue(armed.series, at).series : null;
}
