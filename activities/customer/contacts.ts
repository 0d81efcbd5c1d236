/** Contacts of a process in the customer record: found again by id, or by address and role; else added. */
import type { ReadRow, RecordTables, RowOf } from '../../store/index.js';
import { CONTACT } from '../../store/index.js';
import { newId } from '../identifiers.js';
import type { Contact } from '../side-effect.js';
import { mailText } from './marks.js';

/** What somebody is there for. */
export type ContactRole = RowOf<typeof CONTACT>['role'];

/** A contact to be recorded. */
export interface Wanted {
  readonly contact: Contact;
  readonly role: ContactRole;
}

type Row = ReadRow<typeof CONTACT>;

/**
 * Sees to it that the record has the contacts as they are given.
 *
 * @returns their ids, in their order. Errors: those of the record. Class: side effect.
 */
export async function recordContacts(
  record: RecordTables,
  customerId: string,
  wanted: readonly Wanted[],
  nowMs: number,
): Promise<readonly string[]> {
  const table = record.table(CONTACT);
  const known = [...(await table.of([customerId]))];
  const ids: string[] = [];
  for (const one of wanted) {
    const found = known.find((row) => isSame(row, one));
    const row = rowOf(one, customerId, found?.contactId ?? one.contact.contactId ?? newId(nowMs), {
      isPrimary: found ? found.isPrimary : isFirst(known, one),
      orderInChain: found ? found.orderInChain : nextPlace(known),
    });
    ids.push(row.contactId);
    if (!found) {
      await table.add([row]);
      known.push({ ...row, ...WRITTEN });
    } else if (!found.isErased && isOther(found, row)) {
      await table.change([row.contactId], found.version, changesTo(found, row));
    }
  }
  return ids;
}

/** Until it is read again. */
const WRITTEN = { isErased: false, createdAt: '', updatedAt: '', version: 1 } as const;

function isSame(row: Row, { contact, role }: Wanted): boolean {
  if (contact.contactId !== undefined) return row.contactId === contact.contactId;
  if (row.isErased || row.role !== role) return false;
  return mailText(row.mail) === mailText(contact.mail);
}

/** The administrator is written to first where nobody is yet. */
function isFirst(known: readonly Row[], { role }: Wanted): boolean {
  return role === 'admin' && !known.some(({ isPrimary }) => isPrimary);
}

function nextPlace(known: readonly Row[]): number {
  return Math.max(0, ...known.map(({ orderInChain }) => orderInChain)) + 1;
}

function rowOf(
  { contact, role }: Wanted,
  customerId: string,
  contactId: string,
  place: Pick<RowOf<typeof CONTACT>, 'isPrimary' | 'orderInChain'>,
): RowOf<typeof CONTACT> {
  const { name, mail, phone = null, tz = null, locale = null } = contact;
  const blank = phone === '' ? null : phone;
  return {
    ...{ contactId, customerId, name, mail, phone: blank, tz, locale, role },
    ...{ state: 'active' as const, ...place },
  };
}

const SAID = ['name', 'mail', 'phone', 'tz', 'locale', 'state'] as const;

const isOther = (found: RowOf<typeof CONTACT>, row: RowOf<typeof CONTACT>): boolean =>
  SAID.some((name) => kept(found, row, name) !== found[name]);

/** What the process does not know stays. */
const kept = <N extends (typeof SAID)[number]>(
  found: RowOf<typeof CONTACT>,
  row: RowOf<typeof CONTACT>,
  name: N,
): RowOf<typeof CONTACT>[N] => row[name] ?? found[name];

const changesTo = (found: RowOf<typeof CONTACT>, row: RowOf<typeof CONTACT>) =>
  Object.fromEntries(SAID.map((name) => [name, kept(found, row, name)]));
