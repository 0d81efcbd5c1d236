/** Rows that outlive the key of their customer: each is sealed under another key, which is noted here. */
import { and, eq, type SQL, sql } from 'drizzle-orm';
import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { columnName, type EntityTable } from './columns.js';
import type { EntityDeclaration } from './declaration.js';

/** The table of them. `because` of a hold: until it is released; of a retention: until the day. */
export const keptRows = pgTable(
  'kept_rows',
  {
    tableName: text('table_name').notNull(),
    rowKey: text('row_key').notNull(),
    customerId: text('customer_id').notNull(),
    requestId: text('request_id').notNull(),
    keyId: text('key_id').notNull(),
    because: text('because').$type<'retention' | 'hold'>().notNull(),
    law: text('law'),
    until: text('until'),
  },
  ({ tableName, rowKey }) => [primaryKey({ columns: [tableName, rowKey] })],
);

/** Names of the columns of the key of a row. Class: pure. */
export function keyColumns({ key }: EntityDeclaration): readonly string[] {
  return key.map(columnName);
}

/** The key of a row as `kept_rows` has it. Class: pure. */
export function rowKeyOf({ key }: EntityDeclaration, table: EntityTable): SQL<string> {
  const columns = key.map((name) => sql`${table[name]}`);
  return sql<string>`jsonb_build_array(${sql.join(columns, sql`, `)})::text`;
}

/** By which a row finds what is noted of it. Class: pure. */
export function isKept(declaration: EntityDeclaration, table: EntityTable): SQL | undefined {
  const isOfTable = eq(keptRows.tableName, declaration.table);
  return and(isOfTable, eq(keptRows.rowKey, rowKeyOf(declaration, table)));
}
