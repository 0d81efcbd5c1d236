/**
 * `jornada lint`: what is wrong with models and decisions, before anything is deployed.
 * Exit codes: 0 no error, 1 an error, 2 a file that cannot be read. Class: side effect (reads files).
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseDmn } from '../../engine/decisions/parse/index.js';
import { type Fault, type Finding, fault } from '../../engine/errors/index.js';
import { compileSources, isError } from '../deployment/deploy.js';
import { readSources, shownPath } from '../deployment/files.js';
import { expand } from '../expand.js';
import { CommandFailure, EXIT, type ExitCode } from '../failure.js';
import type { Terminal } from '../terminal.js';

/** Checks all files that the arguments stand for; an argument may be the key of a package. */
export async function lint(terminal: Terminal, args: readonly string[]): Promise<ExitCode> {
  const problems: Fault[] = [];
  const findings: Finding[] = [];
  let files = 0;
  for (const path of await allFiles(args, problems)) {
    terminal.progress(path);
    files += 1;
    try {
      findings.push(...(await lintFile(path)));
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      problems.push(error.fault);
    }
  }
  await tell(terminal, files, findings, problems);
  if (problems.length > 0) return EXIT.usage;
  return findings.some(isError) ? EXIT.failed : EXIT.done;
}

async function allFiles(args: readonly string[], problems: Fault[]): Promise<readonly string[]> {
  const all: string[] = [];
  for (const argument of args) {
    const folder = join('definitions', argument);
    const isKey = /^[\w-]+$/.test(argument) && !existsSync(argument) && existsSync(folder);
    const found = await expand(isKey ? folder : argument, (path) => /\.(bpmn|dmn)$/.test(path));
    if (found !== null) all.push(...found);
    else {
      const facts = { file: argument, place: 'the command', detail: 'there is none' };
      problems.push(fault('SCENARIO_FILE_MISSING', facts));
    }
  }
  return [...new Set(all)];
}

async function lintFile(path: string): Promise<readonly Finding[]> {
  const sources = await readSources([{ path, packageKey: null }], 'the command');
  const [source] = sources.models;
  if (path.endsWith('.dmn') && source) {
    return (await parseDmn(source.content, source.file)).findings;
  }
  const { findings } = await compileSources(sources, 'part');
  return findings.filter(({ file }) => file === shownPath(path));
}

async function tell(
  terminal: Terminal,
  files: number,
  findings: readonly Finding[],
  problems: readonly Fault[],
): Promise<void> {
  for (const { code, message } of problems) terminal.complain(`${code}: ${message}`);
  const errors = findings.filter(isError).length;
  const warnings = findings.length - errors;
  if (terminal.isJson) {
    await terminal.data(JSON.stringify({ files, errors, warnings, findings, problems }));
    return;
  }
  for (const found of findings) {
    const { file, line, elementId, code, severity, message, docs } = found;
    const where = `${file ?? ''}${line === null ? '' : `:${line}`}`;
    const mark = terminal.paint(isError(found) ? 'red' : 'yellow', severity);
    await terminal.data(`${where}  ${mark}  ${code}  ${elementId ?? '-'}`);
    await terminal.data(`    ${message} ${terminal.paint('dim', docs)}`);
  }
  terminal.talk(`${files} files: ${errors} errors, ${warnings} warnings`);
}
