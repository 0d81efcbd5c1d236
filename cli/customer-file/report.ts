/** What is told of an import: lines that were not taken, at once for people, at the end as one document for programs. */
import type { LineResult, OperationOutput } from '../../contracts/control.js';
import { explain } from '../../engine/errors/index.js';
import { type Column, several, tableLines } from '../table.js';
import type { Terminal } from '../terminal.js';
import type { Examined } from './examine.js';

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

/** Hears of lines as they are answered, and of the end. */
export interface ImportReport {
  /** @param bytes - how far the file was read */
  readonly add: (results: readonly LineResult[], bytes: number) => Promise<void>;
  readonly end: (
    counts: OperationOutput<'importCustomers'>,
    ignoredColumns: readonly string[],
  ) => Promise<void>;
}

/** Makes it. Class: side effect. */
export function createReport(terminal: Terminal, { bytes: size, hash }: Examined): ImportReport {
  const began = performance.now();
  const rejected: Row[] = [];
  const known: (Row & { readonly customerId: string })[] = [];
  let lines = 0;
  let hasTitle = false;
  const print = async (rows: readonly Row[]): Promise<void> => {
    if (rows.length === 0) return;
    const [title = '', ...printed] = tableLines(COLUMNS, rows, terminal);
    for (const line of hasTitle ? printed : [title, ...printed]) await terminal.data(line);
    hasTitle = true;
  };
  const keep = (one: LineResult): void => {
    const rows = rowsOf(one);
    if (one.outcome === 'rejected') rejected.push(...rows);
    if (one.outcome !== 'known') return;
    const { customerId } = one;
    known.push(...rows.map((row) => ({ ...row, customerId })));
  };
  return {
    add: async (results, bytes) => {
      lines += results.length;
      if (!terminal.isJson) await print(results.flatMap(rowsOf));
      else for (const one of results) keep(one);
      terminal.progress(progressLine(lines, bytes / size, performance.now() - began));
    },
    end: async (counts, ignoredColumns) => {
      if (!terminal.isJson) return terminal.talk(summary(counts));
      const file = { sha256: hash, bytes: size };
      await terminal.data(JSON.stringify({ file, counts, ignoredColumns, known, rejected }));
    },
  };
}

function summary(counts: OperationOutput<'importCustomers'>): string {
  const { taken, unchanged, known, rejected } = counts;
  return [
    `${several(taken, 'customer')} taken`,
    `${unchanged} unchanged`,
    `${known} known and left as they are`,
    `${several(rejected, 'line')} rejected.`,
  ].join(', ');
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
