/** Deploys the packages of a folder at the start; one that is refused keeps no other out. Class: side effect. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, relative } from 'node:path';
import type { Finding } from '../../engine/errors/index.js';
import {
  compilePackage,
  DESCRIPTION_FILE,
  type DeployReport,
  readDescription,
} from '../../registry/index.js';
import type { Audit, Store } from '../../store/index.js';
import type { Engine } from '../index.js';
import {
  type PackageFolder,
  packageFolders,
  readCompanions,
  readPackageFolder,
} from './package-files.js';

/** What came of it. */
export interface Deployed {
  /** In words, for the line of the stage. */
  readonly summary: string;
  /** What refuses a package; files are named with their package. */
  readonly problems: readonly Finding[];
  /** How one may try a process, as the rest of a command line; null when there is none. */
  readonly example: string | null;
}

/** Deploys them all. Content that is there already keeps its version. */
export async function deployDefinitions(
  {
    engine,
    audit,
    definitions,
  }: Pick<Store, 'audit' | 'definitions'> & { readonly engine: Engine },
  folder: string,
): Promise<Deployed> {
  const problems: Finding[] = [];
  const trials: Trial[] = [];
  const counts = { processes: 0, decisions: 0, forms: 0 };
  const packages = await readPackages(folder);
  const compiled = await Promise.all(packages.map(({ files }) => compilePackage(files)));
  const alongside = compiled.flatMap(({ processIds }) => processIds);
  for (const { key, files } of packages) {
    const report = await engine.deploy(key, files, { alongside });
    await tell(audit, key, report);
    const { ok, findings, processes } = report;
    const errors = findings.filter(({ severity }) => severity !== 'warning');
    problems.push(...errors.map((one) => ({ ...one, file: `${key}/${one.file ?? ''}` })));
    if (!ok) continue;
    await definitions.keepCompanions(report.hash, await readCompanions(join(folder, key)));
    trials.push(trialOf(join(folder, key), files, processes));
    counts.processes += processes.length;
    counts.decisions += count(files, '.dmn');
    counts.forms += count(files, '.form');
  }
  const { processes, decisions, forms } = counts;
  const all = [
    several(processes, 'process', 'processes'),
    several(decisions, 'decision file', 'decision files'),
    several(forms, 'form', 'forms'),
    several(problems.length, 'problem', 'problems'),
  ];
  const ready = trials.filter(({ command }) => command !== null);
  const best = ready.find(({ hasVariables }) => hasVariables) ?? ready[0];
  return { summary: all.join(', '), problems, example: best?.command ?? null };
}

/** How a package may be tried. */
interface Trial {
  /** Null: it takes variables, and nobody wrote an example of them. */
  readonly command: string | null;
  readonly hasVariables: boolean;
}

/** The process that the package is named by, with variables where it has some as an example. */
function trialOf(
  folder: string,
  files: PackageFolder['files'],
  processes: DeployReport['processes'],
): Trial {
  const { description } = readDescription(files[DESCRIPTION_FILE] ?? '', DESCRIPTION_FILE);
  const ids = processes.map(({ processId }) => processId);
  const processId = ids.find((id) => id === description?.key) ?? ids[0];
  if (processId === undefined) return { command: null, hasVariables: false };
  const needed = Object.entries(description?.variables ?? {})
    .filter(([, { required }]) => required)
    .map(([name]) => name);
  const file = examplesIn(join(folder, 'examples')).find((one) => holdsAll(one, needed));
  if (file !== undefined) {
    const path = relative(process.cwd(), file);
    const shown = /^[\w./-]+$/.test(path) ? `@${path}` : `'@${path}'`;
    return { command: `${processId} --variables ${shown}`, hasVariables: true };
  }
  return { command: needed.length > 0 ? null : processId, hasVariables: false };
}

const examplesIn = (folder: string): readonly string[] =>
  (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(folder, name));

/** What lacks something, such as the id of a customer, cannot be run as it is. */
function holdsAll(file: string, names: readonly string[]): boolean {
  try {
    const example: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return names.every((name) => Object.hasOwn(Object(example), name));
  } catch {
    return false;
  }
}

/** Leaves a row in the audit, of whoever started this, where something was deployed or refused. */
async function tell(audit: Audit, key: string, { ok, processes }: DeployReport): Promise<void> {
  const made = processes.filter(({ isNew }) => isNew);
  if (ok && made.length === 0) return;
  const versions = made.map(({ processId, version }) => `process:${processId}:${version}`);
  await audit.append({
    at: new Date().toISOString(),
    actor: userInfo().username,
    action: 'deploy',
    object: [`package:${key}`, ...versions].join(' '),
    outcome: ok ? 'done' : 'refused',
    code: ok ? null : 'DEPLOYMENT_REFUSED',
    requestId: null,
    reason: null,
    data: { isAtStart: true },
  });
}

async function readPackages(folder: string): Promise<readonly PackageFolder[]> {
  const packages = await Promise.all((await packageFolders(folder)).map(readPackageFolder));
  return packages.filter(({ files }) => Object.keys(files).length > 0);
}

const count = (files: object, ending: string): number =>
  Object.keys(files).filter((path) => path.endsWith(ending)).length;

const several = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;
