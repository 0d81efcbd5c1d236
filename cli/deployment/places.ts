/**
 * What people write for a place: a path, a pattern, or the name of a package under `definitions/` of this folder or one
 * above. Class: side effect (looks at folders). Errors: `PLACE_MISSING`.
 */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { type Fault, fault } from '../../engine/errors/index.js';

/** The folder of the package of this name, as seen from here; null when there is none. */
export function packageFolder(name: string, from = '.'): string | null {
  return /^\w[\w-]*$/.test(name) ? above(from, join('definitions', name)) : null;
}

/** A path below a folder, or below one above it; as seen from here. */
function above(from: string, path: string): string | null {
  for (let at = resolve(from); ; at = dirname(at)) {
    const found = join(at, path);
    if (existsSync(found)) return relative('', found) || '.';
    if (at === dirname(at)) return null;
  }
}

/** What an argument stands for: itself where there is such a file or folder, else the folder of a package. */
export function placeOf(argument: string): string {
  return existsSync(argument) ? argument : (packageFolder(argument) ?? argument);
}

/** That there is nothing of this name, and which packages there are. */
export function missingPlace(place: string): Fault {
  const folder = above('.', 'definitions');
  const entries = folder === null ? [] : readdirSync(folder, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  const names = folders.map(({ name }) => name).sort();
  const packages =
    names.length > 0 ? `packages here are ${names.join(', ')}` : 'there is no package here';
  return fault('PLACE_MISSING', { place, packages });
}
