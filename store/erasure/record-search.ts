/** Holds and requests to erase as lists show them: what stands of them in the open. Class: side effect. */
import { getTableColumns } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { tableOf } from '../customers/columns.js';
import { SEALED_COLUMNS } from '../customers/declaration.js';
import { ERASURE_REQUEST, LEGAL_HOLD } from '../customers/entities/index.js';
import type { Queryable } from '../database.js';
import { type Page, type Search, search } from '../search/index.js';
import type { RequestRow } from './requests.js';

const HOLDS = tableOf(LEGAL_HOLD);
const REQUESTS = tableOf(ERASURE_REQUEST);
const SEALED: readonly string[] = Object.values(SEALED_COLUMNS);

const openOf = (table: typeof HOLDS) =>
  Object.fromEntries(
    Object.entries(getTableColumns(table) as Readonly<Record<string, AnyPgColumn>>).filter(
      ([name]) => !SEALED.includes(name),
    ),
  );

/** One page of ids of holds, newest first; see `search` for the errors. */
export function searchHolds(
  db: Queryable,
  query: Search,
): Promise<Page<{ readonly holdId: string; readonly customerId: string }>> {
  const sort = [{ field: 'placedAt', order: 'DESC' }] as const;
  return search(db, { table: HOLDS, fields: openOf(HOLDS), key: ['holdId'], sort }, query);
}

/** One page of requests, newest first; see `search` for the errors. */
export function searchRequests(db: Queryable, query: Search): Promise<Page<RequestRow>> {
  const sort = [{ field: 'createdAt', order: 'DESC' }] as const;
  return search(db, { table: REQUESTS, fields: openOf(REQUESTS), key: ['requestId'], sort }, query);
}
