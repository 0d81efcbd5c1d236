import { entity } from '../declaration.js';

/** A contact in one run of a course. */
export const ENROLMENT = entity({
  table: 'enrolments',
  says: 'a contact in one run of a course',
  key: ['contactId', 'courseId', 'runId'],
  isAppendOnly: false,
  fields: {
    contactId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'who learns' },
    courseId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'the course' },
    runId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'the run' },
    customerId: { type: 'text', class: 'I', keep: 'pseudonym', says: 'whose contact' },
    progressPct: { type: 'integer', class: 'C', keep: 'erasure', says: 'from 0 to 100' },
    score: {
      type: 'integer',
      isOptional: true,
      class: 'C',
      keep: 'erasure',
      says: 'of the examination, from 0 to 100',
    },
    lastProgressAt: {
      type: 'instant',
      isOptional: true,
      class: 'C',
      keep: 'erasure',
      says: 'when it last went on',
    },
    state: {
      type: 'text',
      oneOf: ['enrolled', 'started', 'passed', 'failed', 'dropped'],
      class: 'I',
      keep: 'erasure',
      says: 'how far it is',
    },
    deadline: {
      type: 'date',
      isOptional: true,
      class: 'I',
      keep: 'erasure',
      says: 'day by which it is to be passed',
    },
  },
});
