/** Clocks of a ticket as they stand at a moment: the store has what they were when something last happened. Class: pure. */
import type { TicketClock } from '../../contracts/tasks.js';
import { businessMsIn, businessTimeAfter } from '../../engine/calendars/index.js';
import type { Calendars } from '../../engine/model/index.js';
import type { SlaRowRead } from '../../store/index.js';

type Named = Readonly<Record<string, Calendars>>;

/** From this share of its target on a clock warns. */
const WARNS_AT = 0.75;

/** A clock's row as it stands now. `calendars`: of the package that promised it. */
export function ticketClockOf(row: SlaRowRead, calendars: Named, now: number): TicketClock {
  const { metric, number, policy, basis, dueAt, targetMs, pausedMs } = row;
  // One that was missed goes on until what was promised is done.
  const isMissed = row.state === 'breached';
  const isRunning = row.state === 'running' || (isMissed && row.fulfilledAt === null);
  const hours = hoursOf(row, calendars);
  const since = { from: Date.parse(row.at), to: now };
  const elapsedMs =
    isRunning && hours !== undefined ? row.elapsedMs + businessMsIn(hours, since) : row.elapsedMs;
  const isOver = isRunning && dueAt !== null && Date.parse(dueAt) < now;
  const isTold = !isRunning || hours !== undefined;
  const isNear = isRunning && isTold && elapsedMs >= targetMs * WARNS_AT;
  const state = isOver ? 'breached' : isMissed && !isRunning ? 'missed' : row.state;
  return {
    ...{ metric, number, policy, basis, dueAt, targetMs, pausedMs, elapsedMs },
    state: state === 'running' && isNear ? 'warning' : state,
    remainingMs: isTold ? targetMs - elapsedMs : null,
  };
}

/**
 * The calendar of a clock: null counts every minute, undefined: nobody can tell. A row names its policy and not the calendar, but
 * when it is due follows from one of them.
 */
function hoursOf(
  { basis, dueAt, at, targetMs, elapsedMs }: SlaRowRead,
  calendars: Named,
): Calendars | null | undefined {
  if (basis === 'calendar') return null;
  if (dueAt === null) return undefined;
  const left = targetMs - elapsedMs;
  return Object.values(calendars).find(
    (one) => businessTimeAfter(one, Date.parse(at), left) === Date.parse(dueAt),
  );
}

/** Of several clocks the one that is missed next, or has been longest; null: none runs. What was kept, though too late, is over. */
export function nextOf(clocks: readonly TicketClock[]): TicketClock | null {
  const open = clocks.filter(({ state }) =>
    ['running', 'warning', 'paused', 'breached'].includes(state),
  );
  const dueOf = ({ dueAt }: TicketClock): string => dueAt ?? '9999';
  return open.toSorted((one, other) => (dueOf(one) < dueOf(other) ? -1 : 1))[0] ?? null;
}
