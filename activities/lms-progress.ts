/** `lms.progress`: writes how far a learner is into the record. Progress never goes back; a later score replaces one. */
import * as z from 'zod';
import { ENROLMENT } from '../store/index.js';
import { INSTANT, once, sideEffect } from './side-effect.js';

const INPUT = z.object({
  contactId: z.string().min(1),
  courseId: z.string().min(1),
  enrolmentId: z.string().min(1),
  pct: z.number().min(0).max(100).nullish(),
  score: z.number().min(0).max(100).nullish(),
  at: INSTANT.nullish(),
  state: z.enum(ENROLMENT.fields.state.oneOf).nullish(),
});

/** `lms.progress`: → `{progressPct, score}`, as they stand in the record from then on. */
export const lmsProgress = sideEffect({
  type: 'lms.progress',
  describes: {
    title: 'Record progress',
    says: 'Writes how far a learner is; it never goes back.',
    output: { progressPct: 'from 0 to 100', score: 'of the examination' },
  },
  input: INPUT,
  run: (told, job, deps) =>
    once(deps, job, 'lms.progress', { enrolmentId: told.enrolmentId }, async (tx) => {
      const table = deps.record.within(tx).table(ENROLMENT);
      const key = [told.contactId, told.courseId, told.enrolmentId] as const;
      const found = await table.get(...key);
      if (!found || found.isErased) return { progressPct: 0, score: null };
      const progressPct = Math.max(found.progressPct, Math.round(told.pct ?? 0));
      const score =
        told.score === null || told.score === undefined ? found.score : Math.round(told.score);
      const lastProgressAt = new Date(told.at ?? deps.now()).toISOString();
      const begun = found.state === 'enrolled' && progressPct > 0 ? 'started' : found.state;
      const state = told.state ?? begun;
      await table.change(key, found.version, { progressPct, score, lastProgressAt, state });
      return { progressPct, score };
    }),
});
