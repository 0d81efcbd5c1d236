/** What a search may filter and sort by: columns, or expressions that are given a type. Class: pure. */
import { SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { type AnyPgColumn, PgColumn } from 'drizzle-orm/pg-core';
import { storeFailure } from '../failure.js';
import type { FilterValue } from './types.js';

/** How values of a field are compared. */
export type FieldType = 'text' | 'number' | 'instant' | 'boolean' | 'list' | 'json';

/** One field of a table. */
export interface Field {
  readonly name: string;
  readonly expression: SQLWrapper;
  readonly type: FieldType;
  /** What it is ordered and compared by: a missing instant counts as infinity, as in the indexes. */
  readonly ordered: SQLWrapper;
  /** Whether `ordered` may be null. */
  readonly isNullable: boolean;
}

/** An expression of another type than a truth value: it may be asked for, and is not read. */
export interface Computed {
  readonly expression: SQL;
  readonly type: Exclude<FieldType, 'instant' | 'list' | 'json'>;
}

/** Fields by name: a column tells its type itself, an expression is a truth value. */
export type Selection = Readonly<Record<string, AnyPgColumn | SQL<boolean>>>;

/** What may be asked for: fields, and what is not read of a row. */
export type Asked = Readonly<Record<string, AnyPgColumn | SQL<boolean> | Computed>>;

const TYPES: Readonly<Record<string, FieldType>> = {
  text: 'text',
  integer: 'number',
  bigint: 'number',
  boolean: 'boolean',
  'timestamp(3) with time zone': 'instant',
  'text[]': 'list',
  jsonb: 'json',
};

/** The cast keeps an index usable: it is to the column's own type, or one of its family. */
const CASTS: Readonly<Record<FieldType, SQL>> = {
  text: sql`text`,
  number: sql`bigint`,
  instant: sql`timestamptz`,
  boolean: sql`boolean`,
  list: sql`text`,
  json: sql`jsonb`,
};

/** Finds a field. Errors: `STORE_FIELD_UNKNOWN`. */
export function fieldOf(selection: Asked, name: string): Field {
  const expression = Object.hasOwn(selection, name) ? selection[name] : undefined;
  if (!expression) {
    const fields = Object.keys(selection).join(', ');
    throw storeFailure('STORE_FIELD_UNKNOWN', { field: name, fields });
  }
  if (!(expression instanceof PgColumn || expression instanceof SQL)) {
    return { name, ...expression, ordered: expression.expression, isNullable: true };
  }
  if (!(expression instanceof PgColumn)) {
    return { name, expression, ordered: expression, type: 'boolean', isNullable: false };
  }
  const type = TYPES[expression.getSQLType()] ?? 'json';
  if (type === 'instant' && !expression.notNull) {
    const ordered = sql`coalesce(${expression}, 'infinity')`;
    return { name, expression, ordered, type, isNullable: false };
  }
  return { name, expression, ordered: expression, type, isNullable: !expression.notNull };
}

/** A value as a parameter of the field's type. Errors: `STORE_FILTER_INVALID`. */
export function parameter(field: Field, value: FilterValue): SQL {
  const detail = misfit(field, value);
  if (detail !== null) throw storeFailure('STORE_FILTER_INVALID', { field: field.name, detail });
  return sql`${value}::${CASTS[field.type]}`;
}

function misfit({ type }: Field, value: FilterValue): string | null {
  if (type === 'json') return 'it holds JSON and cannot be compared';
  if (type === 'boolean') return typeof value === 'boolean' ? null : 'it is true or false';
  if (type === 'number') return Number.isSafeInteger(value) ? null : 'it holds whole numbers';
  if (typeof value !== 'string') return 'it holds text';
  if (value.includes('\u0000')) return 'no text holds the character U+0000';
  const fits = type !== 'instant' || isInstant(value);
  return fits ? null : 'it holds instants like 2026-03-02T12:00:00.000Z';
}

/** Whether a text is an instant of a day that there is: `Date` takes 31 February for 3 March, and a database neither. */
function isInstant(text: string): boolean {
  if (!INSTANT.test(text) || Number.isNaN(Date.parse(text)) || text.startsWith('0000'))
    return false;
  const day = text.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;
