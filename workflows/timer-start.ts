/**
 * One timer start event of one version of a process: it waits for the next due instant and starts an instance, until
 * its series ends or a newer version takes its place. The series is that of every other timer (S53–S57): one
 * meaning of a cycle, missed occurrences start one instance. Class: workflow. Source: bpmn-semantics S16.
 */
import { continueAsNew, proxyActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type {
  NextTimerStartInput,
  StartByTimerInput,
  TimerStart,
} from '../contracts/correlation.js';
import { ACTIVITIES } from '../contracts/names.js';
import type { TimerSeries } from '../engine/model/index.js';

interface Activities {
  /** Null: the series has ended. */
  [ACTIVITIES.nextTimerStart](input: NextTimerStartInput): Promise<TimerSeries | null>;
  [ACTIVITIES.startByTimer](input: StartByTimerInput): Promise<void>;
}

const activities = proxyActivities<Activities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '1 minute' },
});

const MOST_EVENTS = 500;

/** Starts instances until the series ends. */
export async function timerStart(start: TimerStart): Promise<void> {
  let { series } = start;
  for (;;) {
    const at = new Date(Date.now()).toISOString();
    series = await activities[ACTIVITIES.nextTimerStart]({ ...start, series, at });
    if (series === null) return;
    const waitMs = Date.parse(series.dueAt) - Date.now();
    if (waitMs > 0) await sleep(waitMs);
    const { definition, elementId } = start;
    await activities[ACTIVITIES.startByTimer]({ definition, elementId, dueAt: series.dueAt });
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    if (historyLength >= MOST_EVENTS || continueAsNewSuggested) {
      await continueAsNew<typeof timerStart>({ ...start, series });
    }
  }
}
