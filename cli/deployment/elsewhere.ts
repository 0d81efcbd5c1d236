/** Processes that are called and stand in other files than the one that is looked at. Class: side effect (reads files). */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Which of the processes stand in one of the files, in a model beside the one that calls them, or in a package beside
 * its package: those are deployed together.
 *
 * @param path - of the model that calls them
 * @param files - the other files of the command
 */
export async function processesIn(
  processIds: readonly string[],
  path: string,
  files: readonly string[],
): Promise<readonly string[]> {
  const names: readonly string[] = await readdir(dirname(path)).catch(() => []);
  const beside = names.map((name) => join(dirname(path), name));
  const packages = names.includes(DESCRIPTION) ? await packagesBeside(dirname(path)) : [];
  const models = [...new Set([...files, ...beside, ...packages])].filter((file) =>
    file.endsWith('.bpmn'),
  );
  const missing = new Set(processIds);
  for (const model of models) {
    if (missing.size === 0) break;
    const text = await readFile(model, 'utf8').catch(() => '');
    for (const [tag] of text.matchAll(PROCESS)) {
      if (EXECUTABLE.test(tag)) missing.delete(ID.exec(tag)?.[1] ?? '');
    }
  }
  return processIds.filter((id) => !missing.has(id));
}

const DESCRIPTION = 'process.yaml';

/** Models of the packages in the folder around a package; a name that begins with `_` or `.` is none. */
async function packagesBeside(folder: string): Promise<readonly string[]> {
  const around = join(folder, '..');
  const entries = await readdir(around, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((one) => one.isDirectory() && !/^[_.]/.test(one.name));
  const found = folders.map(async ({ name }) => {
    const inside: readonly string[] = await readdir(join(around, name)).catch(() => []);
    if (!inside.includes(DESCRIPTION)) return [];
    return inside.map((one) => join(around, name, one));
  });
  return (await Promise.all(found)).flat();
}

const PROCESS = /<(?:[\w.-]+:)?process\s[^>]*>/g;
const EXECUTABLE = /\sisExecutable\s*=\s*["'](?:true|1)["']/;
const ID = /\sid\s*=\s*["']([^"']+)["']/;
