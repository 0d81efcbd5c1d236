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

const erasedInvoice = {
  ...{ isErased: true, invoiceId: 'i-1', revision: 2, customerId: 'c-1', state: 'paid' },
  ...{ issuedAt: written.createdAt, dueDate: '2026-04-01' },
};

test('a customer that was erased is answered with what is left, and without its key', async () => {
  const invoices = async () => [erasedInvoice];
  const parts = { customers: { get: async () => erased, invoices } } as never;
  const answer = await CUSTOMER_READS.getCustomer(parts, { key: 'c-1' }, {} as never);
  const { customer, contacts, subscriptions, ...more } =
    OPERATIONS.getCustomer.output.parse(answer);
  expect(customer).toMatchObject({ isErased: true, legalName: null, taxId: null, country: 'PT' });
  expect(customer).not.toHaveProperty('keyId');
  expect(contacts).toMatchObject([{ name: null, mail: null, role: 'admin' }]);
  expect(more.invoices).toEqual([
    {
      ...{ invoiceId: 'i-1', number: null, amountMinor: null, balanceMinor: null, currency: null },
      ...{ issuedAt: written.createdAt, dueDate: '2026-04-01', state: 'paid' },
    },
  ]);
  expect(subscriptions).toMatchObject([{ priceMinor: null, currency: null, planId: 'team' }]);
});
