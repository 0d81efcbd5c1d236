/** Finds the customer and the contact behind a mail address. */
import type { Variables } from '../../engine/model/index.js';
import {
  CONTACT,
  CUSTOMER,
  ENROLMENT,
  type Queryable,
  type ReadRow,
  type RecordTables,
  type RowOf,
  SUBSCRIPTION,
} from '../../store/index.js';
import { findByMarks, noteMarks } from '../../store/registry/index.js';
import { countGrace } from '../../store/tickets.js';
import { newId } from '../identifiers.js';
import { isMailAddress } from '../mail/fields.js';
import { companyDomain, fingerprints } from '../order/marks.js';
import type { Contact, SideEffectDeps } from '../side-effect.js';

/** Who the sender is said to be. */
export interface Told {
  readonly customerId: string | null;
  readonly contactId: string | null;
}

const NOBODY = {
  ...{ isKnown: false, problem: null, customerId: null, contactId: null, planId: null },
  ...{ candidates: [], training: { trained: false, colleague: false, graceUsed: 0 } },
};

/** What is known of the sender. */
export async function findContact(
  deps: SideEffectDeps,
  tx: Queryable,
  from: Contact,
  told: Told,
): Promise<Variables> {
  const record = deps.record.within(tx);
  const customerIds =
    told.customerId === null ? await customersWith(deps, tx, from.mail) : [told.customerId];
  const [customerId] = customerIds;
  const customer =
    customerId === undefined || customerIds.length > 1
      ? null
      : await record.table(CUSTOMER).get(customerId);
  if (customer === null || customer.isErased) {
    const problem = told.customerId === null ? null : 'no-customer';
    const candidates = await options(record, [...customerIds, ...(await ofDomain(deps, tx, from))]);
    const contact = { name: from.name, mail: from.mail, locale: from.locale ?? null };
    return { ...NOBODY, contact, problem, candidates };
  }
  const contact = await contactOf(deps, tx, customer.customerId, from, told.contactId);
  const { contactId, name, mail } = contact;
  const subscriptions = await record.table(SUBSCRIPTION).of([customer.customerId]);
  return {
    ...{ isKnown: true, problem: null, customerId: customer.customerId, contactId },
    contact: { contactId, name, mail, locale: contact.locale ?? customer.locale },
    planId: subscriptions.findLast(({ state }) => state === 'active')?.planId ?? null,
    candidates: [],
    training: await trainingOf(record, tx, customer.customerId, contactId),
  };
}

async function customersWith(
  { fingerprint }: SideEffectDeps,
  tx: Queryable,
  mail: string,
): Promise<readonly string[]> {
  if (!isMailAddress(mail.trim())) return [];
  const marks = await fingerprints([['mail', mail.trim().toLowerCase()]], fingerprint);
  return (await findByMarks(tx, marks, '')).map(({ customerId }) => customerId);
}

async function ofDomain(
  { fingerprint }: SideEffectDeps,
  tx: Queryable,
  { mail }: Contact,
): Promise<readonly string[]> {
  const domain = companyDomain(mail);
  if (domain === null) return [];
  const marks = await fingerprints([['mail-domain', domain]], fingerprint);
  return (await findByMarks(tx, marks, '')).map(({ customerId }) => customerId);
}

const MOST_OPTIONS = 20;

/** Customers as options of a form. */
async function options(record: RecordTables, customerIds: readonly string[]) {
  const ids = [...new Set(customerIds)].slice(0, MOST_OPTIONS);
  const rows = ids.length === 0 ? [] : await record.table(CUSTOMER).of(ids);
  return rows.flatMap((row) =>
    row.isErased ? [] : [{ value: row.customerId, label: `${row.legalName} (${row.country})` }],
  );
}

type ContactRow = RowOf<typeof CONTACT>;

/** The contact of that id or address; somebody new is added. */
async function contactOf(
  deps: SideEffectDeps,
  tx: Queryable,
  customerId: string,
  from: Contact,
  contactId: string | null,
): Promise<ContactRow> {
  const table = deps.record.within(tx).table(CONTACT);
  const known = (await table.of([customerId])).flatMap((row) => (row.isErased ? [] : [row]));
  const wanted = from.mail.trim().toLowerCase();
  const found =
    known.find((row) => row.contactId === contactId) ??
    known.find(({ mail }) => mail.toLowerCase() === wanted);
  if (found !== undefined) return found;
  const row: ContactRow = {
    ...{ contactId: newId(deps.now()), customerId, name: from.name, mail: from.mail },
    ...{ phone: from.phone ?? null, tz: from.tz ?? null, locale: from.locale ?? null },
    ...{ role: 'user', state: 'active', isPrimary: false, orderInChain: known.length + 1 },
  };
  await table.add([row]);
  if (isMailAddress(wanted)) {
    await noteMarks(tx, customerId, await fingerprints([['mail', wanted]], deps.fingerprint));
  }
  return row;
}

/** Whether the contact passed a course, or a colleague, and how often the gate was lenient. */
async function trainingOf(
  record: RecordTables,
  tx: Queryable,
  customerId: string,
  contactId: string,
): Promise<Variables> {
  const enrolments: readonly ReadRow<typeof ENROLMENT>[] = await record
    .table(ENROLMENT)
    .of([customerId]);
  const passed = enrolments.filter(({ state }) => state === 'passed');
  const trained = passed.some((one) => one.contactId === contactId);
  const colleague = passed.some((one) => one.contactId !== contactId);
  return { trained, colleague, graceUsed: await countGrace(tx, contactId) };
}
