/** `credit-note.create`: what a customer need not pay after all, of one invoice or of all that are open. */
import * as z from 'zod';
import { CREDIT_NOTE } from '../store/index.js';
import { creditInvoices } from '../store/ledger/index.js';
import { ACCOUNT, post } from './ledger/posting.js';
import { sideEffect } from './side-effect.js';

const INPUT = ACCOUNT.extend({
  invoiceId: z.string().min(1).nullish(),
  /** At most so much, also nothing; all that is owed without it. */
  mostMinor: z.number().int().min(0).nullish(),
  reasonCode: z.enum(['dispute', 'settlement', 'penalty', 'correction']),
  approver: z.string().nullish(),
});

/** `credit-note.create`: `{customerId, currency, invoiceId?, mostMinor?, reasonCode, approver?}` → `{credited}`, money. */
export const creditNoteCreate = sideEffect({
  type: 'credit-note.create',
  describes: {
    title: 'Create credit note',
    says: 'Notes what a customer need not pay after all.',
    output: { credited: 'how much, money' },
  },
  input: INPUT,
  run: async ({ customerId, currency, reasonCode, ...input }, job, deps) => {
    const invoiceId = input.invoiceId ?? null;
    const request = { customerId, invoiceId, reasonCode };
    const made = await post(deps, job, 'credit-note.create', request, async (book) => [
      ...(await creditInvoices(book, {
        ...{ customerId, currency, invoiceId, reasonCode, approverId: input.approver ?? null },
        mostMinor: input.mostMinor ?? Number.MAX_SAFE_INTEGER,
      })),
    ]);
    const minor = (await deps.record.table(CREDIT_NOTE).of([customerId]))
      .filter(({ creditNoteId }) => made.includes(creditNoteId))
      .reduce((sum, one) => sum + (one.isErased ? 0 : one.amountMinor), 0);
    return { credited: { minor, currency } };
  },
});
