/**
 * `jornada import customers FILE.csv`. Exit codes: 0 every line is in the record, 1 some were rejected, 2 the file as a
 * whole cannot be read as one of customers.
 */
import { stat } from 'node:fs/promises';
import { createReport } from '../customer-file/report.js';
import { openFile, sendFile } from '../customer-file/send.js';
import { type EngineContext, misuse } from '../engine-context.js';
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
  const open = await openFile(file);
  const { examined, header } = open;
  for (const column of header.ignored) terminal.talk(`Column '${shortened(column)}' is not read.`);
  const report = createReport(terminal, examined);
  const counts = await sendFile(client, open, ({ results, bytes }) => report.add(results, bytes));
  await report.end(counts, header.ignored);
  return counts.rejected > 0 ? EXIT.failed : EXIT.done;
}
