/** How many of somebody's tasks are late: by their own times, and by what is promised on their tickets. Class: side effect (store). */
import type { UserTaskSearch } from '../../store/index.js';
import { type Shaping, surrounded } from './items.js';
import { nextOf, ticketClockOf } from './ticket-clock.js';

/** Tasks whose tickets are looked at: nobody has more in hand, and the count of whoever has says so. */
const MOST = 500;

/** Counts them once each. Errors: those of the store. */
export async function lateOf(
  shaping: Shaping,
  own: UserTaskSearch,
): Promise<{ readonly count: number; readonly isExact: boolean }> {
  const { now } = shaping;
  const { userTasks } = shaping.deps.store;
  const at = new Date(now).toISOString();
  const filter = { ...own.filter, nextBreachAt: { $lt: at } };
  const [late, all] = await Promise.all([
    userTasks.search({ ...own, filter, limit: 1, withTotal: true }),
    userTasks.search({ ...own, limit: MOST }),
  ]);
  const others = all.items.filter(
    ({ dueAt, slaDueAt }) => ![dueAt, slaDueAt].some((due) => due !== null && due < at),
  );
  const byTicket = (await surrounded(shaping, others)).filter(({ running, ticketRows }) => {
    const calendars = running.plan?.calendars ?? {};
    return (
      nextOf(ticketRows.map((row) => ticketClockOf(row, calendars, now)))?.state === 'breached'
    );
  });
  const { count, isExact } = late.total ?? { count: 0, isExact: true };
  return { count: count + byTicket.length, isExact: isExact && all.items.length < MOST };
}
