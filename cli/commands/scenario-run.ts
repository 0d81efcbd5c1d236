/**
 * `jornada scenario run`: runs scenario files one after the other and says which hold. One that fails, or
 * crashes the core, never stops the rest.
 * Exit codes: 0 all hold, 1 one does not, 2 a bad scenario file, 3 the host is not there.
 * Class: side effect (reads files; with `--on temporal` whatever that host does).
 */
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Fault, type Finding, fault } from '../../engine/errors/index.js';
import {
  type CreateScenarioHost,
  createPlayHost,
  type Mismatch,
  type OpenIncident,
  readScenarios,
  type Scenario,
  type ScenarioResult,
} from '../../engine/play/scenario/index.js';
import { missingPlace, placeOf } from '../deployment/places.js';
import { runOfFile } from '../deployment/scenario.js';
import { expand } from '../expand.js';
import { CommandFailure, EXIT, type ExitCode } from '../failure.js';
import { findingLines } from '../findings.js';
import { printable, several } from '../table.js';
import type { Terminal } from '../terminal.js';

/** Where scenarios run. */
export type HostName = 'play' | 'temporal';

/** Flags of the command. */
export interface ScenarioRunOptions {
  readonly on: HostName;
  readonly hasTrace: boolean;
}

/** What is told of one scenario. */
interface Report {
  readonly file: string;
  readonly name: string;
  readonly ok: boolean;
  readonly ms: number;
  readonly mismatches: readonly Mismatch[];
  readonly refused: readonly string[];
  readonly findings: readonly Finding[];
  readonly incidents: readonly OpenIncident[];
  readonly trace?: readonly object[];
}

interface Hosts {
  readonly create: CreateScenarioHost;
  close(): Promise<void>;
}

/** Runs the scenarios of all files that the arguments stand for. */
export async function runScenarios(
  terminal: Terminal,
  files: readonly string[],
  options: ScenarioRunOptions,
): Promise<ExitCode> {
  const hosts = await openHosts(options.on);
  const tally = { ok: 0, failed: 0, bad: 0 };
  const beganAt = performance.now();
  try {
    const paths = await allFiles(terminal, files, tally);
    for (const [index, path] of paths.entries()) {
      terminal.progress(`${index}/${paths.length} ${path}`);
      await runFile(terminal, path, options, hosts, tally);
    }
  } finally {
    await hosts.close();
  }
  const { ok, failed, bad } = tally;
  const seconds = ((performance.now() - beganAt) / 1000).toFixed(1);
  const problems = bad > 0 ? `, ${several(bad, 'bad file')}` : '';
  const told = [several(ok, 'holds', 'hold'), several(failed, 'does not', 'do not')].join(', ');
  terminal.talk(`${several(ok + failed, 'scenario')}: ${told}${problems} (${seconds} s)`);
  if (bad > 0) return EXIT.usage;
  return failed > 0 ? EXIT.failed : EXIT.done;
}

type Tally = { ok: number; failed: number; bad: number };

async function allFiles(
  terminal: Terminal,
  files: readonly string[],
  tally: Tally,
): Promise<readonly string[]> {
  const all: string[] = [];
  for (const file of files) {
    const found = await expand(placeOf(file), isScenarioFile);
    if (found !== null) all.push(...found);
    else await tellBad(terminal, file, [missingPlace(file)], tally);
  }
  return all;
}

/** In folders: YAML, but not the description of a package. */
function isScenarioFile(path: string): boolean {
  return /\.ya?ml$/.test(path) && !/(^|[\\/])process\.ya?ml$/.test(path);
}

async function runFile(
  terminal: Terminal,
  file: string,
  options: ScenarioRunOptions,
  hosts: Hosts,
  tally: Tally,
): Promise<void> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => error);
  if (typeof text !== 'string') {
    const facts = { file, place: 'the command', detail: text.code ?? text.message };
    return tellBad(terminal, file, [fault('SCENARIO_FILE_MISSING', facts)], tally);
  }
  const read = readScenarios(text, file);
  if (!read.ok) await tellBad(terminal, file, read.findings, tally);
  for (const scenario of read.scenarios) {
    const beganAt = performance.now();
    try {
      const result = await runOfFile(scenario, file, hosts.create).catch(
        crashed(terminal, scenario),
      );
      await tell(terminal, reportOf(file, result, performance.now() - beganAt, options), tally);
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      await tellBad(terminal, file, [error.fault], tally, scenario.name);
    }
  }
}

