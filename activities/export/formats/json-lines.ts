/** JSON Lines: one row a line, its fields in the order of the columns. UTF-8. Class: pure. */
import type { Row } from '../source.js';

/** One line, with its end. */
export function jsonLine(row: Row): string {
  return `${JSON.stringify(row)}\n`;
}

/** Rows of a file of our own. */
export async function* rowsIn(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Row> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for await (const part of bytes) {
    const lines = (rest + decoder.decode(part, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as Row;
  }
  if (rest !== '') yield JSON.parse(rest) as Row;
}
