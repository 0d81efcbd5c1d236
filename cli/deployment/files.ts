/**
 * Which files belong to a deployment: models, and the decisions and forms beside them, in `decisions/` and
 * `forms/` of the model's folder and next to the model.
 * Class: side effect (reads files). Errors: `SCENARIO_FILE_MISSING`, `SCENARIO_PACKAGE_MISSING`.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fault } from '../../engine/errors/index.js';
import type { DeploymentSources, SourceFile } from '../../engine/play/scenario/index.js';
import { textOf } from '../../registry/index.js';
import { CommandFailure, EXIT } from '../failure.js';
import { packageFolder } from './places.js';

/** A model file, and whether it is the one of a package folder. */
export interface ModelFile {
  readonly path: string;
  /** Key of the package; null for a file on its own. */
  readonly packageKey: string | null;
}

/**
 * The model that a text names: a file, counted from `folder`, or the key of a package under `definitions/` of
 * this folder or one above.
 *
 * @param place - where the text stands, for the message
 */
export function findModel(text: string, folder: string, place: string): ModelFile {
  if (/[./\\]/.test(text)) {
    const path = resolve(folder, text);
    return { path, packageKey: packageKeyOf(path) };
  }
  for (const from of [folder, '.']) {
    const found = packageFolder(text, from);
    const path = found === null ? null : resolve(found, 'process.bpmn');
    if (path !== null && existsSync(path)) return { path, packageKey: text };
  }
  throw new CommandFailure(fault('SCENARIO_PACKAGE_MISSING', { key: text, place }), EXIT.usage);
}

/** Reads models and what lies beside them; the order of the models is kept, each is read once. */
export async function readSources(
  models: readonly ModelFile[],
  place: string,
): Promise<DeploymentSources> {
  const paths = [...new Set(models.map(({ path }) => path))];
  const read = await Promise.all(paths.map((path) => readSource(path, place)));
  const folders = [...new Set(paths.map((path) => dirname(path)))];
  // Most models call no decision and show no form: then a folder full of them is left alone.
  const refers = read.some(({ content }) => /decisionId|formId/.test(textOf(content)));
  const beside = refers ? (await Promise.all(folders.map(resourcesOf))).flat() : [];
  const wanted = (ending: string) => beside.filter((path) => path.endsWith(ending));
  const [decisions, forms] = await Promise.all(
    [wanted('.dmn'), wanted('.form')].map((list) =>
      Promise.all(list.map((path) => readSource(path, place))),
    ),
  );
  const described = folders.map((folder) => join(folder, 'process.yaml')).filter(existsSync);
  const descriptions = await Promise.all(described.map((path) => readSource(path, place)));
  return { models: read, decisions: decisions ?? [], forms: forms ?? [], descriptions };
}

/** How findings name a file: from the working folder. */
export function shownPath(path: string): string {
  return relative(process.cwd(), path) || path;
}

function packageKeyOf(path: string): string | null {
  if (basename(path) !== 'process.bpmn') return null;
  const folder = dirname(path);
  return basename(dirname(folder)) === 'definitions' ? basename(folder) : null;
}

async function readSource(path: string, place: string): Promise<SourceFile> {
  try {
    return { file: shownPath(path), content: await readFile(path) };
  } catch (error) {
    const detail = (error as NodeJS.ErrnoException).code ?? String(error);
    const facts = { file: shownPath(path), place, detail };
    throw new CommandFailure(fault('SCENARIO_FILE_MISSING', facts), EXIT.usage);
  }
}

const listings = new Map<string, Promise<readonly string[]>>();
const MAX_LISTINGS = 1000;

/** Decisions and forms of a folder, sorted; a listing is kept, for thousands of scenarios share one. */
function resourcesOf(folder: string): Promise<readonly string[]> {
  const known = listings.get(folder);
  if (known !== undefined) return known;
  if (listings.size >= MAX_LISTINGS) listings.clear();
  const listing = Promise.all(
    [folder, join(folder, 'decisions'), join(folder, 'forms')].map(listResources),
  ).then((lists) => lists.flat());
  listings.set(folder, listing);
  return listing;
}

async function listResources(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => /\.(dmn|form)$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}
