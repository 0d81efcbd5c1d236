import { entity } from '../declaration.js';

/** What became of a promise on a ticket; each change is a new row of the next revision. */
export const TICKET_SLA_ROW = entity({
  table: 'ticket_sla_rows',
  says: 'what became of a promise on a ticket; each change is a new row of the next revision',
  key: ['ticketId', 'metric', 'number', 'revision'],
  isAppendOnly: true,
  fields: {
    ticketId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'the ticket' },
    metric: { type: 'text', class: 'I', keep: 'pseudonym', says: 'what is promised' },
    number: {
      type: 'integer',
      class: 'I',
      keep: 'pseudonym',
      says: 'counts the clocks of the metric on the ticket from 1',
    },
    revision: { type: 'integer', class: 'I', keep: 'pseudonym', says: 'counts its rows from 1' },
    customerId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'whose ticket' },
    policy: { type: 'text', class: 'I', keep: 'pseudonym', says: 'who promised it' },
    targetMs: { type: 'integer', class: 'I', keep: 'pseudonym', says: 'target in milliseconds' },
    basis: {
      type: 'text',
      oneOf: ['business', 'calendar'],
      class: 'I',
      keep: 'pseudonym',
      says: 'hours that count',
    },
    state: {
      type: 'text',
      oneOf: ['running', 'paused', 'met', 'breached', 'withdrawn', 'unreachable'],
      class: 'I',
      keep: 'pseudonym',
      says: 'how it stands',
    },
    startedAt: { type: 'instant', class: 'I', keep: 'pseudonym', says: 'since when it counts' },
    dueAt: {
      type: 'instant',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'when it is due; null: not known while it is paused',
    },
    fulfilledAt: {
      type: 'instant',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'when it was done',
    },
    breachedAt: {
      type: 'instant',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'the first time that it was missed; it stays',
    },
    elapsedMs: { type: 'integer', class: 'I', keep: 'pseudonym', says: 'time that counted' },
    pausedMs: { type: 'integer', class: 'I', keep: 'pseudonym', says: 'time that it stood still' },
    at: { type: 'instant', class: 'I', keep: 'pseudonym', says: 'when it was computed' },
    why: {
      type: 'json',
      class: 'I',
      keep: 'pseudonym',
      says: 'list of {from, to, isCounted, reason}: every part of its time',
    },
  },
});
