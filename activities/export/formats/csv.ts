/**
 * CSV of RFC 4180: comma, CRLF, quotation marks where needed, the names of the columns first; UTF-8. A text that a
 * spreadsheet would take for a formula gets an apostrophe in front; numbers, dates and JSON are written as they are.
 * Class: pure. Source: RFC 4180 §2; OWASP, "CSV Injection".
 */
import type { Json } from '../../../engine/model/index.js';
import type { Column, Row } from '../source.js';

/** Beginnings that spreadsheets obey, the full-width forms too. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const QUOTED = /[",\r\n]|^\s|\s$/;

/** The first line. */
export function csvHeader(columns: readonly Column[]): string {
  return `${columns.map(({ name }) => cell(name)).join(',')}\r\n`;
}

/** One line. */
export function csvLine(columns: readonly Column[], row: Row): string {
  return `${columns.map((column) => cell(textOf(column, row[column.name] ?? null))).join(',')}\r\n`;
}

function textOf({ type }: Column, value: Json): string {
  if (value === null) return '';
  if (type === 'json') return guarded(JSON.stringify(value));
  return typeof value === 'string' ? guarded(value) : String(value);
}

function guarded(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

function cell(text: string): string {
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
