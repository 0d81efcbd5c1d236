import { entity } from '../declaration.js';

/** A result that a customer wants to reach, measured. */
export const GOAL = entity({
  table: 'goals',
  says: 'a result that a customer wants to reach',
  key: ['goalId'],
  isAppendOnly: false,
  fields: {
    goalId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'UUIDv7' },
    customerId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'whose goal' },
    metric: { type: 'text', class: 'I', keep: 'pseudonym', says: 'what is counted' },
    unit: { type: 'text', class: 'I', keep: 'pseudonym', says: 'unit of its numbers' },
    baseline: { type: 'integer', class: 'I', keep: 'pseudonym', says: 'value at the start' },
    target: { type: 'integer', class: 'I', keep: 'pseudonym', says: 'value to be reached' },
    dueDate: { type: 'date', class: 'I', keep: 'pseudonym', says: 'last day to reach it' },
    ownerId: {
      type: 'text',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'contact who answers for it',
    },
    isConfirmed: {
      type: 'boolean',
      class: 'I',
      keep: 'pseudonym',
      says: 'the sponsor agreed to it',
    },
    state: {
      type: 'text',
      oneOf: ['open', 'reached', 'missed', 'stopped'],
      class: 'I',
      keep: 'pseudonym',
      says: 'what became of it',
    },
    reachedBy: {
      type: 'text',
      oneOf: ['event', 'confirmation'],
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'what showed it',
    },
    settledAt: {
      type: 'instant',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'when it was reached, missed or stopped',
    },
    evidenceId: {
      type: 'text',
      isOptional: true,
      class: 'I',
      keep: 'pseudonym',
      says: 'the usage event, or what the sponsor sent',
    },
  },
});
