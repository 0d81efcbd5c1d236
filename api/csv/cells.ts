/**
 * CSV as spreadsheets read it: UTF-8 with its mark, comma, CRLF, every cell in quotation marks. A text that one would take for a
 * formula is made a text. Class: pure. Source: RFC 4180 §2; OWASP, "CSV Injection".
 */
import { stringify } from 'csv-stringify/sync';

/** What begins a file. */
export const BYTE_ORDER_MARK = '\ufeff';

/** Lines of CSV. */
export const csvLines = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => [...row]),
    { quoted: true, quoted_empty: true, record_delimiter: '\r\n' },
  );

/** What a value is in a cell: lists by semicolons, what is nested as JSON. */
export function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  // Numbers and truth values are no text that anybody chose.
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return guarded(value);
  const isPlainList = Array.isArray(value) && value.every((item) => typeof item === 'string');
  return guarded(isPlainList ? value.join('; ') : JSON.stringify(value));
}

/** What spreadsheets begin a formula with, in full width too. */
const FORMULA = '=+\\-@\uff1d\uff0b\uff0d\uff20';

/** At the beginning, or behind what some reader may take for the end of a cell or the beginning of a text. */
const BEGINS = new RegExp(`^(?:[\\s"',;|]*[${FORMULA}]|[\\t\\r\\n])`);

/** Where semicolons part cells, quotation marks in the middle of a line protect nothing. */
const INSIDE = new RegExp(`([;|\\t\\r\\n]["'\\s]*)(?=[${FORMULA}])`, 'g');

/** The text with an apostrophe where a formula would begin. */
export function guarded(text: string): string {
  const inside = text.replace(INSIDE, "$1'");
  return BEGINS.test(text) ? `'${inside}` : inside;
}
