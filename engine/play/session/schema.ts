/** A play: what somebody does with a process by hand. It is its script, and says the same each time it is played. Class: pure. */
import * as z from 'zod';
import { ACTING, ANSWER, ANSWERS, INSTANT } from '../scenario/schema.js';

/** Acts of a play at most. */
const MOST_ACTS = 500;

/** What is answered to a job that waits at an element. */
const job = z.strictObject({
  element: z.string().min(1),
  answer: ANSWER.refine((one) => one.after === undefined, {
    error: 'takes no time: let it pass before',
  }),
});

const NAMES = [...Object.keys(ACTING), 'job'].join(', ');

/** One thing that is done: a step of a scenario, or an answer to a job that waits. */
export const ACT = z
  .strictObject({ ...ACTING, job: job.optional() })
  .refine((one) => Object.keys(one).length === 1, { error: `is not exactly one of ${NAMES}` });

/** The whole of a play. */
export const SCRIPT = z.strictObject({
  /** Id of the process that is meant; absent: the main one. */
  process: z.string().min(1).optional(),
  now: INSTANT.default('2026-01-05T12:00:00Z'),
  jobs: ANSWERS,
  /** What becomes of a job whose type has no answer: somebody answers it by an act, or it is completed with nothing. */
  otherJobs: z.enum(['wait', 'complete']).default('wait'),
  acts: z.array(ACT).max(MOST_ACTS).default([]),
});

/** A play as it was read. */
export type Script = z.infer<typeof SCRIPT>;
/** One act. */
export type Act = z.infer<typeof ACT>;
