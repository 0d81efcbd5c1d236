/**
 * What the store holds of a customer beside the record: marks and links, projections of its instances, keys of their
 * starts. Each function may be called again. Class: side effect. Source: docs/erasure.md.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import { textArray } from './record.js';
import { countOf } from './residue.js';

/** Rows by where they stand. */
export type PlaceCounts = Readonly<Record<string, number>>;

const ofCustomers = (customerIds: readonly string[]): Readonly<Record<string, SQL>> => {
  const isOne = sql`customer_id = any(${textArray(customerIds)})`;
  return {
    customer_marks: sql`from customer_marks where ${isOne}`,
    access_links: sql`from access_links where ${isOne}`,
    export_links: sql`from export_links where ${isOne}`,
    resources: sql`from resources where ${isOne} and (detail <> '{}'::jsonb or state = 'active')`,
  };
};

/** Marks, access links and details of what was set up. */
export function countRegistry(db: Queryable, customerId: string): Promise<PlaceCounts> {
  return countAll(db, ofCustomers([customerId]));
}

/** Which of these customers have any of that. */
export async function inRegistry(
  db: Queryable,
  customerIds: readonly string[],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const from of Object.values(ofCustomers(customerIds))) {
    const { rows } = await db.execute<{ id: string }>(
      sql`select distinct customer_id as id ${from}`,
    );
    found.push(...rows.map(({ id }) => id));
  }
  return found;
}

/** Removes marks and links, ends what was set up and empties its details. Keys of the record's own rows stay. */
export async function eraseRegistry(tx: Queryable, customerId: string): Promise<void> {
  await tx.execute(sql`delete from customer_marks where customer_id = ${customerId}`);
  await tx.execute(sql`delete from access_links where customer_id = ${customerId}`);
  await tx.execute(sql`delete from export_links where customer_id = ${customerId}`);
  await tx.execute(sql`update resources set detail = '{}'::jsonb, state = 'ended',
    ended_at = coalesce(ended_at, clock_timestamp()) where customer_id = ${customerId}`);
}

/** Projections hold copies of what instances hold; the journal itself is sealed and goes with the key. */
const PROJECTED = [
  ...(['variables', 'incidents', 'user_tasks', 'task_drafts', 'task_attachments'] as const),
  ...(['timers', 'subscriptions'] as const),
];

const isOf = (keyIds: readonly string[]): SQL => sql`customer_key_id = any(${textArray(keyIds)})`;

const ofInstances = (keyIds: readonly string[]): SQL =>
  sql`instance_id in (select instance_id from process_instances where ${isOf(keyIds)})`;

const ofKeys = (keyIds: readonly string[]): Readonly<Record<string, SQL>> => ({
  ...Object.fromEntries(
    PROJECTED.map((table) => [
      table,
      sql`from ${sql.identifier(table)} where ${ofInstances(keyIds)}`,
    ]),
  ),
  process_instances: sql`from process_instances where ${isOf(keyIds)} and business_key is not null`,
  starts: sql`from starts where ${isOf(keyIds)}`,
  batch_operation_items: sql`from batch_operation_items
    where sealed is not null and ${ofInstances(keyIds)}`,
});

/** Projections of the instances of keys. */
export function countProjections(db: Queryable, keyIds: readonly string[]): Promise<PlaceCounts> {
  return countAll(db, ofKeys(keyIds));
}

/** Which of these keys have instances of which something is projected, or keys of starts. */
export async function projectedKeys(
  db: Queryable,
  keyIds: readonly string[],
): Promise<readonly string[]> {
  const isProjected = PROJECTED.map(
    (table) => sql`exists (select 1 from ${sql.identifier(table)} projected
      where projected.instance_id = process_instances.instance_id)`,
  );
  const { rows } = await db.execute<{ id: string }>(sql`
    select distinct customer_key_id as id from process_instances
    where ${isOf(keyIds)} and (business_key is not null or ${sql.join(isProjected, sql` or `)})
    union select distinct customer_key_id from starts where ${isOf(keyIds)}
    union select distinct customer_key_id from process_instances
      join batch_operation_items using (instance_id) where ${isOf(keyIds)} and sealed is not null`);
  return rows.map(({ id }) => id);
}

/** Removes them, with business keys and keys of starts. That there were instances, and how they ended, stays. */
export async function eraseProjections(tx: Queryable, keyIds: readonly string[]): Promise<void> {
  for (const table of PROJECTED) {
    await tx.execute(sql`delete from ${sql.identifier(table)} where ${ofInstances(keyIds)}`);
  }
  await tx.execute(sql`delete from starts where ${isOf(keyIds)}`);
  await tx.execute(sql`update batch_operation_items set sealed = null
    where sealed is not null and ${ofInstances(keyIds)}`);
  await tx.execute(
    sql`update process_instances set business_key = null where ${isOf(keyIds)} and business_key is not null`,
  );
}

/** Ids of the instances of keys that have not ended, the oldest first. */
export async function openInstances(
  db: Queryable,
  keyIds: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await db.execute<{ instance_id: string }>(sql`
    select instance_id from process_instances
    where ${isOf(keyIds)} and ended_at is null and state <> 'REFUSED' order by 1`);
  return rows.map(({ instance_id }) => instance_id);
}

async function countAll(
  db: Queryable,
  places: Readonly<Record<string, SQL>>,
): Promise<PlaceCounts> {
  const counts: Record<string, number> = {};
  for (const [place, from] of Object.entries(places)) {
    counts[place] = await countOf(db, sql`select count(*) as count ${from}`);
  }
  return counts;
}

/** Ids of some instances of a key, the latest first. */
export async function instancesOf(
  db: Queryable,
  keyId: string,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await db.execute<{ instance_id: string }>(sql`
    select instance_id from process_instances where customer_key_id = ${keyId}
    order by 1 desc limit ${limit}`);
  return rows.map(({ instance_id }) => instance_id);
}

/** Keys of effects of the instances of keys, among these: what they sent carries one. */
export async function effectsAmong(
  db: Queryable,
  keyIds: readonly string[],
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await db.execute<{ key: string }>(sql`
    select key from effects where key_id = any(${textArray(keyIds)}) and key = any(${textArray(keys)})`);
  return new Set(rows.map(({ key }) => key));
}
