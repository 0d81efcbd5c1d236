/**
 * The records of a CSV file, one at a time. Class: side effect (reads). Source: RFC 4180.
 *
 * The parser is lenient so that a fault costs one record and not the file; each record is then held to the grammar.
 */
import { CsvError, parse } from 'csv-parse';

/** A record: where it begins, counted from 1, and its cells; `isSound` false: its quotation marks are not RFC 4180. */
export interface FileRecord {
  readonly line: number;
  readonly cells: readonly string[];
  readonly isSound: boolean;
  /** Bytes of the file up to its end. */
  readonly bytes: number;
}

/** Longest record, in bytes: what is longer is a quotation mark that nobody closed. */
export const LONGEST_RECORD = 16_384;

/** A record that never ends; nothing after it can be read. */
export class OpenQuote extends Error {
  override readonly name = 'OpenQuote';

  constructor(
    /** Where it begins. */
    readonly line: number,
  ) {
    super(`the record of line ${line} does not end`);
  }
}

const CELL = /(?:"[^"]*(?:""[^"]*)*"|[^"\r\n,]*)/.source;
const RECORD = new RegExp(`^${CELL}(?:,${CELL})*\\r?\\n?$`);

interface Parsed {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly bytes: number };
}

/** Reads the records; lines without anything are passed over. Errors: `OpenQuote`, those of the file. */
export async function* readRecords(file: AsyncIterable<Buffer>): AsyncGenerator<FileRecord> {
  const parser = createParser();
  let line = 1;
  for await (const failure of parser.feed(file)) {
    for (const { record, raw, info } of parser.take()) {
      const begins = line;
      line += 1 + record.reduce((sum, cell) => sum + countOf(cell, '\n'), 0);
      const isEmpty = record.length === 1 && record[0] === '';
      if (isEmpty) continue;
      yield { line: begins, cells: record, isSound: RECORD.test(raw), bytes: info.bytes };
    }
    if (failure !== null) throw isOpenQuote(failure) ? new OpenQuote(line) : failure;
  }
}

/** The parser, asked for what it found after each piece: as a stream it drops records that stand before a fault. */
function createParser() {
  let found: Parsed[] = [];
  const keep = (record: unknown): null => {
    found.push(record as Parsed);
    return null;
  };
  const parser = parse({
    bom: true,
    info: true,
    raw: true,
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: ['\r\n', '\n'],
    max_record_size: LONGEST_RECORD,
    on_record: keep,
  });
  // Whoever feeds it hears of faults.
  parser.on('error', () => {});
  const settled = (act: (done: (error?: Error | null) => void) => void): Promise<Error | null> =>
    new Promise((resolve) => act((error) => resolve(error ?? null)));
  return {
    /** After each piece: what went wrong with it, or null. */
    feed: async function* (file: AsyncIterable<Buffer>): AsyncGenerator<Error | null> {
      for await (const piece of file) yield settled((done) => parser.write(piece, done));
      parser.resume();
      yield settled((done) => parser.end(done));
    },
    /** What was found since. */
    take: (): readonly Parsed[] => {
      const taken = found;
      found = [];
      return taken;
    },
  };
}

function isOpenQuote(error: Error): boolean {
  return (
    error instanceof CsvError &&
    (error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE')
  );
}

function countOf(text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) count += 1;
  return count;
}
