import { describe, expect, test } from 'vitest';
import { marksOf } from '../../../activities/order/marks.js';
import type { CustomerValues } from '../../../worker/customers/line.js';
import { mailMarks, newCustomer, taxIdMarks } from '../../../worker/customers/new-customer.js';

const plain = async (text: string): Promise<string> => text;
const NOW = Date.parse('2026-03-02T12:00:00Z');

const values: CustomerValues = {
  legalName: 'Ria Lda.',
  taxId: '501964843',
  country: 'PT',
  planId: 'team',
  mrrMinor: 14_900,
  currency: 'EUR',
  contactName: 'Inês',
  contactMail: 'Ines@Ria.example.org',
  locale: 'pt-PT',
  tz: 'Europe/Lisbon',
  since: '2024-02-29',
};

test('a line becomes a customer, its primary contact, and what it pays a month', async () => {
  const made = await newCustomer(values, plain, NOW);
  const { customerId } = made.customer;
  expect(customerId).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  expect(made).toMatchObject({
    customer: { legalName: 'Ria Lda.', taxId: '501964843', state: 'active', since: '2024-02-29' },
    contact: { customerId, mail: 'Ines@Ria.example.org', isPrimary: true },
    subscription: { customerId, priceMinor: 14_900, period: 'month', startsAt: '2024-02-29' },
  });
});

describe('it is known again', () => {
  const orderOf = (taxId: string, mail: string) => {
    const contact = { mail };
    return { orderId: 'o-1', taxId, billingContact: contact, adminContact: contact };
  };
  const shared = async (taxId: string, mail: string): Promise<readonly string[]> => {
    const { marks } = await newCustomer(values, plain, NOW);
    const known = new Set(marks.map(({ kind, mark }) => `${kind}: ${mark}`));
    const wanted = await marksOf(orderOf(taxId, mail), plain);
    return wanted.filter(({ kind, mark }) => known.has(`${kind}: ${mark}`)).map(({ kind }) => kind);
  };

  test.each(['501964843', 'PT501964843', 'pt 501.964.843'])('by an order of %s', async (taxId) => {
    expect(await shared(taxId, 'x@elsewhere.example')).toEqual(['tax-id']);
  });

  test('by an order of somebody else in its company', async () => {
    expect(await shared('ES54362315K', 'rui@ria.example.org')).toEqual(['mail-domain']);
  });

  test('by its tax id in any country that writes it so, and by its address', async () => {
    const { marks } = await newCustomer(values, plain, NOW);
    const byTaxId = await taxIdMarks('PT 501 964 843', ['DE', 'PT'], plain);
    expect(byTaxId.filter((one) => marks.some(({ mark }) => mark === one.mark))).toHaveLength(1);
    expect(marks).toEqual(
      expect.arrayContaining([...(await mailMarks(' INES@ria.example.org', plain))]),
    );
  });

  test('not by the same digits in another country', async () => {
    const { marks } = await newCustomer(values, plain, NOW);
    const other = await newCustomer({ ...values, country: 'DE' }, plain, NOW);
    const national = (of: typeof marks) => of.find(({ kind }) => kind === 'national-tax-id')?.mark;
    expect(national(other.marks)).not.toBe(national(marks));
  });
});
