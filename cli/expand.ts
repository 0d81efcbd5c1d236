/**
 * Files, folders and patterns → files. A folder stands for all fitting files below it; a pattern knows `*`,
 * `?` and `**`. Class: side effect (reads folders).
 */
import { readdir, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** The files that an argument stands for, sorted; null when there is nothing of that name. */
export async function expand(
  argument: string,
  fits: (path: string) => boolean,
): Promise<readonly string[] | null> {
  const found = await stat(argument).catch(() => null);
  if (found?.isDirectory()) return (await filesBelow(argument)).filter(fits);
  if (found) return [argument];
  if (!/[*?]/.test(argument)) return null;
  const parts = argument.split(/[\\/]/);
  const fixed = parts
    .slice(
      0,
      parts.findIndex((part) => /[*?]/.test(part)),
    )
    .join(sep);
  const root = fixed === '' && !argument.startsWith('/') ? '.' : fixed || sep;
  const pattern = patternOf(argument);
  const files = (await filesBelow(root)).filter((path) => pattern.test(path.split(sep).join('/')));
  return files.length > 0 ? files : null;
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sorted = entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  const nested = await Promise.all(
    sorted.map((entry) => {
      const path = folder === '.' ? entry.name : join(folder, entry.name);
      if (entry.isFile()) return [path];
      const isHidden = entry.name.startsWith('.') || entry.name === 'node_modules';
      return entry.isDirectory() && !isHidden ? filesBelow(path) : [];
    }),
  );
  return nested.flat();
}

function patternOf(glob: string): RegExp {
  const source = glob
    .split(/[\\/]/)
    .filter((part) => part !== '.')
    .join('/')
    .replace(/[.+^${}()|[\]]/g, '\\$&')
    .replace(/\*\*\/|\*\*|\*|\?/g, (token) => GLOB[token] ?? token);
  return new RegExp(`^${source}$`);
}

const GLOB: Readonly<Record<string, string>> = {
  '**/': '(?:.*/)?',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
};
