/**
 * A page of what somebody sees. The planner cannot tell how much that is. Few rows are gathered by their ways and sorted; many
 * are found by walking the order that is asked for, and where a walk comes upon too few of them, they are gathered as well. Class: side effect.
 */
import { and, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import { DEFAULT_LIMIT, type Page, type Search, type Searchable, search } from '../search/index.js';

/** Up to so many rows are few, and are counted. */
export const FEW = 1_000;

/** Rows that are walked until a page is full: of a hundred rows one is seen where they are many, so that most pages need half of it. */
const WALKED = 10_000;

/** What is looked among. */
export interface Sight {
  /** Places of the rows that are seen and fit all that is asked for, as queries of one column, `place`. */
  readonly ways: readonly SQL[];
  /** Some of these rows, where it takes long to count all; if there are few of them, all are counted after all. */
  readonly some?: readonly SQL[] | null;
  /** Whether a row is seen. */
  readonly isSeen: SQL;
  /** What is asked for besides the filter. */
  readonly asked: SQL | undefined;
}

/** Reads one. Errors: those of `search`. */
export async function searchSeen<Row, F extends string, A extends F = never>(
  db: Queryable,
  searchable: Searchable<F, A>,
  query: Search<F>,
  { ways, some = null, isSeen, asked }: Sight,
): Promise<Page<Row>> {
  const ofSome = some === null ? 0 : await countUpTo(db, some, FEW + 1);
  const found = ofSome > FEW ? ofSome : await countUpTo(db, ways, FEW + 1);
  const total = { count: Math.min(found, FEW), isExact: found <= FEW };
  const { limit = DEFAULT_LIMIT } = query;
  if (found > FEW && limit <= FEW) {
    const walk = { holds: isSeen, rows: WALKED };
    const page = await search<Row, F, A>(db, searchable, query, asked, { total, walk });
    if (page.items.length === limit) return page;
  }
  const gathered = sql`${searchable.table}.ctid = any(array(${sql.join([...ways], sql` union all `)}))`;
  return search(db, searchable, query, and(gathered, asked), { total });
}

/** Each way leads to a row once at most: if one leads to so many, there are so many. */
async function countUpTo(db: Queryable, ways: readonly SQL[], most: number): Promise<number> {
  const limited = ways.map((way) => sql`(${way} limit ${most})`);
  const { rows } = await db.execute<{ found: string }>(sql`select count(*) as found
    from (select distinct place from (${sql.join(limited, sql` union all `)}) way limit ${most}) found`);
  return Number(rows[0]?.found ?? 0);
}
