/**
 * What the Schedule of a timer start event starts: it waits for the rest of the second, starts an instance, and lets the
 * next instant be set. Instants that follow each other too closely for a Schedule it waits for itself. Class: workflow.
 * Source: docs/semantics.md S16; Temporal, "Schedules".
 */
import { continueAsNew, proxyActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type { FireTimerStartInput, TimerStart } from '../contracts/correlation.js';
import { ACTIVITIES } from '../contracts/names.js';

interface Activities {
  /** The next instant if it is near; null: a Schedule has it, or there is none. */
  [ACTIVITIES.startByTimer](input: FireTimerStartInput): Promise<TimerStart | null>;
}

const activities = proxyActivities<Activities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '1 minute' },
});

const MOST_EVENTS = 500;
/** What is due later than this is not waited for, but set again. */
const MOST_WAIT_MS = 60_000;

/** Starts instances for as long as their instants follow each other closely. */
export async function timerStart(start: TimerStart): Promise<void> {
  for (let next: TimerStart | null = start; next !== null; ) {
    const waitMs: number = Date.parse(next.series.dueAt) - Date.now();
    if (waitMs > 0 && waitMs <= MOST_WAIT_MS) await sleep(waitMs);
    const at = new Date(Date.now()).toISOString();
    next = await activities[ACTIVITIES.startByTimer]({ ...next, at });
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    if (next !== null && (historyLength >= MOST_EVENTS || continueAsNewSuggested)) {
      await continueAsNew<typeof timerStart>(next);
    }
  }
}
