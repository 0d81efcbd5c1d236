/** A row of a CSV text, with the line on which it begins, from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly CsvCell[];
}

/** A cell; a quoted one is always a text. */
export interface CsvCell {
  readonly text: string;
  readonly isQuoted: boolean;
}

const CELL = /[ \t]*(?:"((?:[^"]|"")*)"[ \t]*|([^,\r\n]*))(,|\r\n|\n|\r|$)/y;

/**
 * Reads CSV: commas, quotes that are doubled inside quotes, blank lines left out.
 *
 * @returns the rows, or the line on which a quote is out of place
 * Class: pure. Source: RFC 4180.
 */
export function parseCsv(
  text: string,
): { readonly rows: readonly CsvRow[] } | { readonly wrongLine: number } {
  const rows: CsvRow[] = [];
  let cells: CsvCell[] = [];
  let [at, line, start] = [text.startsWith('\ufeff') ? 1 : 0, 1, 1];
  while (at < text.length || cells.length > 0) {
    CELL.lastIndex = at;
    const match = CELL.exec(text);
    if (match === null) return { wrongLine: line };
    const [whole, quoted, plain = '', end] = match;
    const isQuoted = quoted !== undefined;
    if (!isQuoted && plain.includes('"') && plain.trimStart().startsWith('"'))
      return { wrongLine: line };
    cells.push({ text: isQuoted ? quoted.replaceAll('""', '"') : plain.trim(), isQuoted });
    line += whole.split(/\r\n|\n|\r/).length - 1;
    at = CELL.lastIndex;
    if (end === ',') continue;
    if (cells.some((cell) => cell.isQuoted || cell.text !== '')) rows.push({ line: start, cells });
    cells = [];
    start = line;
  }
  return { rows };
}
