/** Sends a file of customers to the engine, some lines at a time. Class: side effect. */
import { randomUUID } from 'node:crypto';
import type { CustomerLine, LineResult, OperationOutput } from '../../contracts/control.js';
import { BATCH_LINES } from '../../contracts/customers.js';
import type { ControlClient } from '../../worker/control/client.js';
import { failed } from '../engine-context.js';
import { EXIT } from '../failure.js';
import { type Examined, examine } from './examine.js';
import { type FileLine, type FileLines, openLines } from './lines.js';

/** A file that was looked at and can be sent. */
export interface OpenFile extends FileLines {
  readonly file: string;
  readonly examined: Examined;
}

/** Opens it. Errors: those of `examine` and `openLines`. */
export async function openFile(file: string): Promise<OpenFile> {
  const examined = await examine(file);
  return { file, examined, ...(await openLines(file)) };
}

/** Lines that were sent, what became of them, and how far the file was read. */
export interface Sent {
  readonly lines: readonly CustomerLine[];
  /** In the order of the file, with those that were no lines of a CSV file. */
  readonly results: readonly LineResult[];
  readonly bytes: number;
}

/** Sends all lines and ends the import. Errors: `CSV_FILE_CHANGED`; those of the engine. @returns what it came to */
export async function sendFile(
  client: ControlClient,
  { file, examined, lines }: OpenFile,
  hear: (sent: Sent) => Promise<void>,
): Promise<OperationOutput<'importCustomers'>> {
  const of = { importId: randomUUID(), fileHash: examined.hash };
  for await (const batch of batchesOf(lines)) {
    const input = { ...of, lines: [...batch.lines], unreadable: batch.rejected.length };
    const { results } = await client.call('importLines', input);
    const all = [...results, ...batch.rejected].sort((a, b) => a.line - b.line);
    await hear({ lines: batch.lines, results: all, bytes: batch.bytes });
  }
  const counts = await client.call('importCustomers', of);
  if ((await examine(file)).hash !== examined.hash) {
    throw failed('CSV_FILE_CHANGED', { file }, EXIT.failed);
  }
  return counts;
}

/** Lines that are sent at a time, and those beside them that are none; `bytes`: how far the file is read. */
interface Batch {
  readonly lines: CustomerLine[];
  readonly rejected: NonNullable<FileLine['rejected']>[];
  readonly bytes: number;
}

async function* batchesOf(lines: AsyncIterable<FileLine>): AsyncGenerator<Batch> {
  let batch: Batch = { lines: [], rejected: [], bytes: 0 };
  for await (const { line, rejected, bytes } of lines) {
    if (line) batch.lines.push(line);
    if (rejected) batch.rejected.push(rejected);
    batch = { ...batch, bytes };
    if (batch.lines.length + batch.rejected.length < BATCH_LINES) continue;
    yield batch;
    batch = { lines: [], rejected: [], bytes };
  }
  if (batch.lines.length + batch.rejected.length > 0) yield batch;
}
