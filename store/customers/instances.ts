/**
 * Which instances are a customer's: those under one of its keys, and those of operators' processes, which outlive the keys,
 * that name it in their variable `customerId`. Class: side effect (reads).
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../database.js';

/** The ids of the instances of a customer, as a query. Class: pure. */
export function instancesOfCustomer(customerId: string): SQL {
  return sql`select instance_id from process_instances where customer_key_id in (
      select key_id from customers where customer_id = ${customerId}
      union all select key_id from customer_keys where customer_id = ${customerId}
      union all select jsonb_array_elements_text(keys_destroyed) from deletion_certificates
        where customer_id = ${customerId})
    union select instance_id from variables
      where name = 'customerId' and sealed is null and value #>> '{}' = ${customerId}`;
}

/** The customer of each of these instances; one that is nobody's, or names several, is left out. */
export async function customersOfInstances(
  db: Queryable,
  instanceIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.execute<{ instance_id: string; customer_id: string }>(sql`
    with wanted as (select instance_id, customer_key_id from process_instances
      where instance_id in (select jsonb_array_elements_text(${JSON.stringify(instanceIds)}::jsonb))),
    found as (
      select w.instance_id, c.customer_id from wanted w join customers c on c.key_id = w.customer_key_id
      union select w.instance_id, k.customer_id from wanted w
        join customer_keys k on k.key_id = w.customer_key_id
      union select w.instance_id, d.customer_id from wanted w
        join deletion_certificates d on d.keys_destroyed ? w.customer_key_id
      union select w.instance_id, c.customer_id from wanted w
        join variables v on v.instance_id = w.instance_id and v.name = 'customerId' and v.sealed is null
        join customers c on c.customer_id = v.value #>> '{}')
    select instance_id, min(customer_id) as customer_id from found
    group by instance_id having count(distinct customer_id) = 1`);
  return new Map(rows.map((row) => [row.instance_id, row.customer_id]));
}
