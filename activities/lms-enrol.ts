/**
 * `lms.enrol`: enrols a contact in a course. The learning system is the record itself: where there is another one, a
 * worker of yours serves this task type, or the model asks it by `http-request`.
 */
import * as z from 'zod';
import { ENROLMENT } from '../store/index.js';
import { newId } from './identifiers.js';
import { once, sideEffect } from './side-effect.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  contactId: z.string().min(1),
  courseId: z.string().min(1).max(100),
  deadline: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
    .nullish(),
});

/** `lms.enrol`: → `{enrolmentId}`, by which its progress is told; it is the id of the run. */
export const lmsEnrol = sideEffect({
  type: 'lms.enrol',
  describes: {
    title: 'Enrol',
    says: 'Enrols a contact in a course.',
    output: { enrolmentId: 'the enrolment' },
  },
  input: INPUT,
  run: ({ customerId, contactId, courseId, deadline }, job, deps) =>
    once(deps, job, 'lms.enrol', { contactId, courseId }, async (tx) => {
      const runId = newId(deps.now());
      await deps.record
        .within(tx)
        .table(ENROLMENT)
        .add([
          {
            ...{ contactId, courseId, runId, customerId, progressPct: 0, score: null },
            ...{ lastProgressAt: null, state: 'enrolled' as const, deadline: deadline ?? null },
          },
        ]);
      return { enrolmentId: runId };
    }),
});
