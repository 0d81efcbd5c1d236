import { entity } from '../declaration.js';

/** A dispute of an invoice: while it is open, nothing is demanded for that invoice. */
export const DISPUTE = entity({
  table: 'disputes',
  says: 'a dispute of an invoice; while it is open, nothing is demanded for that invoice',
  key: ['disputeId'],
  isAppendOnly: false,
  fields: {
    disputeId: { type: 'text', class: 'I', keep: 'statutory', says: 'UUIDv7' },
    customerId: { type: 'text', class: 'I', keep: 'statutory', says: 'who disputes' },
    invoiceId: { type: 'text', class: 'I', keep: 'statutory', says: 'what is disputed' },
    ticketId: {
      type: 'text',
      isOptional: true,
      class: 'I',
      keep: 'statutory',
      says: 'ticket in which it is looked into',
    },
    openedAt: { type: 'instant', class: 'I', keep: 'statutory', says: 'when it began' },
    closedAt: {
      type: 'instant',
      isOptional: true,
      class: 'I',
      keep: 'statutory',
      says: 'when it ended',
    },
    result: {
      type: 'text',
      oneOf: ['accepted', 'rejected'],
      isOptional: true,
      class: 'I',
      keep: 'statutory',
      says: 'how it ended',
    },
    reason: {
      type: 'text',
      isOptional: true,
      class: 'T',
      keep: 'erasure',
      says: 'what the customer says',
    },
    creditedMinor: {
      type: 'integer',
      isOptional: true,
      class: 'F',
      keep: 'statutory',
      says: 'credited because of it',
    },
  },
});
