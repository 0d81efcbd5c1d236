/** A list as CSV, page by page: no more than one page is held, however long it is. Class: side effect (reads). */
import { BYTE_ORDER_MARK, cellOf, csvLines } from './cells.js';

/** Rows of a file at most; a page of them is read at a time. */
export const MOST_ROWS = 100_000;
const PAGE_ROWS = 500;

type Row = Readonly<Record<string, unknown>>;

/** What becomes a file. */
export interface CsvList {
  /** As `user-tasks`: what the file is called, and the audit says. */
  readonly name: string;
  /** Names of columns, in their order: properties of a row. */
  readonly columns: readonly string[];
  /** One page of rows, behind a cursor. */
  readonly page: (
    after: string | null,
    limit: number,
  ) => Promise<{ readonly rows: readonly object[]; readonly endCursor: string | null }>;
  /** Whether there is a row behind so many. */
  readonly hasMoreThan: (rows: number) => Promise<boolean>;
}

/** The file in parts. The last line says so where rows are missing. */
export async function* csvParts(
  { columns, page }: CsvList,
  most: number = MOST_ROWS,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLines([columns]);
  let written = 0;
  let after: string | null = null;
  for (;;) {
    // One more than fits: whether anything is missing is known at the end.
    const limit = Math.min(PAGE_ROWS, most - written + 1);
    const { rows, endCursor } = await page(after, limit);
    const fits = rows.slice(0, most - written) as readonly Row[];
    if (fits.length > 0)
      yield csvLines(fits.map((row) => columns.map((name) => cellOf(row[name]))));
    written += fits.length;
    if (rows.length > fits.length) return yield csvLines([lastLine(columns.length, most)]);
    if (rows.length < limit || endCursor === null) return;
    after = endCursor;
  }
}

/** In English in every language, as the names of the columns: programs look for it. */
const lastLine = (columns: number, most: number): readonly string[] => [
  `TRUNCATED: there are more than ${most} rows`,
  ...Array.from({ length: columns - 1 }, () => ''),
];
