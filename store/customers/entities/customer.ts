import { entity } from '../declaration.js';

/** The company that buys. Everything else of the record belongs to one. */
export const CUSTOMER = entity({
  table: 'customers',
  says: 'the company that buys',
  key: ['customerId'],
  isAppendOnly: false,
  fields: {
    customerId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'UUIDv7' },
    keyId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'UUID of its key in the keyring' },
    legalName: { type: 'text', class: 'C', keep: 'erasure', says: 'as in the register' },
    taxId: { type: 'text', class: 'C', keep: 'erasure', says: 'letters and digits alone' },
    country: { type: 'text', class: 'I', keep: 'erasure', says: 'ISO 3166-1 alpha-2' },
    tz: { type: 'text', class: 'I', keep: 'erasure', says: 'IANA zone' },
    locale: { type: 'text', class: 'I', keep: 'erasure', says: 'BCP 47' },
    stage: {
      type: 'text',
      isOptional: true,
      class: 'I',
      keep: 'erasure',
      says: 'of its life, as the lifecycle process names it',
    },
    touch: {
      type: 'text',
      oneOf: ['high', 'mid', 'low', 'tech'],
      isOptional: true,
      class: 'I',
      keep: 'erasure',
      says: 'how much attention it gets',
    },
    maturity: {
      type: 'integer',
      isOptional: true,
      class: 'I',
      keep: 'erasure',
      says: 'from 0 to 100',
    },
    isStrategic: { type: 'boolean', class: 'I', keep: 'erasure', says: 'chosen by people' },
    healthScore: {
      type: 'integer',
      isOptional: true,
      class: 'I',
      keep: 'erasure',
      says: 'from 0 to 100',
    },
    since: { type: 'date', class: 'I', keep: 'erasure', says: 'first day as a customer' },
    state: {
      type: 'text',
      oneOf: ['active', 'offboarding', 'gone'],
      class: 'I',
      keep: 'pseudonym',
      says: 'whether it still is one',
    },
  },
});
