/** `case.close`: closes a case of collection; what was paid meanwhile is told. */
import * as z from 'zod';
import { COLLECTION_CASE } from '../store/index.js';
import { closeCase } from '../store/ledger/index.js';
import { CASE } from './case-note.js';
import { post } from './ledger/posting.js';
import { sideEffect } from './side-effect.js';

const INPUT = CASE.extend({
  end: z.enum(['paid', 'settled', 'written-off', 'handed-over', 'stopped']),
  writtenOffMinor: z.number().int().min(0).default(0),
});

/** `case.close`: `{caseId, end, stage, mails, calls, writtenOffMinor?}` → `{recovered}`, money. */
export const caseClose = sideEffect({
  type: 'case.close',
  describes: {
    title: 'Close collection case',
    says: 'Closes a case of collection, and tells what was paid meanwhile.',
    output: { recovered: 'what was paid, money' },
  },
  input: INPUT,
  run: async ({ caseId, end, ...rest }, job, deps) => {
    await post(deps, job, 'case.close', { caseId, end }, async (book) => {
      await closeCase(book, caseId, { state: end, ...rest });
      return null;
    });
    const row = await deps.record.table(COLLECTION_CASE).get(caseId);
    const minor = row && !row.isErased ? (row.recoveredMinor ?? 0) : 0;
    return { recovered: { minor, currency: row?.currency ?? '' } };
  },
});
