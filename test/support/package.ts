/** Packages of `definitions/` as they are deployed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PackageFiles } from '../../registry/index.js';

/** Reads one: its files by path, without those that only try it. */
export function readPackage(key: string): PackageFiles {
  const folder = join('definitions', key);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(bpmn|dmn|form|liquid|yaml)$/.test(path) && !/^scenarios/.test(path));
  return Object.fromEntries(
    paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')] as const),
  );
}
