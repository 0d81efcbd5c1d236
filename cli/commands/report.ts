/**
 * `jornada report`: figures of all processes, or the report of one as SVG and as one HTML file that can be printed. Class: side
 * effect. Exit codes: 0 done, 1 no such process, 2 wrong usage.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CHARTS, PERIODS } from '../../contracts/report-names.js';
import type { ReportList } from '../../contracts/reports.js';
import { chartOf, figureText, type ReportLocale, reportPage, svgOf } from '../../reports/index.js';
import { type EngineContext, misuse, textOption } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { printRows } from '../output.js';
import { type Column, printable } from '../table.js';

/** Prints or writes it. */
export async function report(
  context: EngineContext,
  [key, ...more]: readonly string[],
): Promise<ExitCode> {
  if (more.length > 0) throw misuse('one process', `there is '${more[0]}' too`);
  return key === undefined ? listReports(context) : writeReport(context, key);
}

async function listReports(context: EngineContext): Promise<ExitCode> {
  for (const name of ['by', 'out', 'locale']) {
    if (textOption(context.options, name) !== null) {
      throw misuse(`a process to report of with --${name}`, 'there is none');
    }
  }
  const { items } = await context.client.call('getReports', daysIn(context));
  const total = { count: items.length, isExact: true };
  await printRows(context, { items, total }, COLUMNS);
  return EXIT.done;
}

async function writeReport(context: EngineContext, key: string): Promise<ExitCode> {
  const { client, terminal, options } = context;
  const by = chosen(context, 'by', PERIODS) ?? 'day';
  const locale = chosen(context, 'locale', LOCALES) ?? 'en';
  const found = await client.call('getReport', { key, by, ...daysIn(context) });
  const { processDefinitionId: process, from, to } = found.report;
  const folder = resolve(
    textOption(options, 'out') ?? `report-${plainName(process)}-${from}-${to}`,
  );
  const charts = CHARTS.map((name) => svgOf(chartOf(name, found, { locale, isDark: false })));
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  const write = async (name: string, text: string): Promise<void> => {
    const path = join(folder, name);
    await writeFile(path, text);
    files.push(path);
  };
  await write('report.html', reportPage(found, charts, locale));
  for (const [index, name] of CHARTS.entries()) await write(`${name}.svg`, charts[index] ?? '');
  if (terminal.isJson) await terminal.data(JSON.stringify({ ...found, files }));
  else for (const path of files) await terminal.data(path);
  return EXIT.done;
}

const LOCALES: readonly ReportLocale[] = ['en', 'pt-BR'];

const daysIn = ({ options }: EngineContext) =>
  Object.fromEntries(
    ['from', 'to', 'zone'].flatMap((name) => {
      const value = textOption(options, name);
      return value === null ? [] : [[name, value]];
    }),
  );

function chosen<T extends string>(
  { options }: EngineContext,
  name: string,
  among: readonly T[],
): T | null {
  const value = textOption(options, name);
  if (value === null) return null;
  const known = among.find((one) => one === value);
  if (known === undefined) throw misuse(`--${name} ${among.join(', ')}`, `it is '${value}'`);
  return known;
}

/** Of a process, as part of the name of a folder. */
const plainName = (processId: string): string => processId.replace(/[^\w-]/g, '_');

type Row = ReportList['items'][number];

const column = (title: string, name: keyof Row['figures']): Column<Row> => ({
  title,
  text: ({ figures }) => figureText(name, figures[name].value, 'en'),
});

const COLUMNS: readonly Column<Row>[] = [
  {
    title: 'PROCESS',
    field: 'processDefinitionId',
    text: ({ processDefinitionId }) => printable(processDefinitionId),
  },
  column('STARTED', 'started'),
  column('COMPLETED', 'completed'),
  column('TERMINATED', 'terminated'),
  column('IN FLIGHT', 'inFlight'),
  column('INCIDENTS', 'incidents'),
  column('LATE', 'late'),
  column('KEPT', 'attainment'),
  column('MEDIAN', 'median'),
  column('P95', 'p95'),
];
