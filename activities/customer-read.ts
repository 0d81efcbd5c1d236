/**
 * `customer.read`: what a process needs to know of a customer and of some of its contacts. Class: reads only.
 */
import * as z from 'zod';
import { CONTACT, CUSTOMER, type ReadRow, SUBSCRIPTION, TICKET } from '../store/index.js';
import { mailText } from './customer/marks.js';
import { type SideEffectDeps, sideEffect } from './side-effect.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  /** Contacts to be read; all that mail reaches where it is left out. */
  contactIds: z.array(z.string().min(1)).nullish(),
  /** Somebody who is recorded in several roles is read once: in the first in which access was granted, else in the first. */
  oncePerAddress: z.boolean().default(false),
});

/**
 * `customer.read`: → `{customer, contacts, subscription, urgentTickets}`: the customer is null when there is none; contacts
 * that left are marked so, and each tells whether access was granted to it; the subscription is the newest that runs;
 * urgent are open tickets of P1 and P2.
 */
export const customerRead = sideEffect({
  type: 'customer.read',
  describes: {
    title: 'Read customer',
    says: 'Reads a customer with its contacts.',
    output: {
      customer: 'the customer; null when there is none',
      contacts: 'its contacts',
      subscription: 'what it pays for',
      urgentTickets: 'its urgent tickets',
    },
  },
  input: INPUT,
  run: async ({ customerId, contactIds, oncePerAddress }, _job, { record }) => {
    const customer = await record.table(CUSTOMER).get(customerId);
    if (!customer || customer.isErased) return NOBODY;
    const rows = await record.table(CONTACT).of([customerId]);
    const wanted = rows.filter((row) => isWanted(row, contactIds));
    const granted = await record.grantedContacts(customerId);
    const contacts = wanted.flatMap((row) => contactOf(row, granted.has(row.contactId)) ?? []);
    const subscriptions = await record.table(SUBSCRIPTION).of([customerId]);
    const running = subscriptions.filter((one) => !one.isErased && one.state === 'active').at(-1);
    const { legalName, country, tz, locale, stage, touch, maturity, state } = customer;
    return {
      customer: { legalName, country, tz, locale, stage, touch, maturity, state },
      contacts: oncePerAddress ? persons(contacts) : contacts,
      subscription: running && !running.isErased ? planOf(running) : null,
      urgentTickets: await urgentTickets(customerId, record),
    };
  },
});

const NOBODY = { customer: null, contacts: [], subscription: null, urgentTickets: 0 };

async function urgentTickets(
  customerId: string,
  record: SideEffectDeps['record'],
): Promise<number> {
  const tickets = await record.table(TICKET).of([customerId]);
  const isOver = (status: string): boolean => status === 'solved' || status === 'closed';
  return tickets.filter((one) => ['P1', 'P2'].includes(one.priority) && !isOver(one.status)).length;
}

function isWanted(row: ReadRow<typeof CONTACT>, ids: readonly string[] | null | undefined) {
  return ids ? ids.includes(row.contactId) : row.state === 'active';
}

function contactOf(row: ReadRow<typeof CONTACT>, hasAccess: boolean) {
  if (row.isErased) return null;
  const { contactId, name, mail, phone, tz, locale, role, state } = row;
  const optional = Object.fromEntries(
    Object.entries({ phone, tz, locale }).filter(([, value]) => value !== null),
  );
  return { contactId, name, mail, role, state, hasAccess, ...optional };
}

type ReadContact = NonNullable<ReturnType<typeof contactOf>>;

function persons(contacts: readonly ReadContact[]): readonly ReadContact[] {
  const byAddress = new Map<string, ReadContact>();
  for (const one of contacts) {
    const address = mailText(one.mail);
    const before = byAddress.get(address);
    if (!before || (one.hasAccess && !before.hasAccess)) byAddress.set(address, one);
  }
  return [...byAddress.values()];
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
