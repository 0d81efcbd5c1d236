/** Rows for people as a table, for programs as one JSON document. Class: side effect. */
import { type EngineContext, misuse, textOption } from './engine-context.js';
import { type Column, columnOf, tableLines } from './table.js';

/** Rows of one answer. */
export interface Found<Row> {
  readonly items: readonly Row[];
  readonly total: { readonly count: number; readonly isExact: boolean };
}

/** Prints rows: `--fields a,b` chooses what is shown, in this order, by the names of fields or by the heads of columns. */
export async function printRows<Row extends object>(
  { terminal, options }: EngineContext,
  { items, total }: Found<Row>,
  columns: readonly Column<Row>[],
): Promise<void> {
  const fields = textOption(options, 'fields')
    ?.split(',')
    .map((field) => field.trim());
  if (terminal.isJson) {
    const shown = fields ? items.map((row) => pick(row, fields, columns)) : items;
    return terminal.data(JSON.stringify({ items: shown, total }));
  }
  if (items.length === 0) return terminal.talk('Nothing found.');
  const wanted = fields ? fieldColumns(items, fields, columns) : columns;
  for (const line of tableLines(wanted, items, terminal)) await terminal.data(line);
  if (total.count > items.length) {
    const all = `${total.isExact ? '' : 'more than '}${total.count}`;
    terminal.talk(`${items.length} of ${all} shown; see more with --limit`);
  }
}

/** Prints one document: as JSON for programs, else by `draw`. */
export async function printOne<T extends object>(
  { terminal, options }: EngineContext,
  document: T,
  draw: () => readonly string[],
): Promise<void> {
  if (!terminal.isJson) {
    for (const line of draw()) await terminal.data(line);
    return;
  }
  const fields = textOption(options, 'fields')?.split(',');
  await terminal.data(JSON.stringify(fields ? pick(document, fields) : document));
}

function pick<Row extends object>(
  row: Row,
  fields: readonly string[],
  columns: readonly Column<Row>[] = [],
): object {
  const shown = (name: string): unknown => {
    const column = Object.hasOwn(row, name) ? undefined : columnOf(columns, name);
    if (column !== undefined && column.field === undefined) return column.text(row);
    return fieldOf(row, column?.field ?? name, columns);
  };
  return Object.fromEntries(fields.map((name) => [name, shown(name)]));
}

function fieldColumns<Row extends object>(
  items: readonly Row[],
  fields: readonly string[],
  columns: readonly Column<Row>[],
): readonly Column<Row>[] {
  return fields.map((field) => {
    const isField = items.every((row) => Object.hasOwn(row, field));
    const column = isField ? undefined : columnOf(columns, field);
    if (column !== undefined) return column;
    if (items[0]) fieldOf(items[0], field, columns);
    return { title: field, text: (row) => plain(fieldOf(row, field)) };
  });
}

function fieldOf<Row extends object>(
  row: Row,
  field: string,
  columns: readonly Column<Row>[] = [],
): unknown {
  if (Object.hasOwn(row, field)) return row[field as keyof typeof row];
  const heads = columns.map(({ title }) => title.toLowerCase());
  const known = [...new Set([...Object.keys(row), ...heads])].join(', ');
  throw misuse(`fields of: ${known}`, `there is no '${field}'`);
}

/** A value in a cell. Class: pure. */
export function plain(value: unknown): string {
  if (value === null || value === undefined) return '-';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
