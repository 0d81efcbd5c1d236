/** Searches as Camunda's API has them: filter, sort, page in; items and cursors out. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Json } from '../../engine/model/index.js';
import type {
  Filter,
  InstanceFacts,
  Page,
  Search,
  Store,
  VariableMatch,
} from '../../store/index.js';
import { inputOf } from '../input.js';
import { filterOf, invalid, sortFieldOf, type WireFields } from './fields.js';
import { factsIn } from './instance-facts.js';

const limit = z.number().int().min(0).max(10_000);
const cursor = z.string().min(1).max(4000);

const asked = z.strictObject({
  filter: z.record(z.string(), z.unknown()).default({}),
  sort: z
    .array(
      z.strictObject({
        field: z.string().max(100),
        order: z.enum(['ASC', 'DESC']).default('ASC'),
      }),
    )
    .max(10)
    .default([]),
});

/** What is looked for, in which order. */
export const ASKED = asked.default({ filter: {}, sort: [] });

/** What is looked for, in which order. */
export type Asked = z.output<typeof asked>;

const BODY = asked
  .extend({
    page: z
      .strictObject({
        from: z.number().int().min(0).max(1_000_000).optional(),
        limit: limit.optional(),
        after: cursor.optional(),
        before: cursor.optional(),
      })
      .default({}),
  })
  .default({ filter: {}, sort: [], page: {} });

/** How many rows a page has, where nobody says. */
const DEFAULT_LIMIT = 100;

/** One kind of thing that can be searched for. */
export interface Searched<Row> {
  readonly name: string;
  readonly fields: WireFields;
  /** One of them, as it is answered. */
  readonly row: z.ZodObject;
  /** By which names of the wire it may be sorted; absent: by all fields. */
  readonly sorts?: WireFields;
  /** The filter by variables of the instance; absent: there is none. */
  readonly byVariables?: string;
  /** Whether instances may be looked for by where they were, what stopped them, and when they ran. */
  readonly hasFacts?: true;
  readonly search: (store: Store, query: SearchOfVariables) => Promise<Page<Row>>;
  /** Rows as the wire has them, in their order. */
  readonly shape: (store: Store, rows: readonly Row[]) => Promise<readonly object[]>;
}

/** A search of the store that may ask for variables, and for what instances were like, as well. */
export type SearchOfVariables = Search &
  InstanceFacts & { readonly variables?: readonly VariableMatch[] };

/** Who asks, and what cursors are signed with. */
export interface Searcher {
  /**
   * Called before variables of these names are looked for by their values: who does not see values may not do so either.
   * Errors: `FORBIDDEN`, `REASON_REQUIRED`.
   */
  readonly byValues: (names: readonly string[]) => Promise<void>;
  readonly userId: string;
  readonly secret: Buffer;
}

/**
 * Answers a search.
 *
 * @param besides - fields of the store that hold whatever is asked for
 * Errors: `INPUT_INVALID`, `UNKNOWN_PROPERTY`.
 */
export async function answerSearch<Row>(
  store: Store,
  searched: Searched<Row>,
  searcher: Searcher,
  body: unknown,
  besides: Search['filter'] = {},
): Promise<object> {
  const { page, ...given } = inputOf(BODY, body ?? undefined);
  const wanted = await wantedOf(store, searched, searcher, given);
  if (wanted === null) return emptyPage();
  const sign = signerOf(searcher, [searched.name, given.filter, given.sort]);
  const starts = [page.from, page.after, page.before].filter((start) => start !== undefined);
  if (starts.length > 1) throw invalid('page', 'it has more than one beginning');
  const rows = page.limit ?? DEFAULT_LIMIT;
  const found = await searched.search(store, {
    ...wanted,
    filter: { ...wanted.filter, ...besides },
    ...{ limit: Math.max(rows, 1), withTotal: true },
    ...(page.from !== undefined && { from: page.from }),
    ...(page.after !== undefined && { after: opened(sign, 'after', page.after) }),
    ...(page.before !== undefined && { before: opened(sign, 'before', page.before) }),
  });
  const items = rows === 0 ? [] : await searched.shape(store, found.items);
  const closed = (of: string | null): string | null =>
    of === null || rows === 0 ? null : sealed(sign, of);
  return {
    items,
    page: {
      totalItems: found.total?.count ?? items.length,
      hasMoreTotalItems: found.total?.isExact === false,
      startCursor: closed(found.startCursor),
      endCursor: closed(found.endCursor),
    },
  };
}

