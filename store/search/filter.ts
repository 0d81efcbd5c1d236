/** Turns a filter into a condition. Class: pure. */
import { and, type SQL, sql } from 'drizzle-orm';
import { storeFailure } from '../failure.js';
import { type Asked, type Field, fieldOf, parameter } from './field.js';
import type { Comparisons, Filter, FilterValue } from './types.js';

/**
 * The condition of a filter; undefined when it asks for nothing.
 *
 * Errors: `STORE_FIELD_UNKNOWN`, `STORE_FILTER_INVALID`.
 */
export function compileFilter(selection: Asked, filter: Filter): SQL | undefined {
  return and(
    ...Object.entries(filter).map(([name, wanted]) => {
      if (wanted === undefined) return undefined;
      const field = fieldOf(selection, name);
      const isPlain = wanted === null || typeof wanted !== 'object';
      return compileComparisons(field, isPlain ? { $eq: wanted } : wanted);
    }),
  );
}

function compileComparisons(field: Field, comparisons: Comparisons): SQL | undefined {
  return and(
    ...Object.entries(comparisons).map(([name, operand]) => {
      if (operand === undefined) return undefined;
      const compile = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
      if (compile) return compile(field, operand);
      throw storeFailure('STORE_FILTER_INVALID', {
        field: field.name,
        detail: `there is no comparison '${name}'`,
      });
    }),
  );
}

type Operand = FilterValue | readonly FilterValue[] | null;
type Operator = (field: Field, operand: Operand) => SQL;

const OPERATORS: Readonly<Record<string, Operator>> = {
  $eq: equals,
  $neq: (field, operand) =>
    operand === null
      ? exists(field, true)
      : field.type === 'list'
        ? sql`not (${equals(field, operand)})`
        : sql`${field.expression} is distinct from ${one(field, operand)}`,
  $exists: (field, operand) => exists(field, operand === true),
  $in: anyOf,
  $notIn: (field, operand) => sql`(${field.expression} is null or not (${anyOf(field, operand)}))`,
  $like: (field, operand) => sql`${field.expression} like ${pattern(field, operand)}`,
  $gt: (field, operand) =>
    sql`(${field.ordered} > ${one(field, operand)} and ${exists(field, true)})`,
  $gte: (field, operand) =>
    sql`(${field.ordered} >= ${one(field, operand)} and ${exists(field, true)})`,
  $lt: (field, operand) => sql`${field.ordered} < ${one(field, operand)}`,
  $lte: (field, operand) => sql`${field.ordered} <= ${one(field, operand)}`,
};

function equals(field: Field, operand: Operand): SQL {
  if (operand === null) return exists(field, false);
  if (field.type === 'list') return sql`${field.expression} @> array[${one(field, operand)}]`;
  return sql`${field.expression} = ${one(field, operand)}`;
}

function exists(field: Field, isThere: boolean): SQL {
  return isThere ? sql`${field.expression} is not null` : sql`${field.expression} is null`;
}

function anyOf(field: Field, operand: Operand): SQL {
  if (!Array.isArray(operand)) throw invalid(field, 'it wants a list of values');
  if (operand.length === 0) return sql`false`;
  // One of one is that one: then an index that begins with the field gives the order as well.
  const [only] = operand as readonly FilterValue[];
  if (operand.length === 1 && only !== undefined) return equals(field, only);
  const values = sql.join(
    operand.map((value: FilterValue) => parameter(field, value)),
    sql`, `,
  );
  if (field.type === 'list') return sql`${field.expression} && array[${values}]`;
  return sql`${field.expression} = any(array[${values}])`;
}

function one(field: Field, operand: Operand): SQL {
  if (operand === null || typeof operand === 'object') throw invalid(field, 'it wants one value');
  return parameter(field, operand);
}

/** `*` and `?` become LIKE's wildcards; LIKE's own are taken literally. */
function pattern(field: Field, operand: Operand): SQL {
  if (typeof operand !== 'string' || field.type !== 'text') throw invalid(field, 'it is no text');
  const like = operand.replace(/\\[*?\\]|[\\%_*?]/g, (found) => LIKE[found] ?? found.slice(1));
  return parameter(field, like);
}

const LIKE: Readonly<Record<string, string>> = {
  '*': '%',
  '?': '_',
  '%': '\\%',
  _: '\\_',
  '\\': '\\\\',
  '\\\\': '\\\\',
};

function invalid(field: Field, detail: string): Error {
  return storeFailure('STORE_FILTER_INVALID', { field: field.name, detail });
}
