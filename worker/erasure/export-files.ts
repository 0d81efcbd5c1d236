/** Files of exports: what lies in their folder, or one folder deeper, under a name that holds an id. Class: side effect. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportFiles } from '../../activities/erasure/ports.js';

/** A folder that is not there holds nothing. */
export function exportFiles(folder: string): ExportFiles {
  return {
    find: async (ids) => {
      const names = await readdir(folder, { recursive: true }).catch(absent);
      const fitting = names.filter((name) => ids.some((id) => name.includes(id)));
      // The folder of an export goes as a whole: what lies within needs no path of its own.
      const top = fitting.filter((name) => !fitting.some((one) => name.startsWith(`${one}/`)));
      return top.sort().map((name) => join(folder, name));
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