/** What a filter asks for, as the store is asked. */
export type Wanted = Pick<SearchOfVariables, 'variables' | keyof InstanceFacts> & {
  readonly filter: Filter;
};

/** Reads a filter; null: nothing fits. Errors: `INPUT_INVALID`, `FORBIDDEN`, `REASON_REQUIRED`. */
export async function wantedBy(
  store: Store,
  {
    fields,
    byVariables = '',
    hasFacts,
  }: Pick<Searched<never>, 'fields' | 'byVariables' | 'hasFacts'>,
  searcher: Searcher,
  given: Readonly<Record<string, unknown>>,
): Promise<Wanted | null> {
  const { [byVariables]: held, ...rest } = given;
  const variables = held === undefined ? [] : variablesIn(held);
  if (variables.length > 0) await searcher.byValues(variables.map(({ name }) => name));
  const { facts, rest: filter } = hasFacts ? factsIn(rest) : { facts: {}, rest };
  const wanted = await filterOf(store, fields, filter);
  return wanted && { filter: wanted, ...(variables.length > 0 && { variables }), ...facts };
}

/** A search as the store takes it; null: nothing fits. Errors: `INPUT_INVALID`, `FORBIDDEN`, `REASON_REQUIRED`. */
export async function wantedOf<Row>(
  store: Store,
  searched: Searched<Row>,
  searcher: Searcher,
  { filter, sort }: Asked,
): Promise<SearchOfVariables | null> {
  const wanted = await wantedBy(store, searched as never, searcher, filter);
  const orders = sort.map(({ field, order }) => ({
    ...{ field: sortFieldOf(searched.sorts ?? searched.fields, field), order },
  }));
  return wanted && { ...wanted, ...(orders.length > 0 && { sort: orders }) };
}

const VARIABLES = z
  .array(
    z.strictObject({
      name: z.string().min(1).max(500),
      /** A text of JSON, as values are shown. */
      value: z.union([z.string().max(10_000), z.strictObject({ $eq: z.string().max(10_000) })]),
    }),
  )
  .max(20);

function variablesIn(held: unknown): readonly VariableMatch[] {
  return inputOf(VARIABLES, held).map(({ name, value }) => {
    const text = typeof value === 'string' ? value : value.$eq;
    try {
      return { name, value: JSON.parse(text) as Json };
    } catch {
      throw invalid(
        `the variable '${name}'`,
        'its value is no text of JSON, such as "\\"gold\\"" or 12',
      );
    }
  });
}

/** A page without anything. */
export const emptyPage = (): object => ({
  items: [],
  page: { totalItems: 0, hasMoreTotalItems: false, startCursor: null, endCursor: null },
});

/** Makes the signature of a cursor. */
export type Sign = (cursor: string) => Buffer;

const SIGNATURE_BYTES = 16;

/** Cursors hold values of rows: each is of who was given it, for that search alone. Class: pure. */
export const signerOf =
  ({ userId, secret }: Pick<Searcher, 'userId' | 'secret'>, of: readonly unknown[]): Sign =>
  (text) =>
    createHmac('sha256', secret)
      .update(JSON.stringify([userId, of, text]))
      .digest()
      .subarray(0, SIGNATURE_BYTES);

/** A cursor with its signature, as base64. Class: pure. */
export const sealed = (sign: Sign, text: string): string =>
  Buffer.concat([sign(text), Buffer.from(text)]).toString('base64');

/** The cursor in such a text. Errors: `INPUT_INVALID`. Class: pure. */
export const opened = (sign: Sign, name: string, text: string): string => {
  const bytes = Buffer.from(text, 'base64');
  const given = bytes.subarray(0, SIGNATURE_BYTES);
  const inside = bytes.subarray(SIGNATURE_BYTES).toString();
  if (given.length === SIGNATURE_BYTES && timingSafeEqual(given, sign(inside))) return inside;
  throw invalid(`page.${name}`, 'it is no cursor of this search');
};
