/** What a search asks and gives, the same for every table. Types only. */

/** A value to compare with: a text, a number, a truth value; instants are ISO 8601 texts. */
export type FilterValue = string | number | boolean;

/** Comparisons of one field; several hold together. On a list `$eq` asks for a member, `$in` for any of them. */
export interface Comparisons {
  readonly $eq?: FilterValue | null;
  readonly $neq?: FilterValue | null;
  readonly $exists?: boolean;
  readonly $in?: readonly FilterValue[];
  readonly $notIn?: readonly FilterValue[];
  /** Wildcards `*` and `?`, escaped by `\`. */
  readonly $like?: string;
  readonly $gt?: FilterValue;
  readonly $gte?: FilterValue;
  readonly $lt?: FilterValue;
  readonly $lte?: FilterValue;
}

/** Field → value or comparisons; all hold together. A plain null asks for rows without a value. */
export type Filter<F extends string = string> = {
  readonly [Name in F]?: FilterValue | null | Comparisons;
};

/** One level of the order. Without a value: last in ascending order, first in descending order. */
export interface Order<F extends string = string> {
  readonly field: F;
  readonly order: 'ASC' | 'DESC';
}

/** A search. What is left out: no filter, the table's own order, 100 rows from the start, no total. */
export interface Search<F extends string = string> {
  readonly filter?: Filter<F>;
  readonly sort?: readonly Order<F>[];
  /** 1 to 10,000. */
  readonly limit?: number;
  /** Rows after (before) the row of this cursor; the sort must be the one that made it. */
  readonly after?: string | null;
  readonly before?: string | null;
  /** Rows to skip; a cursor is cheaper. */
  readonly from?: number;
  readonly withTotal?: boolean;
}

/** One page of rows; the cursors are null when it is empty. */
export interface Page<Row> {
  readonly items: readonly Row[];
  readonly startCursor: string | null;
  readonly endCursor: string | null;
  /** Null when it was not asked for. Counting stops at 10,000, and then it is not exact. */
  readonly total: { readonly count: number; readonly isExact: boolean } | null;
}
