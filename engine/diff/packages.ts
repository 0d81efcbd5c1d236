/** Two versions of a package, file by file. Class: pure. */
import { compareDecisions, type DecisionChange } from './decisions.js';
import { compareLines, type Line } from './lines.js';
import { compareModels, type ModelChanges } from './models.js';

/** A file that came, went, or is another one. */
export interface FileChange {
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Of a model that both have; else null, and the lines tell. */
  readonly model: ModelChanges | null;
  /** Of a file of decisions that both have, beside its lines; null: it is none, or cannot be read. */
  readonly decisions: readonly DecisionChange[] | null;
  readonly lines: readonly Line[];
}

/** All of it; a file that is the same is not named. */
export type PackageChanges = readonly FileChange[];

type Files = Readonly<Record<string, string>>;

/** Compares them; line ends count as one. */
export async function comparePackages(before: Files, after: Files): Promise<PackageChanges> {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const changes = await Promise.all(
    paths.map((path) => changeOf(path, textAt(before, path), textAt(after, path))),
  );
  return changes.flatMap((one) => one ?? []);
}

const textAt = (files: Files, path: string): string | null =>
  Object.hasOwn(files, path) ? (files[path] ?? '').replaceAll('\r\n', '\n') : null;

async function changeOf(
  path: string,
  before: string | null,
  after: string | null,
): Promise<FileChange | null> {
  if (before === after) return null;
  const common = { path, model: null, decisions: null };
  if (before === null) return { ...common, kind: 'added', lines: compareLines('', after ?? '') };
  if (after === null) return { ...common, kind: 'removed', lines: compareLines(before, '') };
  const model = path.endsWith('.bpmn') ? await compareModels(before, after) : null;
  const decisions = path.endsWith('.dmn') ? await compareDecisions(before, after) : null;
  const lines = model ? [] : compareLines(before, after);
  return { path, kind: 'changed', model, decisions, lines };
}
