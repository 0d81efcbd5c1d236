/**
 * `jornada import customers FILE.csv`. Exit codes: 0 every line is in the record, 1 some were rejected, 2 the file as a
 * whole cannot be read as one of customers.
 */
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { CustomerLine } from '../../contracts/control.js';
import { BATCH_LINES } from '../../contracts/customers.js';
import { examine } from '../customer-file/examine.js';
import { type FileLine, openLines } from '../customer-file/lines.js';
import { createReport } from '../customer-file/report.js';
import { type EngineContext, failed, misuse } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { shortened } from '../table.js';

/** Takes the customers of a file. */
export async function importCustomers(
  { terminal, client }: EngineContext,
  [file = '']: readonly string[],
): Promise<ExitCode> {
  const isFile = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) throw misuse('a CSV file that is there', `'${file}' is none`);
  const examined = await examine(file);
  const { header, lines } = await openLines(file);
  for (const column of header.ignored) terminal.talk(`Column '${shortened(column)}' is not read.`);
  const of = { importId: randomUUID(), fileHash: examined.hash };
  const report = createReport(terminal, examined);
  for await (const batch of batchesOf(lines)) {
    const input = { ...of, lines: [...batch.lines], unreadable: batch.rejected.length };
    const { results } = await client.call('importLines', input);
    const all = [...results, ...batch.rejected].sort((a, b) => a.line - b.line);
    await report.add(all, batch.bytes);
  }
  const counts = await client.call('importCustomers', of);
  const after = await examine(file);
  if (after.hash !== examined.hash) throw failed('CSV_FILE_CHANGED', { file }, EXIT.failed);
  await report.end(counts, header.ignored);
  return counts.rejected > 0 ? EXIT.failed : EXIT.done;
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
