/**
 * `customer.record`: writes what a sign-up has come to into the customer record: the customer, its contacts, what it
 * pays, and the marks by which an import and another order know it again. A customer that is new to the record takes
 * over the key under which the instance runs. Carried out again with another administrator, it writes that one too.
 */
import * as z from 'zod';
import { dayOf } from '../contracts/days.js';
import type { JobInput } from '../contracts/job.js';
import type { Json } from '../engine/model/index.js';
import { isContext } from '../engine/model/index.js';
import {
  CUSTOMER,
  type NewKey,
  type Queryable,
  type RecordTables,
  SUBSCRIPTION,
} from '../store/index.js';
import {
  lockRecording,
  noteMarks,
  noteRecording,
  type Recording,
} from '../store/registry/index.js';
import { recordContacts, type Wanted } from './customer/contacts.js';
import { leaveContacts } from './customer/left.js';
import { customerMarkTexts } from './customer/marks.js';
import { fingerprints } from './order/marks.js';
import { PLACE } from './provisioning/make.js';
import { CONTACT, MONEY, once, sideEffect } from './side-effect.js';
import { nationalNumber } from './tax-id/index.js';

const INPUT = PLACE.extend({
  legalName: z.string().min(1),
  taxId: z.string().min(1),
  country: z.string().length(2),
  tz: z.string(),
  locale: z.string(),
  planId: z.string(),
  seats: z.number().int().min(1),
  value: MONEY,
  subscriptionId: z.string().min(1),
  billingContact: CONTACT,
  adminContact: CONTACT,
  users: z.array(CONTACT).default([]),
  source: z.enum(['sale', 'expansion', 'return']),
  contract: z.object({ signerContactId: z.string().optional() }).nullish(),
  settings: z.object({ pricePeriod: z.enum(['week', 'month', 'quarter', 'year']) }),
});

type Order = z.infer<typeof INPUT>;

/** `customer.record`: → `{billingContact, adminContact, users}`, each with its `contactId`. */
export const customerRecord = sideEffect({
  type: 'customer.record',
  describes: {
    title: 'Record customer',
    says: 'Writes a new customer with its contacts into the record.',
    output: {
      billingContact: 'who pays',
      adminContact: 'the administrator',
      users: 'the other users',
    },
  },
  input: INPUT,
  run: async (order, job, deps) => {
    const wanted = wantedOf(order);
    const mails = wanted.map(({ contact }) => contact.mail);
    const marks = await fingerprints(customerMarkTexts({ ...order, mails }), deps.fingerprint);
    const key = await deps.record.keyForNew(job.customerKeyId);
    const { attempt, customerId } = order;
    const ids = await once(deps, job, 'customer.record', { attempt, customerId }, async (tx) => {
      const before = await lockRecording(tx, attempt);
      const record = deps.record.within(tx);
      const how = await recordCustomer(record, order, () => taken(key, tx), deps.now());
      await record.linkKey(customerId, job.customerKeyId);
      const contactIds = await recordContacts(record, customerId, wanted, deps.now());
      const gone = (before?.contactIds ?? []).filter((id) => !contactIds.includes(id));
      await leaveContacts(record, gone);
      await recordSubscription(record, order, deps.now());
      await noteMarks(tx, customerId, marks);
      await noteRecording(tx, attempt, recordingOf(order, before, how, contactIds));
      return [...contactIds];
    });
    return withIds(job, ids);
  },
});

/** The order of the chain in which people are asked: administrator, who pays, users. */
function wantedOf({ adminContact, billingContact, users, contract }: Order): readonly Wanted[] {
  const contactId = billingContact.contactId ?? contract?.signerContactId;
  const billing = contactId === undefined ? billingContact : { ...billingContact, contactId };
  return [
    { contact: adminContact, role: 'admin' },
    { contact: billing, role: 'billing' },
    ...users.map((contact) => ({ contact, role: 'user' as const })),
  ];
}

async function recordCustomer(
  record: RecordTables,
  order: Order,
  takeKey: () => Promise<string>,
  nowMs: number,
): Promise<Recording['how']> {
  const table = record.table(CUSTOMER);
  const { customerId, legalName, country, tz, locale, source } = order;
  const found = await table.get(customerId);
  if (found) {
    if (found.state !== 'gone') return 'kept';
    await table.change([customerId], found.version, { state: 'active', stage: FIRST_STAGE });
    return 'returned';
  }
  const keyId = await takeKey();
  await table.add([
    {
      ...{ customerId, keyId, legalName, taxId: nationalNumber(country, order.taxId), country },
      ...{ tz, locale, stage: source === 'expansion' ? null : FIRST_STAGE, touch: null },
      ...{ maturity: null, isStrategic: false, healthScore: null, since: dayOf(nowMs) },
      state: 'active',
    },
  ]);
  return 'added';
}

/** Another one may have taken it meanwhile: the next attempt asks for another. */
async function taken({ keyId, take }: NewKey, tx: Queryable): Promise<string> {
  if (await take(tx)) return keyId;
  throw new Error('the key that was reserved has been taken');
}

/** Stage of a customer who has just come. */
const FIRST_STAGE = 'onboarding';

async function recordSubscription(
  record: RecordTables,
  { customerId, subscriptionId, planId, seats, value, settings }: Order,
  nowMs: number,
): Promise<void> {
  const table = record.table(SUBSCRIPTION);
  if (await table.get(subscriptionId)) return;
  await table.add([
    {
      ...{ subscriptionId, customerId, planId, seats },
      ...{ priceMinor: value.minor, currency: value.currency, period: settings.pricePeriod },
      ...{ startsAt: dayOf(nowMs), endsAt: null, discountPct: 0, state: 'active' },
    },
  ]);
}

function recordingOf(
  { customerId, subscriptionId }: Order,
  before: Recording | null,
  how: Recording['how'],
  contactIds: readonly string[],
): Recording {
  return { customerId, how: before?.how ?? how, subscriptionId, contactIds };
}

/** The contacts as they were given, each with its id. */
function withIds({ variables }: JobInput, [admin, billing, ...users]: readonly string[]) {
  const withId = (given: Json | undefined, contactId: string | undefined): Json => ({
    ...(isContext(given) ? given : {}),
    contactId: contactId ?? null,
  });
  const given = Array.isArray(variables.users) ? variables.users : [];
  return {
    adminContact: withId(variables.adminContact, admin),
    billingContact: withId(variables.billingContact, billing),
    users: given.map((user: Json, index: number) => withId(user, users[index])),
  };
}
