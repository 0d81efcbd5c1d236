/** `case.open`: opens the case of collection of an instance, and tells whom to ask. */
import * as z from 'zod';
import { debtorOf, openCase } from '../store/ledger/index.js';
import { ACCOUNT, post, unknownCustomer } from './ledger/posting.js';
import { sideEffect } from './side-effect.js';

const INPUT = ACCOUNT.extend({ isUnlessHeld: z.boolean().default(false) });

/**
 * `case.open`: `{customerId, currency, isUnlessHeld?}` → `{caseId, hold, debtor}`. `hold` is `stopped` or `handed-over`
 * when the last case of the account was, and something of what was owed then is open; with `isUnlessHeld` there is no
 * case then, and `caseId` is null. Errors: `CUSTOMER_UNKNOWN`.
 */
export const caseOpen = sideEffect({
  type: 'case.open',
  describes: {
    title: 'Open collection case',
    says: 'Opens a case of collection, and tells whom to ask.',
    output: {
      caseId: 'the case; null: there is none',
      hold: 'what holds the account',
      debtor: 'whom to ask',
    },
  },
  input: INPUT,
  run: async ({ customerId, currency, isUnlessHeld }, job, deps) => {
    const debtor = await debtorOf(deps, customerId);
    if (!debtor) throw unknownCustomer(customerId);
    const { instanceId } = job;
    const of = { customerId, currency, instanceId, isExCustomer: debtor.hasLeft, isUnlessHeld };
    const opened = await post(deps, job, 'case.open', of, async (book) => ({
      ...(await openCase(book, of)),
    }));
    return { ...opened, debtor: { ...debtor, contact: debtor.contact && { ...debtor.contact } } };
  },
});
