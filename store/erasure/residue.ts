/**
 * Looks for what an erasure left behind in the record: the catalogue of the database says which tables there are, and
 * nothing of the declarations is asked. Class: side effect.
 */
import { sql } from 'drizzle-orm';
import type { Queryable } from '../database.js';

/** Rows that still hold something of a customer. */
export interface Residue {
  readonly place: string;
  readonly count: number;
}

/** Tables that hold ids of customers and nothing else of them, or what is kept on purpose. */
const OF_IDS = [
  'erasure_requests',
  'erasure_ledger',
  'deletion_certificates',
  'suppressions',
  'kept_rows',
];

/** Sealed bytes of a customer that nobody keeps, in any table of the database. */
export async function recordResidue(
  db: Queryable,
  customerId: string,
): Promise<readonly Residue[]> {
  const { rows } = await db.execute<{ table_name: string; column_name: string }>(sql`
    select sealed.table_name, sealed.column_name from information_schema.columns sealed
    join information_schema.columns owner on owner.table_schema = sealed.table_schema
      and owner.table_name = sealed.table_name and owner.column_name = 'customer_id'
    where sealed.table_schema = current_schema() and sealed.column_name like 'sealed\_%'
    order by 1, 2`);
  const found: Residue[] = [];
  for (const { table_name: table, column_name: column } of rows) {
    const count = await countOf(
      db,
      sql`select count(*) as count from ${sql.identifier(table)} t
        where t.customer_id = ${customerId} and t.${sql.identifier(column)} <> '\\x00'::bytea
          and not exists (select 1 from kept_rows kept
            where kept.table_name = ${table} and kept.customer_id = ${customerId}
              and kept.row_key = ${keyOf(await primaryKey(db, table))})`,
    );
    if (count > 0) found.push({ place: `${table}.${column}`, count });
  }
  return found;
}

/** Rows of other tables that name the customer though they hold no ids alone. */
export async function namedResidue(
  db: Queryable,
  customerId: string,
  tables: readonly string[],
): Promise<readonly Residue[]> {
  const found: Residue[] = [];
  for (const table of tables.filter((one) => !OF_IDS.includes(one))) {
    const count = await countOf(
      db,
      sql`select count(*) as count from ${sql.identifier(table)} where customer_id = ${customerId}`,
    );
    if (count > 0) found.push({ place: table, count });
  }
  return found;
}

/** What was set up for the customer and still tells how; an emptied row stays, for it is a count. */
export async function detailResidue(
  db: Queryable,
  customerId: string,
): Promise<readonly Residue[]> {
  const count = await countOf(
    db,
    sql`select count(*) as count from resources
      where customer_id = ${customerId} and detail <> '{}'::jsonb`,
  );
  return count > 0 ? [{ place: 'resources.detail', count }] : [];
}

async function primaryKey(db: Queryable, table: string): Promise<readonly string[]> {
  const { rows } = await db.execute<{ name: string }>(sql`
    select a.attname as name from pg_index i
    join lateral unnest(i.indkey) with ordinality k (attnum, place) on true
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
    where i.indrelid = ${table}::regclass and i.indisprimary order by k.place`);
  return rows.map(({ name }) => name);
}

function keyOf(columns: readonly string[]) {
  const named = columns.map((name) => sql`t.${sql.identifier(name)}`);
  return sql`jsonb_build_array(${sql.join(named, sql`, `)})::text`;
}

/** The one count of a statement. */
export async function countOf(db: Queryable, statement: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await db.execute<{ count: string }>(statement);
  return Number(rows[0]?.count ?? 0);
}
