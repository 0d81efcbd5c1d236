/** Files of exports: each export has a folder of its id, and all that is in it. Class: side effect. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportFiles } from '../../activities/erasure/ports.js';

/** Names are matched whole: an id that is part of another one finds nothing. A folder that is not there holds nothing. */
export function exportFiles(folder: string): ExportFiles {
  return {
    find: async (exportIds) => {
      const wanted = new Set(exportIds);
      const names = await readdir(folder).catch(absent);
      const found = names.filter((name) => wanted.has(name));
      return found.sort().map((name) => join(folder, name));
    },
    remove: async (paths) => {
      for (const path of paths) await rm(path, { recursive: true, force: true });
    },
  };
}

function absent(error: unknown): readonly string[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
  throw error;
}
