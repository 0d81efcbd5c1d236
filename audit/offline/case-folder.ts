/** A case file that was unpacked into a folder. Class: side effect (reads). */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type CaseSource, isCase } from '../case/index.js';

/** The files of a folder; null: they are not those of a case. Throws what the system throws where it cannot be read. */
export async function caseInFolder(folder: string): Promise<CaseSource | null> {
  if (!isCase(await readdir(folder))) return null;
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = found
    .filter((one) => !one.isDirectory())
    .map((one) => relative(folder, join(one.parentPath, one.name)).split(sep).join('/'))
    .sort();
  return { names, read: (name) => readFile(join(folder, name)) };
}
