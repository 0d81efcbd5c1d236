/** Processes that are called and stand in other files than the one that is looked at. Class: side effect (reads files). */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Which of the processes stand in one of the files, in a model beside the one that calls them, or in a package beside its
 * package, which has the name of its process.
 *
 * @param path - of the model that calls them
 * @param files - the other files of the command
 */
export async function processesIn(
  processIds: readonly string[],
  path: string,
  files: readonly string[],
): Promise<readonly string[]> {
  const names = await readdir(dirname(path)).catch(() => []);
  const beside = names.map((name) => join(dirname(path), name));
  const packages = processIds.filter((id) => PACKAGE.test(id));
  const around = packages.map((id) => join(dirname(path), '..', id, 'process.bpmn'));
  const all = new Set([...files, ...beside, ...around]);
  const models = [...all].filter((file) => file.endsWith('.bpmn'));
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

const PACKAGE = /^[a-z0-9-]+$/;
const PROCESS = /<(?:[\w.-]+:)?process\s[^>]*>/g;
const EXECUTABLE = /\sisExecutable\s*=\s*["'](?:true|1)["']/;
const ID = /\sid\s*=\s*["']([^"']+)["']/;
