/**
 * Personal parts of the audit log that are about a customer: found, and erased by the engine. Class: side effect.
 * Source: docs/erasure.md.
 */
import { type SQL, sql } from 'drizzle-orm';
import { erasePersonal } from '../audit/erase.js';
import type { Queryable } from '../database.js';
import { textArray } from './record.js';

/** About whom they are. */
export interface AuditSubject {
  readonly customerId: string;
  readonly keyIds: readonly string[];
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/**
 * What refers to the customer: a part under one of its keys, an entry that names the customer, an instance of it, or one of
 * an operator's process, which runs under the deployment's key and says by its variable whom it is about.
 */
const refers = ({ customerId, keyIds }: AuditSubject): SQL => sql`
  (part.key_id = any(${textArray(keyIds)}) or exists (
    select 1 from regexp_matches(audit.object, ${UUID}, 'g') as met (id)
    where met.id[1] = ${customerId}
      or exists (select 1 from process_instances i
        where i.instance_id = met.id[1] and i.customer_key_id = any(${textArray(keyIds)}))
      or exists (select 1 from variables v where v.instance_id = met.id[1]
        and v.name = 'customerId' and v.value = to_jsonb(${customerId}::text))))`;

/** A part in the open whose text holds one of these ids, whatever its entry refers to. */
const says = (ids: readonly string[]): SQL => sql`
  (part.sealed is null and exists (select 1 from unnest(${textArray(ids)}) as known (id)
    where position(known.id in concat(part.reason, ' ', part.data::text)) > 0))`;

/** Numbers of the entries with a personal part that refer to the customer, or say its id or that of a contact. */
export async function auditNumbers(
  db: Queryable,
  subject: AuditSubject,
): Promise<readonly number[]> {
  const ids = await idsOf(db, subject.customerId);
  return numbersOf(db, sql`${refers(subject)} or ${says(ids)}`);
}

/** Those of them that stand in the open: what is sealed under the customer's keys goes with these. */
export async function openAuditNumbers(
  db: Queryable,
  subject: AuditSubject,
): Promise<readonly number[]> {
  const ids = await idsOf(db, subject.customerId);
  return numbersOf(db, sql`part.sealed is null and (${refers(subject)} or ${says(ids)})`);
}

/**
 * The customer's id and those of its contacts that any table has still: the contacts themselves may be erased already.
 * Only such as no other text holds by chance.
 */
async function idsOf(db: Queryable, customerId: string): Promise<readonly string[]> {
  const { rows: tables } = await db.execute<{ name: string }>(sql`
    select contact.table_name as name from information_schema.columns contact
    join information_schema.columns owner on owner.table_schema = contact.table_schema
      and owner.table_name = contact.table_name and owner.column_name = 'customer_id'
    where contact.table_schema = current_schema() and contact.column_name = 'contact_id'
    order by 1`);
  const found = new Set([customerId]);
  for (const { name } of tables) {
    const { rows } = await db.execute<{ id: string }>(sql`
      select distinct contact_id as id from ${sql.identifier(name)}
      where customer_id = ${customerId} and contact_id is not null`);
    for (const { id } of rows) found.add(id);
  }
  const isOnlyOne = new RegExp(`^${UUID}$`);
  return [...found].filter((id) => isOnlyOne.test(id));
}

async function numbersOf(db: Queryable, where: SQL): Promise<readonly number[]> {
  const { rows } = await db.execute<{ number: string }>(sql`
    select audit.number from audit join audit_personal part using (number)
    where ${where} order by 1`);
  return rows.map(({ number }) => Number(number));
}

/** Erases them through the log's own door, which notes each. */
export async function eraseAuditParts(db: Queryable, numbers: readonly number[]): Promise<void> {
  if (numbers.length === 0) return;
  await erasePersonal(db, numbers, { actor: null, requestId: null, reason: null });
}
