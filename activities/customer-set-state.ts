/** `customer.set-state`: writes into the record that a customer leaves, or that it stays after all. */
import * as z from 'zod';
import { CUSTOMER } from '../store/index.js';
import { releaseLeaving } from '../store/registry/index.js';
import { once, sideEffect } from './side-effect.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  state: z.enum(['active', 'offboarding']),
});

/** `customer.set-state`: `{customerId, state}` → `{state}`, as it is now: one that is gone stays so. */
export const customerSetState = sideEffect({
  type: 'customer.set-state',
  describes: {
    title: 'Set state of a customer',
    says: 'Writes into the record that a customer leaves, or stays after all.',
    output: { state: 'the state as it is now' },
  },
  input: INPUT,
  run: async ({ customerId, state }, job, deps) =>
    once(deps, job, 'customer.set-state', { customerId, state }, async (tx) => {
      if (state === 'active') await releaseLeaving(tx, customerId, job.instanceId);
      const table = deps.record.within(tx).table(CUSTOMER);
      const customer = await table.get(customerId);
      if (!customer || customer.isErased || customer.state === 'gone') return { state: 'gone' };
      if (customer.state !== state) await table.change([customerId], customer.version, { state });
      return { state };
    }),
});
