/** `case.note`: notes in the record how far a case of collection is. */
import * as z from 'zod';
import { noteCase } from '../store/ledger/index.js';
import { post } from './ledger/posting.js';
import { INSTANT, sideEffect } from './side-effect.js';

/** What a case has come to. */
export const CASE = z.object({
  caseId: z.string().min(1),
  stage: z.number().int().min(0).max(6).default(0),
  mails: z.number().int().min(0).default(0),
  calls: z.number().int().min(0).default(0),
});

/** FEEL writes the name of a zone behind an instant. */
const NEXT = z.preprocess(
  (given) => (typeof given === 'string' ? given.replace(/\[.*$/, '') : given),
  INSTANT.nullish(),
);

const INPUT = CASE.extend({ nextActAt: NEXT });

/** `case.note`: `{caseId, stage, mails, calls, nextActAt}` → `{}`. */
export const caseNote = sideEffect({
  type: 'case.note',
  describes: {
    title: 'Note collection case',
    says: 'Notes how far a case of collection is.',
    output: {},
  },
  input: INPUT,
  run: async ({ caseId, stage, mails, calls, nextActAt }, job, deps) => {
    const next = nextActAt == null ? null : new Date(nextActAt).toISOString();
    const note = { stage, mails, calls, nextActAt: next };
    await post(deps, job, 'case.note', { caseId }, async (book) => {
      await noteCase(book, caseId, note);
      return null;
    });
    return {};
  },
});
