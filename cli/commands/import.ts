/**
 * `jornada import customers FILE.csv`. Exit codes: 0 every line is in the record, 1 some were rejected, 2 the file as a
 * whole cannot be read as one of customers.
 */
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { CustomerLine, LineResult, OperationOutput } from '../../contracts/control.js';
import { BATCH_LINES } from '../../contracts/customers.js';
import { explain } from '../../engine/errors/index.js';
import { type Examined, examine } from '../customer-file/examine.js';
import { openLines } from '../customer-file/lines.js';
import { type EngineContext, failed, misuse } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { type Column, several, tableLines } from '../table.js';

/** Takes the customers of a file. */
export async function importCustomers(
  context: EngineContext,
  [file = '']: readonly string[],
): Promise<ExitCode> {
  const { terminal, client } = context;
  const isFile = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) throw misuse('a CSV file that is there', `'${file}' is none`);
  const examined = await examine(file);
  const { header, lines } = await openLines(file);
  for (const column of header.ignored) terminal.talk(`Column '${column}' is not read.`);
  const of = { importId: randomUUID(), fileHash: examined.hash };
  const report = createReport(context, examined);
  let batch: CustomerLine[] = [];
  let unreadable: Rejected[] = [];
  const send = async (bytes: number): Promise<void> => {
    const input = { ...of, lines: batch, unreadable: unreadable.length };
    const { results } = await client.call('importLines', input);
    await report.add(
      [...results, ...unreadable].sort((a, b) => a.line - b.line),
      bytes,
    );
    batch = [];
    unreadable = [];
  };
  let read = 0;
  for await (const { line, rejected, bytes } of lines) {
    if (line) batch.push(line);
    if (rejected) unreadable.push(rejected);
    read = bytes;
    if (batch.length + unreadable.length >= BATCH_LINES) await send(bytes);
  }
  if (batch.length + unreadable.length > 0) await send(read);
  const counts = await client.call('importCustomers', of);
  const after = await examine(file);
  if (after.hash !== examined.hash) throw failed('CSV_FILE_CHANGED', { file }, EXIT.failed);
  await report.end(counts, header.ignored);
  return counts.rejected > 0 ? EXIT.failed : EXIT.done;
}

type Rejected = Extract<LineResult, { outcome: 'rejected' }>;

/** A fault of a line, or a tax id that is known, as one row. */
interface Row {
  readonly line: number;
  readonly field: string | null;
  readonly code: string;
  readonly reason: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'LINE', text: ({ line }) => String(line) },
  { title: 'FIELD', text: ({ field }) => field ?? '-' },
  { title: 'CODE', text: ({ code }) => code },
  { title: 'REASON', text: ({ reason }) => reason, longest: 200 },
];

/** Tells of lines that were not taken: at once for people, at the end as one document for programs. */
function createReport({ terminal }: EngineContext, { bytes: size, hash }: Examined) {
  const began = performance.now();
  const rejected: Row[] = [];
  const known: (Row & { readonly customerId: string })[] = [];
  let lines = 0;
  let hasTitle = false;
  const print = async (rows: readonly Row[]): Promise<void> => {
    if (terminal.isJson || rows.length === 0) return;
    const [title = '', ...printed] = tableLines(COLUMNS, rows, terminal);
    for (const line of hasTitle ? printed : [title, ...printed]) await terminal.data(line);
    hasTitle = true;
  };
  return {
    add: async (results: readonly LineResult[], bytes: number): Promise<void> => {
      lines += results.length;
      const rows = results.flatMap(rowsOf);
      await print(rows);
      if (terminal.isJson) {
        rejected.push(...results.filter((one) => one.outcome === 'rejected').flatMap(rowsOf));
        for (const one of results) {
          if (one.outcome !== 'known') continue;
          const [row] = rowsOf(one);
          if (row) known.push({ ...row, customerId: one.customerId });
        }
      }
      terminal.progress(progressLine(lines, bytes / size, performance.now() - began));
    },
    end: async (
      counts: OperationOutput<'importCustomers'>,
      ignoredColumns: readonly string[],
    ): Promise<void> => {
      if (terminal.isJson) {
        const file = { sha256: hash, bytes: size };
        const document = { file, counts, ignoredColumns, known, rejected };
        await terminal.data(JSON.stringify(document));
        return;
      }
      const { taken, unchanged, known: left, rejected: refused } = counts;
      terminal.talk(
        `${several(taken, 'customer')} taken, ${unchanged} unchanged, ${left} known and left as they are, ${several(refused, 'line')} rejected.`,
      );
    },
  };
}

function rowsOf(result: LineResult): readonly Row[] {
  const { line } = result;
  if (result.outcome === 'rejected') return result.faults.map((fault) => ({ line, ...fault }));
  if (result.outcome !== 'known') return [];
  const code = 'CUSTOMER_TAX_ID_KNOWN';
  const reason = explain(code, { customer: result.customerId });
  return [{ line, field: 'tax_id', code, reason }];
}

function progressLine(lines: number, part: number, ms: number): string {
  const percent = Math.min(100, Math.floor(part * 100));
  const left = part > 0 ? Math.ceil((ms / part - ms) / 1000) : 0;
  return `customers ${percent} %  ${lines} lines  ETA ${left} s`;
}
