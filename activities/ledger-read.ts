/** `ledger.read`: what a customer owes in a currency, on a day that the process names, or today where the customer is. */
import { lastDueDate, owedBy, readLedger, statementOf } from '../store/ledger/index.js';
import { ACCOUNT, DAY, plainStatement, todayOf } from './ledger/posting.js';
import { sideEffect } from './side-effect.js';

const INPUT = ACCOUNT.extend({ asOf: DAY.nullish(), dueBy: DAY.nullish() });

/**
 * `ledger.read`: `{customerId, currency, asOf?, dueBy?}` → `{ledger}`, a statement: `balanceMinor`, `collectableMinor`,
 * `ageDays` and their like. `dueByMinor` is owed for what was due by `dueBy`, by default for everything in it.
 */
export const ledgerRead = sideEffect({
  type: 'ledger.read',
  describes: {
    title: 'Read ledger',
    says: 'Tells what a customer owes in a currency.',
    output: { ledger: 'the statement' },
  },
  input: INPUT,
  run: async ({ customerId, currency, asOf, ...input }, _job, deps) => {
    const day = asOf ?? (await todayOf(deps, customerId));
    const rows = await readLedger(deps.record, customerId);
    const statement = statementOf(rows, currency, day);
    const dueBy = input.dueBy ?? lastDueDate(statement);
    const dueByMinor = owedBy(statement, dueBy);
    return { ledger: { ...plainStatement(statement), dueBy, dueByMinor } };
  },
});