const NOTHING = { refused: [], findings: [], incidents: [] } as const;

/** A crash is a result like another; its stack is shown with `--debug`. */
function crashed({ isDebug, complain }: Terminal, { name }: Scenario) {
  return (error: unknown): ScenarioResult => {
    if (error instanceof CommandFailure) throw error;
    const actual = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    if (isDebug && error instanceof Error && error.stack) complain(error.stack);
    const mismatches = [{ at: 'crash', expected: 'no crash', actual }];
    return { name, ok: false, mismatches, ...NOTHING, journal: [] };
  };
}

function reportOf(
  file: string,
  { journal, ...result }: ScenarioResult,
  ms: number,
  { hasTrace }: ScenarioRunOptions,
): Report {
  const report = { file, ...result, ms: Math.round(ms) };
  if (!hasTrace) return report;
  const trace = journal.map(({ instanceId, processId, entry }) => ({
    instanceId,
    processId,
    ...entry,
  }));
  return { ...report, trace };
}

async function tell(terminal: Terminal, report: Report, tally: Tally): Promise<void> {
  tally[report.ok ? 'ok' : 'failed'] += 1;
  if (terminal.isJson) return terminal.data(JSON.stringify(report));
  const { paint } = terminal;
  const mark = report.ok ? paint('green', 'ok  ') : paint('red', 'FAIL');
  const where = paint('dim', `${report.file} ${report.ms} ms`);
  await terminal.data(`${mark} ${report.name}  ${where}`);
  for (const { at, expected, actual } of report.mismatches) {
    await terminal.data(`       ${at}`);
    await terminal.data(`         expected ${JSON.stringify(expected)}`);
    await terminal.data(`         actual   ${JSON.stringify(actual)}`);
  }
  for (const line of reasonsFor(report, terminal)) await terminal.data(`       ${line}`);
  for (const entry of report.trace ?? []) await terminal.data(`       ${JSON.stringify(entry)}`);
}

/** Why it does not hold, as far as the run itself says. */
function reasonsFor({ incidents, findings }: Report, { paint }: Terminal): readonly string[] {
  const stopped = incidents.map(
    ({ element, code, message }) => `stopped at '${element}' by ${code}: ${printable(message)}`,
  );
  if (findings.length === 0) return stopped;
  const folders = findings.flatMap(({ file }) =>
    file === null ? [] : [dirname(file).replace(/[\\/](decisions|forms)$/, '')],
  );
  const [folder = '.'] = folders.sort((one, other) => one.length - other.length);
  return [
    ...stopped,
    ...findingLines(findings, paint),
    `for all that is wrong: npx jornada lint ${folder}`,
  ];
}

async function tellBad(
  terminal: Terminal,
  file: string,
  faults: readonly Fault[],
  tally: Tally,
  name = '',
): Promise<void> {
  tally.bad += 1;
  for (const { code, message } of faults) terminal.complain(`${code}: ${message}`);
  if (!terminal.isJson) return;
  const mismatches = faults.map(({ code, message }) => ({
    at: 'file',
    expected: 'a scenario that can run',
    actual: `${code}: ${message}`,
  }));
  await terminal.data(JSON.stringify({ file, name, ok: false, ms: 0, mismatches, ...NOTHING }));
}

async function openHosts(name: HostName): Promise<Hosts> {
  if (name === 'play') return { create: createPlayHost, close: async () => {} };
  try {
    const { openScenarioHosts } = await import('../../worker/scenario-host/index.js');
    return await openScenarioHosts();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(fault('SCENARIO_HOST_MISSING', { detail }), EXIT.unreachable);
  }
}
