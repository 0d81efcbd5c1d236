/** Two versions of a package, file by file. Class: pure. */
import { compareLines, type Line } from './lines.js';
import { compareModels, type ModelChanges } from './models.js';

/** A file that came, went, or is another one. */
export interface FileChange {
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Of a model that both have; else null, and the lines tell. */
  readonly model: ModelChanges | null;
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
  if (before === null)
    return { path, kind: 'added', model: null, lines: compareLines('', after ?? '') };
  if (after === null)
    return { path, kind: 'removed', model: null, lines: compareLines(before, '') };
  const model = path.endsWith('.bpmn') ? await compareModels(before, after) : null;
  return { path, kind: 'changed', model, lines: model ? [] : compareLines(before, after) };
}
