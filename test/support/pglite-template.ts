/**
 * An empty database of PGlite, made once and copied after that: making one takes eight seconds of CPU time, and every test
 * of a folder wants one. `jornada start` and the store in memory are tested with one that is made.
 */
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openPglite } from '../../store/pglite/index.js';

const CACHE = resolve('node_modules/.cache/jornada');

/** Makes the data of an empty database in a folder that is there. */
export async function putEmptyDatabase(folder: string): Promise<void> {
  await cp(await template(), folder, { recursive: true });
}

async function template(): Promise<string> {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const place = join(CACHE, `pglite-${dependencies['@electric-sql/pglite']}`);
  if (existsSync(place)) return place;
  await mkdir(CACHE, { recursive: true });
  const draft = await mkdtemp(`${place}.`);
  const made = await openPglite(draft);
  await made.close();
  // Whoever comes second finds the place taken, by the same.
  await rename(draft, place).catch(() => rm(draft, { recursive: true, force: true }));
  return place;
}
