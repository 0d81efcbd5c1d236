import { entity } from '../declaration.js';

/** A person at a customer. */
export const CONTACT = entity({
  table: 'contacts',
  says: 'a person at a customer',
  key: ['contactId'],
  isAppendOnly: false,
  fields: {
    contactId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'UUIDv7' },
    customerId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'whose contact' },
    name: { type: 'text', class: 'C', keep: 'erasure', says: 'as the person writes it' },
    mail: { type: 'text', class: 'C', keep: 'erasure', says: 'one plain address' },
    phone: { type: 'text', isOptional: true, class: 'C', keep: 'erasure', says: 'E.164' },
    tz: {
      type: 'text',
      isOptional: true,
      class: 'C',
      keep: 'erasure',
      says: 'if not the customer’s',
    },
    locale: {
      type: 'text',
      isOptional: true,
      class: 'C',
      keep: 'erasure',
      says: 'if not the customer’s',
    },
    role: {
      type: 'text',
      oneOf: ['sponsor', 'admin', 'user', 'billing'],
      class: 'I',
      keep: 'erasure',
      says: 'what the person is there for',
    },
    state: {
      type: 'text',
      oneOf: ['active', 'bounced', 'left'],
      class: 'I',
      keep: 'erasure',
      says: 'whether mail reaches the person',
    },
    isPrimary: { type: 'boolean', class: 'I', keep: 'erasure', says: 'the one to write to first' },
    orderInChain: {
      type: 'integer',
      class: 'I',
      keep: 'erasure',
      says: 'place in the order in which contacts are tried, from 1',
    },
  },
});
