/** All rows of a customer, however many there are: read page by page, each opened as it comes. */
import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Queryable } from '../database.js';
import { tableOf } from './columns.js';
import type { EntityDeclaration, ReadRow } from './declaration.js';
import { type Fields, openRow } from './sealed-rows.js';
import type { Sealer } from './sealer.js';
import { sideBySide } from './side-by-side.js';

/** Which rows. */
export interface RowsOf {
  readonly customerId: string;
  /** Key of the customer, under which they are sealed. */
  readonly keyId: string;
  /** ISO 8601 UTC: rows that were made later are left out. */
  readonly until: string;
}

const PAGE = 500;

/**
 * Rows in the order of their keys; at most one page is held.
 *
 * Errors: those of `Sealer.open`. Class: side effect.
 */
export async function* rowPages<E extends EntityDeclaration>(
  db: Queryable,
  declaration: E,
  sealer: Sealer,
  { customerId, keyId, until }: RowsOf,
): AsyncGenerator<readonly ReadRow<E>[]> {
  const table = tableOf(declaration);
  const keys = declaration.key.map((name) => table[name] as AnyPgColumn);
  const own = eq(table.customerId, customerId);
  const made = sql`${table.createdAt} <= ${until}::timestamptz`;
  let behind: SQL | undefined;
  for (;;) {
    const columns = (await db
      .select()
      .from(table)
      .where(and(own, made, behind))
      .orderBy(...keys.map((key) => asc(key)))
      .limit(PAGE)) as readonly Fields[];
    const opened = await sideBySide(columns, (row) => openRow(declaration, row, keyId, sealer));
    if (opened.length > 0) yield opened as unknown as readonly ReadRow<E>[];
    const last = columns.at(-1);
    if (columns.length < PAGE || !last) return;
    const place = declaration.key.map((name) => sql`${last[name]}`);
    behind = sql`(${sql.join(keys, sql`, `)}) > (${sql.join(place, sql`, `)})`;
  }
}
