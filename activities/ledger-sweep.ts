/** `ledger.sweep`: accounts with something overdue and no open case, found by looking; what was stopped or handed over is left alone. */
import * as z from 'zod';
import { overdueAccounts } from '../store/ledger/index.js';
import { DAY, post } from './ledger/posting.js';
import { sideEffect } from './side-effect.js';

const INPUT = z.object({ asOf: DAY, most: z.number().int().min(1).max(1_000).default(200) });

/** `ledger.sweep`: `{asOf, most?}` → `{overdue: [{customerId, currency}]}`. */
export const ledgerSweep = sideEffect({
  type: 'ledger.sweep',
  describes: {
    title: 'Sweep ledger',
    says: 'Finds accounts with something overdue, no open case, and none that was stopped or handed over.',
    output: { overdue: 'customers and currencies' },
  },
  input: INPUT,
  run: async ({ asOf, most }, job, deps) => ({
    overdue: await post(deps, job, 'ledger.sweep', { asOf }, async (book) =>
      (await overdueAccounts(book, asOf, most)).map((one) => ({ ...one })),
    ),
  }),
});
