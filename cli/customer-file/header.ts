/** The first line of a file of customers: which column is where. Class: pure. */
import { COLUMNS, type Column } from '../../contracts/customers.js';
import { failed } from '../engine-context.js';
import { EXIT } from '../failure.js';

/** Where the columns are, and which further ones nobody reads. */
export interface Header {
  readonly places: Readonly<Record<Column, number>>;
  readonly ignored: readonly string[];
  /** Cells of every line. */
  readonly width: number;
}

/** Reads the names; spaces around them and capitals do not count. Errors: `CSV_COLUMN_DOUBLED`, `CSV_COLUMN_MISSING`. */
export function readHeader(cells: readonly string[]): Header {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const doubled = COLUMNS.find((column) => names.indexOf(column) !== names.lastIndexOf(column));
  if (doubled) throw failed('CSV_COLUMN_DOUBLED', { column: doubled }, EXIT.usage);
  const missing = COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    const facts = { columns: COLUMNS.join(', '), missing: missing.join(', ') };
    throw failed('CSV_COLUMN_MISSING', facts, EXIT.usage);
  }
  return {
    places: Object.fromEntries(
      COLUMNS.map((column) => [column, names.indexOf(column)]),
    ) as unknown as Header['places'],
    ignored: cells.filter((_cell, index) => !isKnown(names[index])),
    width: cells.length,
  };
}

const isKnown = (name: string | undefined): boolean =>
  (COLUMNS as readonly (string | undefined)[]).includes(name);

/** The cells of a line by their columns. */
export function cellsOf({ places }: Header, cells: readonly string[]): Record<Column, string> {
  return Object.fromEntries(
    COLUMNS.map((column) => [column, cells[places[column]] ?? '']),
  ) as unknown as Record<Column, string>;
}
