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

const INSTANCE_IN_OBJECT = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/**
 * What refers to the customer: a part under one of its keys, an entry that names the customer, an instance of it, or one of
 * an operator's process, which runs under the deployment's key and says by its variable whom it is about.
 */
const refers = ({ customerId, keyIds }: AuditSubject): SQL => sql`
  (part.key_id = any(${textArray(keyIds)}) or exists (
    select 1 from regexp_matches(audit.object, ${INSTANCE_IN_OBJECT}, 'g') as met (id)
    where met.id[1] = ${customerId}
      or exists (select 1 from process_instances i
        where i.instance_id = met.id[1] and i.customer_key_id = any(${textArray(keyIds)}))
      or exists (select 1 from variables v where v.instance_id = met.id[1]
        and v.name = 'customerId' and v.value = to_jsonb(${customerId}::text))))`;

/** Numbers of the entries with a personal part that refer to the customer. */
export function auditNumbers(db: Queryable, subject: AuditSubject): Promise<readonly number[]> {
  return numbersOf(db, refers(subject));
}

/** Those of them that stand in the open: what is sealed under the customer's keys goes with these. */
export function openAuditNumbers(db: Queryable, subject: AuditSubject): Promise<readonly number[]> {
  return numbersOf(db, sql`part.sealed is null and ${refers(subject)}`);
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
