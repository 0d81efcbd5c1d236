/** Fixes of the rows that try a decision. Class: pure. */
import { parseCsv } from '../../engine/decisions/index.js';
import type { FixRule } from './fix.js';

/** Writes into the row what the decision gives now. */
export const takeResult: FixRule = ({ file, line, message }, files) => {
  const text = file === null ? undefined : files[file];
  const [, output, actual] =
    /^Expected (.*?) of decision '.*?' to be .* in this row, but .*? gives (.*); correct the table or the row\.$/s.exec(
      message,
    ) ?? [];
  if (!file || text === undefined || line === null || actual === undefined) return [];
  // A fault of the table is no result.
  if (actual.startsWith('"!')) return [];
  const read = parseCsv(text);
  if ('wrongLine' in read) return [];
  const [header] = read.rows;
  const index = read.rows.findIndex((row) => row.line === line);
  const row = read.rows[index];
  const name = output === 'the result' ? '' : output;
  const column = header?.cells.findIndex(
    (cell) => cell.text.startsWith('=>') && cell.text.slice(2).trim() === name,
  );
  if (!row || column === undefined || column === -1) return [];
  const cells = row.cells.map((cell, at) =>
    at === column ? cellOf(actual) : cell.isQuoted ? inQuotes(cell.text) : cell.text,
  );
  const from = offsetOf(text, line);
  const next = read.rows[index + 1];
  const to = next ? offsetOf(text, next.line) : text.length;
  const edit = { path: file, from, to, text: `${cells.join(',')}\n` };
  const title = {
    en: `Line ${line}: expect what the table says now`,
    'pt-BR': `Linha ${line}: esperar o que a tabela diz agora`,
  };
  return [{ title, edits: [edit] }];
};

/** JSON as a cell that is read as the same value again. */
const cellOf = (json: string): string => {
  const value: unknown = JSON.parse(json);
  if (value === null) return '';
  return typeof value === 'number' || typeof value === 'boolean'
    ? json
    : inQuotes(typeof value === 'string' ? value : json);
};

const inQuotes = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Where a line begins, counted from 1. */
function offsetOf(text: string, line: number): number {
  let at = 0;
  for (let count = 1; count < line; count += 1) {
    const next = text.indexOf('\n', at);
    if (next === -1) return text.length;
    at = next + 1;
  }
  return at;
}
