/**
 * `jornada lint`: what is wrong with models, decisions, forms and descriptions of packages, before anything is deployed.
 * Exit codes: 0 no error, 1 an error, 2 a file that cannot be read. Class: side effect (reads files).
 */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseDmn } from '../../engine/decisions/parse/index.js';
import { type Fault, type Finding, fault } from '../../engine/errors/index.js';
import { parseForm } from '../../engine/forms/index.js';
import {
  DESCRIPTION_FILE,
  readDeclarations,
  type SourceFile,
  textOf,
} from '../../registry/index.js';
import { compile, isError } from '../deployment/deploy.js';
import { processesIn } from '../deployment/elsewhere.js';
import { readSources, shownPath } from '../deployment/files.js';
import { expand } from '../expand.js';
import { CommandFailure, EXIT, type ExitCode } from '../failure.js';
import { findingLines } from '../findings.js';
import type { Terminal } from '../terminal.js';

/** Checks all files that the arguments stand for; an argument may be the key of a package. */
export async function lint(terminal: Terminal, args: readonly string[]): Promise<ExitCode> {
  const problems: Fault[] = [];
  const findings: Finding[] = [];
  let files = 0;
  const paths = await allFiles(args, problems);
  for (const path of paths) {
    terminal.progress(path);
    files += 1;
    try {
      findings.push(...(await lintFile(path, paths)));
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
    const found = await expand(isKey ? folder : argument, isJudged);
    if (found !== null) all.push(...found);
    else {
      const facts = { file: argument, place: 'the command', detail: 'there is none' };
      problems.push(fault('SCENARIO_FILE_MISSING', facts));
    }
  }
  return [...new Set(all)];
}

const isResource = (path: string): boolean =>
  /\.(dmn|form)$/.test(path) || basename(path) === DESCRIPTION_FILE;

const isJudged = (path: string): boolean => path.endsWith('.bpmn') || isResource(path);

async function lintFile(path: string, all: readonly string[]): Promise<readonly Finding[]> {
  const sources = await readSources([{ path, packageKey: null }], 'the command');
  const [source] = sources.models;
  if (source && isResource(path)) return lintResource(source);
  const { findings } = await compile(sources, (ids) => processesIn(ids, path, all));
  return findings.filter(({ file }) => file === shownPath(path)).map(weighed);
}

async function lintResource({ file, content }: SourceFile): Promise<readonly Finding[]> {
  if (file.endsWith('.dmn')) return (await parseDmn(content, file)).findings;
  const text = textOf(content);
  return (file.endsWith('.form') ? parseForm(text, file) : readDeclarations(text, file)).findings;
}

/** What is called may be deployed before, by another call. */
const weighed = (found: Finding): Finding =>
  found.code === 'BPMN_CALL_TARGET_UNKNOWN' ? { ...found, severity: 'warning' } : found;

/** What to do, of a message `Expected …, but …; <remedy>.` */
const remedyIn = (message: string): string => message.slice(message.lastIndexOf('; ') + 2);

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
    const rows = findings.map((one) => ({ ...one, remedy: remedyIn(one.message) }));
    await terminal.data(JSON.stringify({ files, errors, warnings, findings: rows, problems }));
    return;
  }
  for (const line of findingLines(findings, terminal.paint)) await terminal.data(line);
  terminal.talk(`${files} files: ${errors} errors, ${warnings} warnings`);
}
