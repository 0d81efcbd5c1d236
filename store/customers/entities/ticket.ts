import { entity } from '../declaration.js';

/** Something that a contact asked for. What was written is in its messages. */
export const TICKET = entity({
  table: 'tickets',
  says: 'something that a contact asked for; what was written is in its messages',
  key: ['ticketId'],
  isAppendOnly: false,
  fields: {
    ticketId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'UUIDv7' },
    customerId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'whose ticket' },
    contactId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'who asked' },
    type: {
      type: 'text',
      oneOf: ['question', 'incident', 'problem', 'request'],
      class: 'I',
      keep: 'pseudonym',
      says: 'what it is',
    },
    component: {
      type: 'text',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'part of the product',
    },
    priority: {
      type: 'text',
      oneOf: ['P1', 'P2', 'P3', 'P4'],
      class: 'I',
      keep: 'pseudonym',
      says: 'urgent, high, normal, low',
    },
    status: {
      type: 'text',
      oneOf: ['new', 'open', 'pending', 'on-hold', 'solved', 'closed'],
      class: 'I',
      keep: 'pseudonym',
      says: 'how far it is',
    },
    assigneeId: {
      type: 'text',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'who works on it',
    },
    channel: {
      type: 'text',
      oneOf: ['mail', 'web', 'chat', 'phone', 'api'],
      class: 'I',
      keep: 'pseudonym',
      says: 'how it came in',
    },
    gateDecision: {
      type: 'text',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'what the gate before support decided',
    },
    incidentId: {
      type: 'text',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'the incident it comes from',
    },
    mergedInto: {
      type: 'text',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'the ticket that it became part of',
    },
    followUpOf: {
      type: 'text',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'the closed ticket that it goes on from',
    },
  },
});
