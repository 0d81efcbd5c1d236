/** `case.open`: opens the case of collection of an instance, and tells whom to ask. */
import { debtorOf, openCase } from '../store/ledger/index.js';
import { ACCOUNT, post, unknownCustomer } from './ledger/posting.js';
import { sideEffect } from './side-effect.js';

/** `case.open`: `{customerId, currency}` → `{caseId, debtor}`. Errors: `CUSTOMER_UNKNOWN`. */
export const caseOpen = sideEffect({
  type: 'case.open',
  describes: {
    title: 'Open collection case',
    says: 'Opens a case of collection, and tells whom to ask.',
    output: { caseId: 'the case', debtor: 'whom to ask' },
  },
  input: ACCOUNT,
  run: async ({ customerId, currency }, job, deps) => {
    const debtor = await debtorOf(deps, customerId);
    if (!debtor) throw unknownCustomer(customerId);
    const { instanceId } = job;
    const of = { customerId, currency, instanceId, isExCustomer: debtor.hasLeft };
    const caseId = await post(deps, job, 'case.open', of, (book) => openCase(book, of));
    return { caseId, debtor: { ...debtor, contact: debtor.contact && { ...debtor.contact } } };
  },
});
