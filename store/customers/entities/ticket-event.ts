import { entity } from '../declaration.js';

/** What happened to a ticket, in order. */
export const TICKET_EVENT = entity({
  table: 'ticket_events',
  says: 'what happened to a ticket, in order',
  key: ['ticketId', 'seq'],
  isAppendOnly: true,
  fields: {
    ticketId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'the ticket' },
    seq: { type: 'integer', class: 'I', keep: 'pseudonym', says: 'counts its events from 1' },
    customerId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'whose ticket' },
    type: { type: 'text', class: 'I', keep: 'pseudonym', says: 'what happened' },
    from: {
      type: 'text',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'value before',
    },
    to: { type: 'text', isOptional: true, class: 'I', keep: 'pseudonym', says: 'value after' },
    by: {
      type: 'text',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'id of who did it; null: the engine',
    },
    at: { type: 'instant', class: 'I', keep: 'pseudonym', says: 'when' },
  },
});
