import { entity } from '../declaration.js';

/** A meeting with a customer; its id is the UID of its invitations. */
export const MEETING = entity({
  table: 'meetings',
  says: 'a meeting with a customer',
  key: ['meetingId'],
  isAppendOnly: false,
  fields: {
    meetingId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'UUIDv7; UID of invitations' },
    customerId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'with whom' },
    sequence: {
      type: 'integer',
      class: 'I',
      keep: 'pseudonym',
      says: 'counts its versions from 0',
    },
    kind: { type: 'text', class: 'I', keep: 'pseudonym', says: 'what it is for' },
    startsAt: {
      type: 'instant',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'null: no time is agreed on',
    },
    endsAt: {
      type: 'instant',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'when it is over',
    },
    tz: { type: 'text', class: 'I', keep: 'erasure', says: 'IANA zone in which it was proposed' },
    state: {
      type: 'text',
      oneOf: ['proposed', 'booked', 'held', 'no-show', 'postponed', 'cancelled'],
      class: 'I',
      keep: 'pseudonym',
      says: 'what became of it',
    },
    attendees: {
      type: 'json',
      class: 'C',
      keep: 'erasure',
      says: 'list of {contactId, name, mail}',
    },
    notes: {
      type: 'text',
      isOptional: true,
      class: 'T',
      keep: 'erasure',
      says: 'what was said',
    },
  },
});
