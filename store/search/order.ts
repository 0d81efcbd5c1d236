/**
 * The order of a search, and where a page begins in it. A cursor holds the values of its row, so a page costs the
 * same wherever it begins, and rows that come or go do not shift it. Class: pure.
 */
import { and, or, type SQL, sql } from 'drizzle-orm';
import { storeFailure } from '../failure.js';
import { type Field, fieldOf, parameter, type Selection } from './field.js';
import type { FilterValue, Order } from './types.js';

/** One level of a total order. */
export interface Level extends Field {
  readonly isDescending: boolean;
}

/**
 * The levels of a sort, made total by the key of the table, in the direction of the last level asked for.
 *
 * Errors: `STORE_FIELD_UNKNOWN`, `STORE_FILTER_INVALID` for a field that has no order.
 */
export function levelsOf(
  selection: Selection,
  sort: readonly Order[],
  key: readonly string[],
): readonly Level[] {
  const direction = sort.at(-1)?.order ?? 'ASC';
  const rest = key.filter((name) => !sort.some(({ field }) => field === name));
  return [...sort, ...rest.map((field) => ({ field, order: direction }))].map((level) => {
    const field = fieldOf(selection, level.field);
    if (field.type === 'list' || field.type === 'json') {
      throw storeFailure('STORE_FILTER_INVALID', {
        field: field.name,
        detail: 'it has no order to sort by',
      });
    }
    return { ...field, isDescending: level.order === 'DESC' };
  });
}

/** The same order from its other end. */
export function reversed(levels: readonly Level[]): readonly Level[] {
  return levels.map((level) => ({ ...level, isDescending: !level.isDescending }));
}

/** `order by` terms. PostgreSQL puts nulls last ascending and first descending: one index serves both. */
export function orderBy(levels: readonly Level[]): SQL[] {
  return levels.map(({ ordered, isDescending }) =>
    isDescending ? sql`${ordered} desc` : sql`${ordered} asc`,
  );
}

/** The cursor of a row: its values at the levels, and the order that they belong to. */
export function cursorOf(levels: readonly Level[], row: Readonly<Record<string, unknown>>): string {
  const values = levels.map(({ name }) => row[name] ?? null);
  return Buffer.from(JSON.stringify([signature(levels), ...values])).toString('base64');
}

/** The condition of all rows after the row of a cursor. Errors: `STORE_CURSOR_INVALID`. */
export function afterCursor(levels: readonly Level[], cursor: string, wanted: string): SQL {
  const values = read(cursor);
  if (values?.shift() !== wanted || values.length !== levels.length) {
    throw storeFailure('STORE_CURSOR_INVALID', {});
  }
  return after(levels, values as (FilterValue | null)[]);
}

/** Names an order; a cursor of another order is refused. */
export function signature(levels: readonly Level[]): string {
  return levels.map(({ name, isDescending }) => `${isDescending ? '-' : '+'}${name}`).join();
}

function read(cursor: string): unknown[] | null {
  try {
    const held: unknown = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8'));
    return Array.isArray(held) ? held : null;
  } catch {
    return null;
  }
}

function after(levels: readonly Level[], values: readonly (FilterValue | null)[]): SQL {
  const [level, ...inner] = levels;
  if (!level) return sql`false`;
  const value = boundary(level, values[0] ?? null);
  const same = value === null ? sql`${level.ordered} is null` : sql`${level.ordered} = ${value}`;
  const whole = or(laterThan(level, value), and(same, after(inner, values.slice(1))));
  // The bound alone lets an index scan begin there; the disjunction does not.
  const bound = level.isNullable || value === null ? undefined : startingAt(level, value);
  return and(bound, whole) ?? sql`false`;
}

function startingAt({ ordered, isDescending }: Level, value: SQL): SQL {
  return isDescending ? sql`${ordered} <= ${value}` : sql`${ordered} >= ${value}`;
}

function laterThan({ ordered, isDescending, isNullable }: Level, value: SQL | null): SQL {
  if (value === null) return isDescending ? sql`${ordered} is not null` : sql`false`;
  if (isDescending) return sql`${ordered} < ${value}`;
  return isNullable
    ? sql`(${ordered} > ${value} or ${ordered} is null)`
    : sql`${ordered} > ${value}`;
}

/** The cursor's value at a level, null only where the level itself may be. */
function boundary(level: Level, value: FilterValue | null): SQL | null {
  if (value === null && level.type === 'instant') return sql`'infinity'::timestamptz`;
  if (value === null && level.isNullable) return null;
  try {
    return parameter(level, value ?? '');
  } catch {
    throw storeFailure('STORE_CURSOR_INVALID', {});
  }
}
