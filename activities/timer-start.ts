/** The activities of timer start events: when next, and the start itself. Class: side effect. */
import type { NextTimerStartInput, StartByTimerInput } from '../contracts/correlation.js';
import type { DefinitionRef } from '../contracts/instance.js';
import { ACTIVITIES } from '../contracts/names.js';
import type { ExecutableProcess, TimerSeries } from '../engine/model/index.js';
import { armTimer, nextTimer, overdue } from '../engine/triggers/timer/index.js';

/** What they lean on. */
export interface TimerStartDeps {
  readonly process: (definition: DefinitionRef) => Promise<ExecutableProcess>;
  /** Starts an instance once for its due instant. */
  readonly startByTimer: (input: StartByTimerInput) => Promise<void>;
}

/** Makes them, by their names. */
export function createTimerStartActivities({ process, startByTimer }: TimerStartDeps) {
  return {
    [ACTIVITIES.nextTimerStart]: async (input: NextTimerStartInput) =>
      nextSeries(await process(input.definition), input),
    [ACTIVITIES.startByTimer]: startByTimer,
  };
}

/** Arms the timer at the deployment, or moves it on; of missed occurrences the latest fires once (S57). */
function nextSeries(process: ExecutableProcess, input: NextTimerStartInput): TimerSeries | null {
  const { elementId, series, at, deployedAt } = input;
  if (series) return nextTimer(series, at).next;
  const timer = process.starts.find((start) => start.elementId === elementId)?.timer;
  if (!timer || !('value' in timer.text) || typeof timer.text.value !== 'string') return null;
  const armed = armTimer(timer.kind, timer.text.value, { at: deployedAt, zone: process.zone });
  return armed.ok ? overdue(armed.series, at).series : null;
}
