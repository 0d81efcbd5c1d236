/**
 * Packages in memory, as folders beside each other, so that files of one may name those of another as they do on disk.
 * Class: pure.
 */
import { posix } from 'node:path';
import type { DeploymentSources, Scenario, SourceFile } from '../engine/play/scenario/index.js';
import type { PackageFiles } from '../registry/index.js';

/** A package and those that it may name. */
export interface Workspace {
  readonly key: string;
  readonly files: PackageFiles;
  /** Other packages by key. */
  readonly others: Readonly<Record<string, PackageFiles>>;
}

/** Keys of packages that files of a package may name, and some that are none. */
export function namedPackages(files: PackageFiles): readonly string[] {
  const named = Object.entries(files)
    .filter(([path]) => /^scenarios\/.*\.ya?ml$/.test(path))
    .flatMap(([, text]) => Array.from(text.matchAll(NAMED), ([, beside, key]) => beside ?? key));
  return [...new Set(named.filter((key) => key !== undefined))];
}

/** `../../other/process.bpmn` anywhere, or `process: other`. */
const NAMED = /\.\.\/\.\.\/([a-z0-9-]+)\/|process:\s*["']?([a-z0-9-]+)["']?\s*(?:$|[,}#])/gm;

/** The model that a scenario is about, and its sources; null: it names some that are not there. */
export interface ScenarioSources {
  readonly sources: DeploymentSources;
  /** Key of the package whose main model it is; null: it is another one. */
  readonly packageKey: string | null;
}

/** Finds the sources of a scenario. @param file - of the package, in which it stands */
export function sourcesOf(
  workspace: Workspace,
  { process, files }: Pick<Scenario, 'process' | 'files'>,
  file: string,
): ScenarioSources | null {
  const folder = posix.join(workspace.key, posix.dirname(file));
  const models = [process, ...files].map((text) => modelOf(text, folder));
  const paths = [...new Set(models)];
  const read = paths.flatMap((path) => fileAt(workspace, path) ?? []);
  const [main = ''] = models;
  if (read.length < paths.length) return null;
  const folders = [...new Set(paths.map((path) => posix.dirname(path)))];
  const refers = read.some(({ content }) => /decisionId|formId/.test(content));
  const beside = refers ? folders.flatMap((one) => resourcesIn(workspace, one)) : [];
  const ending = (end: string) => beside.filter(({ file: path }) => path.endsWith(end));
  const descriptions = folders.flatMap((one) => fileAt(workspace, `${one}/process.yaml`) ?? []);
  const sources = { models: read, decisions: ending('.dmn'), forms: ending('.form'), descriptions };
  const isMain = posix.basename(main) === 'process.bpmn';
  return { sources, packageKey: isMain ? posix.dirname(main) : null };
}

/** A path, or the key of a package. */
const modelOf = (text: string, folder: string): string =>
  /[./\\]/.test(text) ? posix.normalize(posix.join(folder, text)) : `${text}/process.bpmn`;

interface TextFile extends SourceFile {
  readonly content: string;
}

function fileAt({ key, files, others }: Workspace, path: string): TextFile | null {
  const [folder = '', ...rest] = path.split('/');
  const of = folder === key ? files : Object.hasOwn(others, folder) ? others[folder] : undefined;
  const inside = rest.join('/');
  if (!of || !Object.hasOwn(of, inside)) return null;
  return { file: path, content: of[inside] ?? '' };
}

/** Decisions and forms in a folder, in `decisions/` and in `forms/`, sorted. */
function resourcesIn(workspace: Workspace, folder: string): readonly TextFile[] {
  const [key = ''] = folder.split('/');
  const files = key === workspace.key ? workspace.files : (workspace.others[key] ?? {});
  const places = [folder, `${folder}/decisions`, `${folder}/forms`];
  return Object.keys(files)
    .map((path) => `${key}/${path}`)
    .filter((path) => /\.(dmn|form)$/.test(path) && places.includes(posix.dirname(path)))
    .sort()
    .flatMap((path) => fileAt(workspace, path) ?? []);
}
