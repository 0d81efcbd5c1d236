/**
 * Whether an instance that has ended may be deleted: it and all that it called have ended, the term of each of their
 * processes is over, and no legal hold is upon a customer of theirs. Class: pure. Source: docs/retention.md.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { KEPT_REASONS } from '../../contracts/instance-retention.js';
import { jsonText } from '../columns.js';

/** How long instances of a process are kept after their end, by process: ISO 8601 durations. What is not here is kept. */
export type RetentionTerms = Readonly<Record<string, string>>;

/** By which terms, and when. */
export interface Keeping {
  readonly terms: RetentionTerms;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** Why an instance is kept. */
export type KeptBecause = (typeof KEPT_REASONS)[number];

/** An instance and all that it called, as `one`, beside a row of `process_instances`. */
const TREE = sql`process_instances one where one.root_instance_id = process_instances.instance_id`;

const HELD = sql`select customer_id from legal_holds where released_at is null`;

/** That a hold is upon the customer of an instance `one`: it is under a key of that customer, or names it. */
const IS_HELD = sql`(one.customer_key_id in (
    select key_id from customers where customer_id in (${HELD})
    union all select key_id from customer_keys where customer_id in (${HELD})
    union all select jsonb_array_elements_text(keys_destroyed) from deletion_certificates
      where customer_id in (${HELD}))
  or exists (select 1 from variables named where named.instance_id = one.instance_id
    and named.name = 'customerId' and named.sealed is null and named.value #>> '{}' in (${HELD})))`;

/** Whoever an instance of a tree is of, or names, as a query. */
export function customersOfTree(rootId: string): SQL {
  const ofTree = sql`from process_instances one where one.root_instance_id = ${rootId}`;
  return sql`select owner.customer_id from (
      select key_id, customer_id from customers
      union all select key_id, customer_id from customer_keys
      union all select jsonb_array_elements_text(keys_destroyed), customer_id from deletion_certificates) owner
    where owner.key_id in (select one.customer_key_id ${ofTree})
    union select named.value #>> '{}' from variables named
    where named.name = 'customerId' and named.sealed is null
      and named.instance_id in (select one.instance_id ${ofTree})`;
}

/** The reason, as a column beside `process_instances`; null: it may be deleted. */
export function keptBecause({ terms, at }: Keeping): SQL<KeptBecause | null> {
  const rows = Object.entries(terms).map(([process_id, term]) => ({ process_id, term }));
  const termOf = sql`(select known.term::interval from jsonb_to_recordset(${jsonText(rows)}::jsonb)
    known (process_id text, term text) where known.process_id = one.process_id)`;
  return sql`case
    when process_instances.caller_instance_id is not null then 'RETENTION_CALLED'
    when process_instances.ended_at is null
      or exists (select 1 from ${TREE} and one.ended_at is null)
      then 'RETENTION_RUNNING'
    when exists (select 1 from ${TREE} and ${termOf} is null) then 'RETENTION_UNKNOWN'
    when exists (select 1 from ${TREE}
      and coalesce(one.ended_at, process_instances.ended_at) + ${termOf} > ${at}::timestamptz)
      then 'RETENTION_NOT_OVER'
    when exists (select 1 from ${TREE} and ${IS_HELD}) then 'LEGAL_HOLD'
  end`;
}

/** That an instance may be deleted, as a condition on `process_instances`. */
export const mayBeDeleted = (keeping: Keeping): SQL => sql`(${keptBecause(keeping)}) is null`;
