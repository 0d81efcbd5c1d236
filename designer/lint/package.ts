/** A package with all that its rules look at, read once. Class: pure. */
import { allNodes } from '../../engine/compile/index.js';
import type { Finding } from '../../engine/errors/index.js';
import type { ParsedDefinitions, ParsedNode, ParsedProcess } from '../../engine/model/index.js';
import { parseBpmn } from '../../engine/parse/index.js';
import type { Scenario, ScenarioResult } from '../../engine/play/scenario/index.js';
import { DESCRIPTION_FILE, readDescription } from '../../registry/index.js';

/** A package as rules see it. */
export interface LintedPackage {
  /** Its name, which is that of its folder. */
  readonly key: string;
  /** Path inside the package, with `/`, → text; tests and pages too. */
  readonly files: Readonly<Record<string, string>>;
  /** What `process.yaml` says; null without a sound one. */
  readonly description: ReturnType<typeof readDescription>['description'];
  readonly processes: readonly ModelledProcess[];
  /** Whether every model could be read: else nobody knows what names its forms, decisions and mails. */
  readonly isWhole: boolean;
  readonly run: RunScenario;
}

/** Runs a scenario of a file of the package; null: it names sources that are not there. */
export type RunScenario = (scenario: Scenario, file: string) => Promise<ScenarioResult | null>;

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

/** Whether rules look at a file. */
export const isLinted = (path: string): boolean =>
  /\.(bpmn|dmn|form|liquid|ya?ml|csv)$/i.test(path);

/** Reads a package. @param all - path inside the package, with `/`, → text */
export async function readPackage(
  key: string,
  all: Readonly<Record<string, string>>,
  run: RunScenario,
): Promise<LintedPackage> {
  const paths = Object.keys(all).filter(isLinted).sort();
  const files = Object.fromEntries(paths.map((path) => [path, all[path] ?? '']));
  const text = files[DESCRIPTION_FILE];
  const description =
    text === undefined ? null : readDescription(text, DESCRIPTION_FILE).description;
  const models = paths.filter((path) => path.endsWith('.bpmn'));
  const read = await Promise.all(models.map((path) => readModel(path, files[path] ?? '')));
  const processes = read.flatMap((one) => one ?? []);
  return { key, files, description, processes, isWhole: !read.includes(null), run };
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
