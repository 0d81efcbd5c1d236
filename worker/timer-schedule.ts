/**
 * The Schedule of one timer start event: it knows one instant, and starts the workflow `timerStart` with what is to be
 * started then. Its id and spec are plain text, so they name nothing; its argument is encrypted under the system key.
 * Class: side effect. Source: Temporal, "Schedules".
 */
import {
  type CalendarSpec,
  type Client,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  type ScheduleOptions,
} from '@temporalio/client';
import type { TimerStart } from '../contracts/correlation.js';
import { WORKFLOWS } from '../contracts/names.js';

type Options = Omit<ScheduleOptions, 'scheduleId' | 'state'>;

/** How a Schedule stands. */
export interface ScheduleView {
  readonly isPaused: boolean;
  /** Neither will it start anything, nor does anything run that it started. */
  readonly isStill: boolean;
  readonly start: TimerStart;
}

/** Below, an instant may have passed before the server has taken the Schedule in. */
const NEAR_MS = 5000;
/** A Schedule names years up to 2100; what lies further away than this is set again when this has passed. */
const FARTHEST_MS = 365 * 24 * 60 * 60 * 1000;
/** One instant is missed at most, and it must not be lost however long the server was away. */
const CATCH_UP_MS = 10 * FARTHEST_MS;
const MONTHS = [
  'JANUARY',
  'FEBRUARY',
  'MARCH',
  'APRIL',
  'MAY',
  'JUNE',
  'JULY',
  'AUGUST',
  'SEPTEMBER',
  'OCTOBER',
  'NOVEMBER',
  'DECEMBER',
] as const;

/** Whether an instant is better waited for than scheduled. Class: pure. */
export const isNear = (dueAt: string, now: number): boolean => Date.parse(dueAt) - now < NEAR_MS;

/** Makes the Schedule, or replaces it as a whole; one that a person paused stays so. */
export async function putSchedule(
  client: Client,
  taskQueue: string,
  scheduleId: string,
  start: TimerStart,
): Promise<void> {
  const options = optionsOf(taskQueue, scheduleId, start);
  const update = (): Promise<void> =>
    client.schedule.getHandle(scheduleId).update(({ state: { paused, note } }) => ({
      ...options,
      state: { paused, ...(note === undefined ? {} : { note }) },
    }));
  try {
    await update();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    await client.schedule.create({ scheduleId, ...options }).catch(async (late: unknown) => {
      if (!(late instanceof ScheduleAlreadyRunning)) throw late;
      await update();
    });
  }
}

/** Removes the Schedule; one that is gone is no matter. */
export async function removeSchedule(client: Client, scheduleId: string): Promise<void> {
  await client.schedule.getHandle(scheduleId).delete().catch(unlessGone);
}

/** Reads the Schedule; null when there is none. */
export async function readSchedule(
  client: Client,
  scheduleId: string,
): Promise<ScheduleView | null> {
  const found = await client.schedule.getHandle(scheduleId).describe().catch(unlessGone);
  if (!found) return null;
  const { nextActionTimes, runningActions } = found.info;
  return {
    isPaused: found.state.paused,
    isStill: nextActionTimes.length === 0 && runningActions.length === 0,
    start: found.action.args?.[0] as TimerStart,
  };
}

function unlessGone(error: unknown): undefined {
  if (!(error instanceof ScheduleNotFoundError)) throw error;
}

function optionsOf(taskQueue: string, scheduleId: string, start: TimerStart): Options {
  const now = Date.now();
  const { dueAt } = start.series;
  const at = Math.min(Date.parse(dueAt), now + FARTHEST_MS);
  return {
    action: {
      type: 'startWorkflow',
      workflowType: WORKFLOWS.timerStart,
      workflowId: scheduleId,
      taskQueue,
      args: [start],
    },
    // What is near is waited for by a workflow: a Schedule of no instant starts nothing by itself.
    spec: isNear(dueAt, now) ? {} : { calendars: [calendarOf(new Date(at))] },
    // Runs are short and follow each other; what one sets while it ends must not be lost.
    policies: { overlap: 'BUFFER_ALL', catchupWindow: CATCH_UP_MS, pauseOnFailure: false },
  };
}

/** The second in which the instant lies; the workflow waits for the rest of it. */
function calendarOf(at: Date): CalendarSpec {
  return {
    year: at.getUTCFullYear(),
    month: MONTHS[at.getUTCMonth()] ?? 'JANUARY',
    dayOfMonth: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
  };
}
