import { expect, test } from 'vitest';
import { OPERATIONS } from '../../../contracts/control.js';
import type { WholeCustomer } from '../../../store/index.js';
import { CUSTOMER_READS } from '../../../worker/control/customers.js';

const written = { createdAt: '2026-03-02T12:00:00.000Z', updatedAt: '2026-03-02T12:00:00.000Z' };
const erased = {
  customer: {
    ...{ isErased: true, customerId: 'c-1', keyId: 'k-1', country: 'PT', tz: 'Europe/Lisbon' },
    ...{ locale: 'pt-PT', stage: null, touch: null, maturity: null, isStrategic: false },
    ...{ healthScore: null, since: '2024-02-29', state: 'gone', version: 1, ...written },
  },
  contacts: [
    {
      ...{ isErased: true, contactId: 'p-1', customerId: 'c-1', role: 'admin', state: 'left' },
      ...{ isPrimary: true, orderInChain: 1, version: 1, ...written },
    },
  ],
  subscriptions: [
    {
      ...{ isErased: true, subscriptionId: 's-1', customerId: 'c-1', planId: 'team', seats: null },
      ...{ period: 'month', startsAt: '2024-02-29', endsAt: null, state: 'ended', version: 1 },
      ...written,
    },
  ],
} as unknown as WholeCustomer;

test('a customer that was erased is answered with what is left, and without its key', async () => {
  const parts = { customers: { get: async () => erased } } as never;
  const answer = await CUSTOMER_READS.getCustomer(parts, { key: 'c-1' }, {} as never);
  const { customer, contacts, subscriptions } = OPERATIONS.getCustomer.output.parse(answer);
  expect(customer).toMatchObject({ isErased: true, legalName: null, taxId: null, country: 'PT' });
  expect(customer).not.toHaveProperty('keyId');
  expect(contacts).toMatchObject([{ name: null, mail: null, role: 'admin' }]);
  expect(subscriptions).toMatchObject([{ priceMinor: null, currency: null, planId: 'team' }]);
});
