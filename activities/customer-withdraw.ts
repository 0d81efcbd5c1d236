/**
 * `customer.withdraw`: takes back what an attempt of a sign-up wrote into the customer record. A customer that it added
 * is gone from then on, and its tax id free; one that was there before stays. Nothing there is fine as well; from then on
 * a recording of this attempt that comes late is refused.
 */
import * as z from 'zod';
import { CUSTOMER, type Queryable, type RecordTables, SUBSCRIPTION } from '../store/index.js';
import { forgetMarks, type Recording, withdrawRecording } from '../store/registry/index.js';
import { once, sideEffect } from './side-effect.js';

const INPUT = z.object({ attempt: z.string().min(1) });

/** `customer.withdraw`: `{attempt}` → `{withdrawn}`: whether there was something to take back. */
export const customerWithdraw = sideEffect({
  type: 'customer.withdraw',
  describes: {
    title: 'Withdraw customer',
    says: 'Takes back what an attempt wrote of a customer.',
    output: { withdrawn: 'whether there was something' },
  },
  input: INPUT,
  run: ({ attempt }, job, deps) =>
    once(deps, job, 'customer.withdraw', { attempt }, async (tx) => {
      const recording = await withdrawRecording(tx, attempt);
      if (recording === null) return { withdrawn: false };
      const record = deps.record.within(tx);
      await cancelSubscription(record, recording);
      if (recording.how !== 'kept') await leave(tx, record, recording.customerId);
      return { withdrawn: true };
    }),
});

async function cancelSubscription(
  record: RecordTables,
  { subscriptionId }: Recording,
): Promise<void> {
  const table = record.table(SUBSCRIPTION);
  const found = await table.get(subscriptionId);
  if (!found || found.isErased || found.state !== 'active') return;
  await table.change([subscriptionId], found.version, { state: 'cancelled' });
}

async function leave(tx: Queryable, record: RecordTables, customerId: string): Promise<void> {
  const table = record.table(CUSTOMER);
  const found = await table.get(customerId);
  if (!found || found.isErased) return;
  await table.change([customerId], found.version, { state: 'gone', stage: null });
  await forgetMarks(tx, customerId, ['national-tax-id', 'mail']);
}
