/** The operations on tickets: reads. Class: side effect (reads the store). */
import { clockRow } from '../../contracts/tickets.js';
import type { Filter, Order } from '../../store/index.js';
import type { Operations } from './parts.js';
import { findTicket } from './references.js';

/** Reading. */
export const TICKET_READS: Operations<'searchTickets' | 'getTicket'> = {
  searchTickets: async ({ store }, { filter, sort, limit }) => {
    const query = {
      filter: filter as Filter,
      ...(sort && { sort: sort as unknown as readonly Order[] }),
      ...{ limit, withTotal: true },
    };
    const { items, total } = await store.tickets.search(query);
    return { items, total: total ?? { count: items.length, isExact: true } };
  },
  getTicket: async ({ store }, { key }) => {
    const { ticket, messages, clocks } = await findTicket(store, key);
    return { ticket, messages, clocks: clocks.map((row) => clockRow.parse(row)) };
  },
};
