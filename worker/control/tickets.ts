/** The operations on tickets: reads. Class: side effect (reads the store). */
import { type ClockRow, clockRow } from '../../contracts/tickets.js';
import type { Operations } from './parts.js';
import { readPage } from './read-page.js';
import { findTicket } from './references.js';

/** Reading. */
export const TICKET_READS: Operations<'searchTickets' | 'getTicket'> = {
  searchTickets: ({ store }, input) => readPage(store.tickets.search, input),
  getTicket: async ({ store }, { key }) => {
    const { ticket, messages, clocks } = await findTicket(store, key);
    const now = new Date().toISOString();
    return { ticket, messages, clocks: clocks.map((row) => asOf(now, clockRow.parse(row))) };
  },
};

/** A promise is missed when its time is over, though nothing has happened to the ticket since that would have written so. */
function asOf(now: string, clock: ClockRow): ClockRow {
  const { state, dueAt } = clock;
  const isOver = state === 'running' && dueAt !== null && dueAt <= now;
  return isOver ? { ...clock, state: 'breached', breachedAt: dueAt } : clock;
}
