/** The operations on tickets: reads. Class: side effect (reads the store). */
import { clockRow } from '../../contracts/tickets.js';
import type { Operations } from './parts.js';
import { readPage } from './read-page.js';
import { findTicket } from './references.js';

/** Reading. */
export const TICKET_READS: Operations<'searchTickets' | 'getTicket'> = {
  searchTickets: ({ store }, input) => readPage(store.tickets.search, input),
  getTicket: async ({ store }, { key }) => {
    const { ticket, messages, clocks } = await findTicket(store, key);
    return { ticket, messages, clocks: clocks.map((row) => clockRow.parse(row)) };
  },
};
