/** Exports as lists show them: what stands of them in the open. */
import { asc, getTableColumns, inArray } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Queryable } from '../database.js';
import { type Page, type Search, search } from '../search/index.js';
import { tableOf } from './columns.js';
import { type OpenPartOf, SEALED_COLUMNS, type Written } from './declaration.js';
import { EXPORT } from './entities/index.js';

/** An export without who fetched it. */
export type ListedExport = OpenPartOf<typeof EXPORT> & Written<typeof EXPORT>;

const EXPORTS = tableOf(EXPORT);
const SEALED: readonly string[] = Object.values(SEALED_COLUMNS);

const SEARCHABLE = {
  table: EXPORTS,
  fields: Object.fromEntries(
    Object.entries(getTableColumns(EXPORTS) as Readonly<Record<string, AnyPgColumn>>).filter(
      ([name]) => !SEALED.includes(name),
    ),
  ),
  key: ['exportId'],
  sort: [{ field: 'createdAt', order: 'DESC' }],
} as const;

/** One page, newest first; see `search` for the errors. Class: side effect. */
export function searchExports(db: Queryable, query: Search): Promise<Page<ListedExport>> {
  return search(db, SEARCHABLE, query);
}

/** The exports that some instances made, oldest first. Class: side effect. */
export async function exportsOfInstances(
  db: Queryable,
  instanceIds: readonly string[],
): Promise<readonly ListedExport[]> {
  if (instanceIds.length === 0) return [];
  const rows = await db
    .select(SEARCHABLE.fields)
    .from(EXPORTS)
    .where(inArray(EXPORTS.instanceId, [...instanceIds]))
    .orderBy(asc(EXPORTS.createdAt), asc(EXPORTS.exportId));
  return rows as unknown as readonly ListedExport[];
}
