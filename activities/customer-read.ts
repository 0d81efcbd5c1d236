/**
 * `customer.read`: what a process needs to know of a customer and of some of its contacts. Class: reads only.
 */
import * as z from 'zod';
import { CONTACT, CUSTOMER, type ReadRow, SUBSCRIPTION } from '../store/index.js';
import { sideEffect } from './side-effect.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  /** Contacts to be read; all that mail reaches where it is left out. */
  contactIds: z.array(z.string().min(1)).nullish(),
});

/**
 * `customer.read`: → `{customer, contacts, subscription}`: the customer is null when there is none, contacts that left
 * are marked so; the subscription is the newest that runs.
 */
export const customerRead = sideEffect({
  type: 'customer.read',
  input: INPUT,
  run: async ({ customerId, contactIds }, _job, { record }) => {
    const customer = await record.table(CUSTOMER).get(customerId);
    if (!customer || customer.isErased) return { customer: null, contacts: [], subscription: null };
    const rows = await record.table(CONTACT).of([customerId]);
    const contacts = rows.flatMap((row) => (isWanted(row, contactIds) ? [contactOf(row)] : []));
    const subscriptions = await record.table(SUBSCRIPTION).of([customerId]);
    const running = subscriptions.filter((one) => !one.isErased && one.state === 'active').at(-1);
    const { legalName, country, tz, locale, stage, touch, maturity, state } = customer;
    return {
      customer: { legalName, country, tz, locale, stage, touch, maturity, state },
      contacts: contacts.flatMap((one) => one ?? []),
      subscription: running && !running.isErased ? planOf(running) : null,
    };
  },
});

function isWanted(row: ReadRow<typeof CONTACT>, ids: readonly string[] | null | undefined) {
  return ids ? ids.includes(row.contactId) : row.state === 'active';
}

function contactOf(row: ReadRow<typeof CONTACT>) {
  if (row.isErased) return null;
  const { contactId, name, mail, phone, tz, locale, role, state } = row;
  const optional = Object.fromEntries(
    Object.entries({ phone, tz, locale }).filter(([, value]) => value !== null),
  );
  return { contactId, name, mail, role, state, ...optional };
}

function planOf({
  planId,
  seats,
  priceMinor,
  currency,
  period,
}: {
  readonly planId: string;
  readonly seats: number | null;
  readonly priceMinor: number;
  readonly currency: string;
  readonly period: string;
}) {
  return { planId, seats, price: { minor: priceMinor, currency }, period };
}
