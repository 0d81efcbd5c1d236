/** What is promised of a task, and how it stands at a moment. Class: pure. */
import type { TaskClock } from '../../contracts/tasks.js';
import { businessMsIn, explainInterval, isOpen } from '../../engine/calendars/index.js';
import type { Calendars, SlaPromise } from '../../engine/model/index.js';
import type { UserTaskRow } from '../../store/index.js';

/** A promise with the calendar that it counts by. */
export interface Promised {
  readonly promise: SlaPromise;
  readonly calendars: Calendars;
}

type Timed = Pick<UserTaskRow, 'openedAt' | 'endedAt' | 'state' | 'slaDueAt'>;

/** Until when it counts: the end of the task, or now. */
const endOf = ({ endedAt }: Timed, now: number): number =>
  endedAt === null ? now : Date.parse(endedAt);

/** The clock of a task; null: nothing was promised, or the task was taken away before anybody did it. */
export function clockOf(
  task: Timed,
  { promise, calendars }: Promised,
  now: number,
): TaskClock | null {
  const { openedAt, state, slaDueAt } = task;
  if (slaDueAt === null || state === 'CANCELLED') return null;
  const from = Date.parse(openedAt);
  const targetMs = businessMsIn(calendars, { from, to: Date.parse(slaDueAt) });
  const elapsedMs = businessMsIn(calendars, { from, to: endOf(task, now) });
  return {
    ...{ title: promise.title, dueAt: slaDueAt, targetMs, elapsedMs },
    state: stateOf(task, slaDueAt, elapsedMs / targetMs, promise, now),
    remainingMs: targetMs - elapsedMs,
    calendar: { name: promise.calendar, tz: calendars.at(-1)?.tz ?? 'UTC' },
  };
}

function stateOf(
  task: Timed,
  slaDueAt: string,
  share: number,
  { warnAt }: SlaPromise,
  now: number,
): TaskClock['state'] {
  const isKept = endOf(task, now) <= Date.parse(slaDueAt);
  if (task.state === 'COMPLETED') return isKept ? 'met' : 'missed';
  if (!isKept) return 'late';
  const [first = 100] = warnAt;
  return share * 100 >= first ? 'warning' : 'running';
}

/** Every part of a clock's time, and why it counts or does not. */
export function explained(task: Timed, { calendars }: Promised, now: number) {
  const interval = { from: Date.parse(task.openedAt), to: endOf(task, now) };
  return explainInterval(calendars, interval).map((stretch) => ({
    from: new Date(stretch.from).toISOString(),
    to: new Date(stretch.to).toISOString(),
    isCounted: isOpen(stretch),
    reason: stretch.reason,
  }));
}
