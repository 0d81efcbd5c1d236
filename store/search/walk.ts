/**
 * Walking rows in the order of a search until some are met for which something holds. The planner would rather gather all of those
 * and sort them, or walk the whole table, as it takes them for few or many; it cannot tell. Class: pure.
 */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { type Level, orderBy } from './order.js';

/** A walk that ends: it may meet fewer rows than there are. */
export interface Walk {
  /** On a row. */
  readonly holds: SQL;
  /** How many rows that fit are looked at, from where the page begins. */
  readonly rows: number;
}

/** Whether a row is among the first for which it holds. @param fits - what rows have to be looked at for */
export function isMet(
  table: SQLWrapper,
  fits: SQL | undefined,
  levels: readonly Level[],
  { holds, rows, most }: Walk & { readonly most: number },
): SQL {
  const named = levels.map(({ ordered }, at) => sql`, ${ordered} as ${levelNamed(at)}`);
  const order = (terms: readonly SQL[]): SQL => sql.join([...terms], sql`, `);
  // What rows are ordered by is a column of each: so the planner knows of their order outside as well, and stops when enough are met.
  return sql`${table}.ctid = any(array(select place from (
      select ${table}.*, ${table}.ctid as place${sql.join(named)} from ${table}
      where ${fits ?? sql`true`} order by ${order(orderBy(levels))} limit ${rows}) ${table}
    where ${holds} order by ${order(orderBy(levels.map(outside)))} limit ${most}))`;
}

const levelNamed = (at: number): SQL => sql.raw(`level_${at}`);

const outside = (level: Level, at: number): Level => ({ ...level, ordered: levelNamed(at) });
