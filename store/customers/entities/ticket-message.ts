import { entity } from '../declaration.js';

/** What was written to or about a ticket. */
export const TICKET_MESSAGE = entity({
  table: 'ticket_messages',
  says: 'what was written to or about a ticket',
  key: ['messageId'],
  isAppendOnly: false,
  fields: {
    messageId: {
      type: 'text',
      class: 'I',
      keep: 'pseudonym',
      says: 'its ticket, and a keyed hash of its id in the channel or the number of its event',
    },
    customerId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'whose ticket' },
    ticketId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'the ticket' },
    direction: {
      type: 'text',
      oneOf: ['in', 'out'],
      class: 'I',
      keep: 'pseudonym',
      says: 'from the customer, or to it',
    },
    visibility: {
      type: 'text',
      oneOf: ['public', 'internal'],
      class: 'I',
      keep: 'pseudonym',
      says: 'whether the customer sees it',
    },
    isAuto: { type: 'boolean', class: 'I', keep: 'pseudonym', says: 'no person wrote it' },
    at: { type: 'instant', class: 'I', keep: 'pseudonym', says: 'when it was written' },
    author: { type: 'text', class: 'T', keep: 'erasure', says: 'who wrote it' },
    bodyRef: {
      type: 'text',
      class: 'T',
      keep: 'erasure',
      says: 'where its text is kept: `row` is the field `body` of this row',
    },
    subject: { type: 'text', isOptional: true, class: 'T', keep: 'erasure', says: 'its subject' },
    body: { type: 'text', isOptional: true, class: 'T', keep: 'erasure', says: 'its text' },
    sourceId: {
      type: 'text',
      isOptional: true,
      class: 'T',
      keep: 'erasure',
      says: 'its id in the channel that it came by',
    },
    attachments: { type: 'json', class: 'T', keep: 'erasure', says: 'list of {name, ref}' },
  },
});
