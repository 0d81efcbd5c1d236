/**
 * `jornada lint`: what is wrong with models, decisions, forms and descriptions of packages, before anything is deployed.
 * Exit codes: 0 no error, 1 an error, 2 a file that cannot be read. Class: side effect (reads files).
 */
import { stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import { compile, isError } from '../../designer/deployment.js';
import { parseDmn } from '../../engine/decisions/parse/index.js';
import type { Fault, Finding } from '../../engine/errors/index.js';
import { parseForm } from '../../engine/forms/index.js';
import { readScenarios } from '../../engine/play/scenario/index.js';
import {
  misnamedDescription,
  readDeclarations,
  type SourceFile,
  textOf,
} from '../../registry/index.js';
import { processesIn } from '../deployment/elsewhere.js';
import { readSources, shownPath } from '../deployment/files.js';
import { missingPlace, placeOf } from '../deployment/places.js';
import { expand } from '../expand.js';
import { CommandFailure, EXIT, type ExitCode } from '../failure.js';
import { findingLines } from '../findings.js';
import { lintFolder } from '../lint-folder.js';
import { several } from '../table.js';
import type { Terminal } from '../terminal.js';

/** Checks all that the arguments stand for: folders of packages as a whole, other files one by one. */
export async function lint(terminal: Terminal, args: readonly string[]): Promise<ExitCode> {
  const problems: Fault[] = [];
  const findings: Finding[] = [];
  const paths = await allFiles(args, problems);
  const packages = await packagesIn(args, paths);
  const loose = paths.filter((path) => !packages.some((folder) => isInside(path, folder)));
  for (const folder of packages) {
    terminal.progress(folder);
    const model = join(folder, 'process.bpmn');
    const found = await lintFolder(folder, (ids) => processesIn(ids, model, paths));
    findings.push(...found.map(weighed));
  }
  for (const path of loose) {
    terminal.progress(path);
    try {
      findings.push(...(await lintFile(path, paths)));
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      problems.push(error.fault);
    }
  }
  await tell(terminal, paths.length, findings, problems);
  if (problems.length > 0) return EXIT.usage;
  return findings.some(isError) ? EXIT.failed : EXIT.done;
}

async function allFiles(args: readonly string[], problems: Fault[]): Promise<readonly string[]> {
  const all: string[] = [];
  for (const argument of args) {
    const found = await expand(placeOf(argument), isJudged);
    if (found !== null) all.push(...found);
    else problems.push(missingPlace(argument));
  }
  return [...new Set(all)];
}

/** Folders below the arguments that are packages: they hold `process.yaml`, or `process.bpmn`. */
async function packagesIn(
  args: readonly string[],
  paths: readonly string[],
): Promise<readonly string[]> {
  const marked = new Set(
    paths.filter((path) => PACKAGE_FILES.test(basename(path))).map((path) => dirname(path)),
  );
  const places = await Promise.all(args.map(async (argument) => foldersOf(placeOf(argument))));
  const folders = places.flat();
  return [...marked].filter((folder) => folders.some((place) => isInside(folder, place)));
}

/** A description under another name is told. */
const PACKAGE_FILES = /^process\.(bpmn|ya?ml)$/i;

/** An argument that is a folder; a file alone is judged alone. */
async function foldersOf(place: string): Promise<readonly string[]> {
  const found = await stat(place).catch(() => null);
  return found?.isDirectory() ? [place] : [];
}

const isInside = (path: string, folder: string): boolean => {
  const way = relative(folder, path);
  return way === '' || !(way.startsWith('..') || isAbsolute(way));
};

const isDescription = (path: string): boolean => /^process\.ya?ml$/i.test(basename(path));

/** In folders; of other YAML nobody knows what it is. */
const isJudged = (path: string): boolean => /\.(bpmn|dmn|form)$/.test(path) || isDescription(path);

/** What is judged without a model. */
const isResource = (path: string): boolean => /\.(dmn|form|ya?ml)$/i.test(path);

async function lintFile(path: string, all: readonly string[]): Promise<readonly Finding[]> {
  const sources = await readSources([{ path, packageKey: null }], 'the command');
  const [source] = sources.models;
  if (source && isResource(path)) return lintResource(source);
  const { findings } = await compile(sources, (ids) => processesIn(ids, path, all));
  return findings.filter(({ file }) => file === shownPath(path)).map(weighed);
}

async function lintResource({ file, content }: SourceFile): Promise<readonly Finding[]> {
  if (file.endsWith('.dmn')) return (await parseDmn(content, file)).findings;
  const misnamed = misnamedDescription(basename(file), file);
  if (misnamed.length > 0) return misnamed;
  const text = textOf(content);
  if (!file.endsWith('.form') && !isDescription(file)) return readScenarios(text, file).findings;
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
  if (files === 0 && problems.length > 0) return;
  const found = [several(errors, 'error'), several(warnings, 'warning')].join(', ');
  terminal.talk(`${several(files, 'file')}: ${found}`);
}
