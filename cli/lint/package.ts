/** A package folder with all that its rules look at, read once. Class: side effect (reads files). */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { allNodes } from '../../engine/compile/index.js';
import type { Finding } from '../../engine/errors/index.js';
import type { ParsedDefinitions, ParsedNode, ParsedProcess } from '../../engine/model/index.js';
import { parseBpmn } from '../../engine/parse/index.js';
import { DESCRIPTION_FILE, readDescription } from '../../registry/index.js';

/** A package as rules see it. */
export interface LintedPackage {
  /** Its folder, as seen from here. */
  readonly folder: string;
  /** Path inside the package, with `/`, → text; tests and pages too. */
  readonly files: Readonly<Record<string, string>>;
  /** What `process.yaml` says; null without a sound one. */
  readonly description: ReturnType<typeof readDescription>['description'];
  readonly processes: readonly ModelledProcess[];
  /** Whether every model could be read: else nobody knows what names its forms, decisions and mails. */
  readonly isWhole: boolean;
}

/** An executable process of the package. */
export interface ModelledProcess extends ParsedProcess {
  readonly file: string;
  readonly definitions: ParsedDefinitions;
  /** Nodes of all levels. */
  readonly nodes: readonly ParsedNode[];
}

/** One rule: findings name files by their path inside the package. */
export type PackageRule = (
  found: LintedPackage,
) => readonly Finding[] | Promise<readonly Finding[]>;

/** What is read as text. */
const READ = /\.(bpmn|dmn|form|liquid|ya?ml|csv)$/;

/** Reads a folder. */
export async function readPackage(folder: string): Promise<LintedPackage> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = entries
    .filter((entry) => entry.isFile() && READ.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/(^|\/)(\.|node_modules\/)/.test(path))
    .sort();
  const texts = paths.map(
    async (path) => [path, await readFile(join(folder, path), 'utf8')] as const,
  );
  const files = Object.fromEntries(await Promise.all(texts));
  const text = files[DESCRIPTION_FILE];
  const description =
    text === undefined ? null : readDescription(text, DESCRIPTION_FILE).description;
  const models = paths.filter((path) => path.endsWith('.bpmn'));
  const read = await Promise.all(models.map((path) => readModel(path, files[path] ?? '')));
  const processes = read.flatMap((one) => one ?? []);
  return { folder, files, description, processes, isWhole: !read.includes(null) };
}

/** The executable processes of a model; null when it cannot be read. */
async function readModel(file: string, text: string): Promise<readonly ModelledProcess[] | null> {
  const { definitions } = await parseBpmn(text, file);
  if (definitions === null) return null;
  return definitions.processes
    .filter(({ isExecutable }) => isExecutable)
    .map((process) => ({ ...process, file, definitions, nodes: allNodes(process.content) }));
}

/** Files in a folder of the package, without folder and ending, sorted. Class: pure. */
export function namesIn(
  { files }: LintedPackage,
  folder: string,
  ending: string,
): readonly string[] {
  return Object.keys(files)
    .filter((path) => path.startsWith(`${folder}/`) && path.endsWith(ending))
    .map((path) => path.slice(folder.length + 1, -ending.length));
}

/** Each text once, in the order of its first mention. Class: pure. */
export function distinct(all: readonly (string | null | undefined)[]): readonly string[] {
  return [...new Set(all.filter((one) => typeof one === 'string'))];
}
