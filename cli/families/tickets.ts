/** What is done with tickets: they are listed and explained. */
import { DATA, type Declaration, FIELDS, LIST } from '../declaration.js';

const tickets = () => import('../commands/tickets.js');

/** Lists them. */
export const SEARCH_TICKETS: Declaration = {
  usage: 'tickets',
  alias: 'ticket',
  does: 'tickets, newest first',
  example: 'jornada search tickets --status open --assignee rui',
  flags: [
    ...LIST,
    ['--status <status>', 'new, open, pending, on-hold, solved, closed'],
    ['--assignee <user>', 'of this agent'],
    ['--priority <priority>', 'P1 to P4'],
    ['--customer <id>', 'of this customer'],
  ],
  load: async () => (await tickets()).searchTickets,
};

/** Explains one. */
export const GET_TICKET: Declaration = {
  usage: 'tickets <key>',
  alias: 'ticket',
  does: 'a ticket, what was promised on it, and why it is due when it is; key: its number, its id, or a beginning or end of it',
  example: 'jornada get tickets C1A8F0D2',
  flags: [...DATA, ...FIELDS],
  load: async () => (await tickets()).getTicket,
};
