/** Schemas of what Camunda's API sends and gets in a search, made of the same table of fields that searches go by. Class: pure. */
import { z } from 'zod';
import type { WireField, WireFields } from './fields.js';
import { INSTANCE_FACTS } from './instance-facts.js';
import type { Searched } from './search.js';

/** A key: digits, as a text. */
export const wireKey = z
  .string()
  .regex(/^-?\d{1,25}$/)
  .meta({ id: 'Key' });
/** An instant in UTC. */
export const wireInstant = z.iso.datetime();
/** The one tenant. */
export const wireTenant = z.literal('<default>');

const LONGEST_LIST = 1000;

/** What a value may be compared by. */
function comparable<T extends z.ZodType>(value: T, names: readonly string[]) {
  const list = z.array(value).max(LONGEST_LIST);
  const all: Readonly<Record<string, z.ZodType>> = {
    ...{ $eq: value, $neq: value, $exists: z.boolean(), $in: list, $notIn: list, $like: value },
    ...{ $gt: value, $gte: value, $lt: value, $lte: value },
  };
  const parts = names.flatMap((name) => (all[name] ? [[name, all[name].optional()]] : []));
  return z.union([value, z.strictObject(Object.fromEntries(parts)), z.null()]);
}

const ORDERED = ['$eq', '$neq', '$exists', '$in', '$notIn', '$like', '$gt', '$gte', '$lt', '$lte'];
const NAMED = ['$eq', '$neq', '$exists', '$in', '$notIn'];

function fieldSchema(field: WireField): z.ZodType {
  switch (field.type) {
    case 'state':
      return comparable(z.enum(Object.keys(field.values)), NAMED);
    case 'key':
      return comparable(wireKey, 'field' in field ? NAMED : ['$eq']);
    case 'scope':
    case 'item':
      return comparable(wireKey, ['$eq']);
    case 'tenant':
    case 'constant':
      return comparable(z.string(), NAMED);
    case 'integer':
      return comparable(z.int(), ORDERED);
    case 'boolean':
      return comparable(z.boolean(), ORDERED);
    case 'instant':
      return comparable(z.iso.datetime({ offset: true }), ORDERED);
    default:
      return comparable(z.string(), ORDERED);
  }
}

/** The names that a search may be sorted by. */
const sortable = (fields: WireFields): readonly string[] =>
  Object.entries(fields).flatMap(([name, field]) => ('field' in field ? [name] : []));

/** What a search may be narrowed by. */
export function filterSchema<Row>({ fields, byVariables, hasFacts }: Searched<Row>) {
  const filters = Object.entries(fields).map(([name, field]) => [
    name,
    fieldSchema(field).optional(),
  ]);
  return z.strictObject({
    ...(Object.fromEntries(filters) as Record<string, z.ZodOptional<z.ZodType>>),
    ...(byVariables !== undefined && { [byVariables]: HELD.optional() }),
    ...((hasFacts ? INSTANCE_FACTS : {}) as Record<string, z.ZodOptional<z.ZodType>>),
  });
}

/** The body of a search. */
export function searchBody<Row>(searched: Searched<Row>) {
  const { fields, sorts } = searched;
  return z
    .strictObject({
      filter: filterSchema(searched).optional(),
      sort: z
        .array(
          z.strictObject({
            field: z.enum(sortable(sorts ?? fields)),
            order: z.enum(['ASC', 'DESC']).default('ASC'),
          }),
        )
        .max(10)
        .optional(),
      page: PAGE.optional(),
    })
    .optional();
}

const HELD = z
  .array(
    z.strictObject({
      name: z.string(),
      value: z.union([z.string(), z.strictObject({ $eq: z.string() })]),
    }),
  )
  .max(20)
  .describe('Variables that an instance holds; a value is a text of JSON.');

const PAGE = z
  .strictObject({
    from: z.int().min(0).optional(),
    limit: z.int().min(0).max(10_000).optional(),
    after: z.string().optional(),
    before: z.string().optional(),
  })
  .meta({ id: 'SearchPage' });

/** The answer of a search. */
export const searchAnswer = <T extends z.ZodType>(row: T) =>
  z.strictObject({
    items: z.array(row),
    page: z
      .strictObject({
        totalItems: z.int(),
        hasMoreTotalItems: z.boolean(),
        startCursor: z.string().nullable(),
        endCursor: z.string().nullable(),
      })
      .meta({ id: 'SearchedPage' }),
  });
