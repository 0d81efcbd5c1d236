import { entity } from '../declaration.js';

/** What a customer pays for, and how much. */
export const SUBSCRIPTION = entity({
  table: 'customer_subscriptions',
  says: 'what a customer pays for, and how much',
  key: ['subscriptionId'],
  isAppendOnly: false,
  fields: {
    subscriptionId: { type: 'text', class: 'I', keep: 'statutory', says: 'UUIDv7' },
    customerId: { type: 'text', class: 'I', keep: 'statutory', says: 'who pays' },
    planId: { type: 'text', class: 'I', keep: 'statutory', says: 'a plan of table plans' },
    seats: {
      type: 'integer',
      isOptional: true,
      class: 'I',
      keep: 'statutory',
      says: 'null: nobody counts them',
    },
    priceMinor: {
      type: 'integer',
      class: 'F',
      keep: 'statutory',
      says: 'a period, in minor units',
    },
    currency: { type: 'text', class: 'F', keep: 'statutory', says: 'ISO 4217' },
    period: {
      type: 'text',
      oneOf: ['week', 'month', 'quarter', 'year'],
      class: 'I',
      keep: 'statutory',
      says: 'what one price is for',
    },
    startsAt: { type: 'date', class: 'I', keep: 'statutory', says: 'its first day' },
    endsAt: {
      type: 'date',
      isOptional: true,
      class: 'I',
      keep: 'statutory',
      says: 'its last day; null: until it is cancelled',
    },
    discountPct: { type: 'integer', class: 'F', keep: 'statutory', says: 'from 0 to 100' },
    state: {
      type: 'text',
      oneOf: ['active', 'cancelled', 'ended'],
      class: 'I',
      keep: 'statutory',
      says: 'whether it runs',
    },
  },
});
