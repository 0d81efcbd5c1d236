/** Judges the package in a folder as a whole. Class: side effect (reads files). */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { isLinted, lintPackage, type RunScenario } from '../designer/lint/index.js';
import type { Finding } from '../engine/errors/index.js';
import { createPlayHost } from '../engine/play/scenario/index.js';
import { runOfFile } from './deployment/scenario.js';
import { CommandFailure } from './failure.js';

/**
 * Judges it; findings name files as they are seen from here.
 *
 * @param known - which of the processes that it calls there are elsewhere
 */
export async function lintFolder(
  folder: string,
  known: (processIds: readonly string[]) => Promise<readonly string[]>,
): Promise<readonly Finding[]> {
  const files = await readFolder(folder);
  const run: RunScenario = (scenario, file) =>
    runOfFile(scenario, join(folder, file), createPlayHost).catch((error: unknown) => {
      if (error instanceof CommandFailure) return null;
      throw error;
    });
  const findings = await lintPackage(basename(resolve(folder)), files, { known, run });
  return findings.map((one) => ({
    ...one,
    file: one.file === null ? folder : join(folder, one.file),
  }));
}

async function readFolder(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = entries
    .filter((entry) => entry.isFile() && isLinted(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/(^|\/)(\.|node_modules\/)/.test(path))
    .sort();
  const texts = paths.map(
    async (path) => [path, await readFile(join(folder, path), 'utf8')] as const,
  );
  return Object.fromEntries(await Promise.all(texts));
}
