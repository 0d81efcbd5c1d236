/** Which files of a folder belong to a package. Class: side effect (reads files). */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { isCompanion, isDeployedPart, type PackageFiles } from '../../registry/index.js';

/** A package as it lies on disk. */
export interface PackageFolder {
  readonly key: string;
  /** Path inside the package, with `/`, → text. */
  readonly files: PackageFiles;
}

/** Reads a folder as a package, whose key is the folder's name. */
export async function readPackageFolder(folder: string): Promise<PackageFolder> {
  const root = resolve(folder);
  return { key: basename(root), files: await readParts(root, isDeployedPart) };
}

/** Tests, pages and examples in the folder of a package. */
export const readCompanions = (folder: string): Promise<PackageFiles> =>
  readParts(resolve(folder), isCompanion);

async function readParts(root: string, is: (path: string) => boolean): Promise<PackageFiles> {
  const paths = await pathsBelow(root, is);
  const read = paths.map(
    async (path) => [inside(root, path), await readFile(path, 'utf8')] as const,
  );
  return Object.fromEntries(await Promise.all(read));
}

/** Folders of packages below `definitions/`, sorted; names that begin with `_` or `.` are none. */
export async function packageFolders(definitions: string): Promise<readonly string[]> {
  const entries = await readdir(definitions, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !/^[_.]/.test(entry.name))
    .map(({ name }) => join(definitions, name))
    .sort();
}

async function pathsBelow(root: string, is: (path: string) => boolean): Promise<readonly string[]> {
  const entries = await readdir(root, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => is(inside(root, path)) && !isHidden(inside(root, path)))
    .sort();
}

const inside = (root: string, path: string): string => relative(root, path).split(sep).join('/');

const isHidden = (path: string): boolean => /(^|\/)(\.|node_modules\/)/.test(path);
