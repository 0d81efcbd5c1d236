/** The lines of a file of customers: those that can be sent, and those that are none. Class: side effect (reads). */
import { createReadStream } from 'node:fs';
import type { CustomerLine, LineResult } from '../../contracts/control.js';
import { type ErrorCode, explain, type Facts } from '../../engine/errors/index.js';
import { failed } from '../engine-context.js';
import { EXIT } from '../failure.js';
import { cellsOf, type Header, readHeader } from './header.js';
import { type FileRecord, LONGEST_RECORD, OpenQuote, readRecords } from './records.js';

/** A line that the engine is to judge, or one that was rejected before; `bytes`: how far the file is read. */
export interface FileLine {
  readonly bytes: number;
  readonly line: CustomerLine | null;
  readonly rejected: Extract<LineResult, { outcome: 'rejected' }> | null;
}

/** A file that was opened: its header, and its lines as they are asked for. */
export interface FileLines {
  readonly header: Header;
  readonly lines: AsyncGenerator<FileLine>;
}

/** Opens a file. Errors: `CSV_HEADER_MISSING`, `CSV_QUOTE_OPEN`, those of `readHeader`, those of the file. */
export async function openLines(file: string): Promise<FileLines> {
  const records = readRecords(createReadStream(file));
  const first = await records.next().catch((error: unknown) => {
    if (!(error instanceof OpenQuote)) throw error;
    throw failed('CSV_QUOTE_OPEN', { limit: LONGEST_RECORD, line: error.line }, EXIT.usage);
  });
  if (first.done) throw failed('CSV_HEADER_MISSING', { file }, EXIT.usage);
  const header = readHeader(first.value.cells);
  return { header, lines: linesOf(records, header) };
}

async function* linesOf(
  records: AsyncGenerator<FileRecord>,
  header: Header,
): AsyncGenerator<FileLine> {
  let bytes = 0;
  try {
    for await (const record of records) {
      bytes = record.bytes;
      yield { bytes, ...judged(record, header) };
    }
  } catch (error) {
    if (!(error instanceof OpenQuote)) throw error;
    const { line } = error;
    yield { bytes, ...rejected(line, 'CSV_QUOTE_OPEN', { limit: LONGEST_RECORD, line }) };
  }
}

type Judged = Omit<FileLine, 'bytes'>;

function judged({ line, cells, isSound }: FileRecord, header: Header): Judged {
  if (!isSound) return rejected(line, 'CUSTOMER_QUOTES', {});
  if (cells.length !== header.width) {
    return rejected(line, 'CUSTOMER_CELLS', { expected: header.width, found: cells.length });
  }
  return { line: { line, cells: cellsOf(header, cells) }, rejected: null };
}

function rejected<C extends ErrorCode>(line: number, code: C, facts: Facts<C>): Judged {
  const faults = [{ field: null, code, reason: explain(code, facts) }];
  return { line: null, rejected: { line, outcome: 'rejected', faults } };
}
