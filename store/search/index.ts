/** Searches of one table: filter, sort, page. */
import { and, type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import type { Computed, Selection } from './field.js';
import { compileFilter } from './filter.js';
import { afterCursor, cursorOf, levelsOf, orderBy, reversed, signature } from './order.js';
import type { Order, Page, Search } from './types.js';
import { isMet, type Walk } from './walk.js';

export type { Comparisons, Filter, FilterValue, Order, Page, Search } from './types.js';

/** What a table offers to searches. `A`: what of `F` is asked for and not read. */
export interface Searchable<F extends string, A extends F = never> {
  readonly table: PgTable;
  /** Fields of a row, which are also what may be filtered and sorted by. */
  readonly fields: Selection & Readonly<Record<Exclude<F, A>, unknown>>;
  /** What is read of a row besides, and neither filtered nor sorted by. */
  readonly besides?: Readonly<Record<string, AnyPgColumn>>;
  /** What may be asked for besides the fields, and is not read. */
  readonly asked?: Readonly<Record<A, Computed>>;
  /** Fields that together are unique. */
  readonly key: readonly F[];
  /** Order when none is asked for. */
  readonly sort: readonly Order<F>[];
}

/** Rows of a page when nobody says how many. */
export const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 10_000;
const COUNT_UP_TO = 10_000;

/** What else is known of a search. */
export interface Known {
  /** How many rows it has, where that was found before: they are not counted again. */
  readonly total?: Exclude<Page<unknown>['total'], null>;
  /** Only rows that are met so. */
  readonly walk?: Walk;
}

/**
 * Reads one page.
 *
 * @param where - a condition besides the filter, such as what the caller may see
 * Errors: `STORE_FIELD_UNKNOWN`, `STORE_FILTER_INVALID`, `STORE_CURSOR_INVALID`, `STORE_PAGE_INVALID`.
 * Class: side effect.
 */
export async function search<Row, F extends string, A extends F = never>(
  db: Queryable,
  { table, fields, besides = {}, asked, key, sort }: Searchable<F, A>,
  query: Search<F>,
  where?: SQL,
  { total, walk }: Known = {},
): Promise<Page<Row>> {
  const limit = limitOf(query);
  const condition = and(where, compileFilter({ ...fields, ...asked }, query.filter ?? {}));
  const levels = levelsOf(fields, query.sort ?? sort, key);
  const isBackward = typeof query.before === 'string';
  const towards = isBackward ? reversed(levels) : levels;
  const cursor = query.before ?? query.after ?? null;
  const begin = cursor === null ? undefined : afterCursor(towards, cursor, signature(levels));
  const { from = 0 } = query;
  const fits = and(condition, begin);
  const isOfPage = walk ? isMet(table, fits, towards, { ...walk, most: from + limit }) : fits;
  const rows = await db
    .select({ ...fields, ...besides })
    .from(table)
    .where(isOfPage)
    .orderBy(...orderBy(towards))
    .limit(limit)
    .offset(from);
  const items = (isBackward ? rows.reverse() : rows) as Record<string, unknown>[];
  const [first, last] = [items.at(0), items.at(-1)];
  return {
    items: items as Row[],
    startCursor: first ? cursorOf(levels, first) : null,
    endCursor: last ? cursorOf(levels, last) : null,
    total: query.withTotal ? (total ?? (await countRows(db, table, condition))) : null,
  };
}

function limitOf({ limit = DEFAULT_LIMIT, from = 0, after, before }: Search): number {
  const refuse = (detail: string): Error =>
    storeFailure('STORE_PAGE_INVALID', { limit: MAX_LIMIT, detail });
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw refuse(`${limit} was asked`);
  if (!Number.isSafeInteger(from) || from < 0) throw refuse(`it would begin at ${from}`);
  const starts = [after, before].filter((cursor) => typeof cursor === 'string').length;
  if (starts + (from > 0 ? 1 : 0) > 1) throw refuse('it has more than one beginning');
  return limit;
}

async function countRows(
  db: Queryable,
  table: PgTable,
  where: SQL | undefined,
): Promise<{ count: number; isExact: boolean }> {
  const some = db
    .select({ one: sql`1` })
    .from(table)
    .where(where)
    .limit(COUNT_UP_TO + 1)
    .as('some');
  const [row] = await db.select({ count: sql<string>`count(*)` }).from(some);
  const found = Number(row?.count ?? 0);
  return { count: Math.min(found, COUNT_UP_TO), isExact: found <= COUNT_UP_TO };
}
