/**
 * Builds the web app, unless that was done before, and prints the folder that holds it. It is a program of its own, so that
 * whoever needs it goes on meanwhile: `node web/build.js`.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const CACHE = join(ROOT, 'node_modules', '.cache', 'jornada');

/** Folders whose files the app may be made of. */
const FOLDERS = ['web', 'contracts', 'engine', 'reports'];

/** A name for what the files hold now: also the same where they were copied to. */
const stamp = () => {
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')));
  for (const folder of FOLDERS) {
    const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).sort();
    for (const name of names.filter((one) => /\.(?:[tj]sx?|css|html|svg|json)$/.test(one))) {
      hash.update(`${folder}/${name}\n`).update(readFileSync(join(ROOT, folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
};

const bundle = async (folder) => {
  const draft = `${folder}.${process.pid}`;
  // Whoever asks for it may be a test: what is built is the same.
  process.env.NODE_ENV = 'production';
  const { build } = await import('vite');
  const { webConfig } = await import('./vite.config.js');
  await build({ ...webConfig, logLevel: 'warn', build: { ...webConfig.build, outDir: draft } });
  await compress(join(draft, 'web'));
  // Two may build at once: the first to rename wins, and both are right.
  try {
    renameSync(draft, folder);
  } catch {
    rmSync(draft, { recursive: true, force: true });
  }
};

/** Beside each file its compressed form, made once and not at each request. */
const compress = async (folder) => {
  for (const name of readdirSync(folder).filter((one) => /\.(?:js|css|svg|json)$/.test(one))) {
    const file = join(folder, name);
    await writeFile(`${file}.gz`, gzipSync(await readFile(file), { level: 9 }));
  }
};

const forgetOthers = (kept) => {
  for (const name of readdirSync(CACHE)) {
    if (name.startsWith('web-') && !name.startsWith(kept)) {
      rmSync(join(CACHE, name), { recursive: true, force: true });
    }
  }
};

/** @returns the folder with `index.html`, and `web/` beside it */
export const builtWeb = async () => {
  const name = `web-${stamp()}`;
  const folder = join(CACHE, name);
  if (!existsSync(folder)) {
    mkdirSync(CACHE, { recursive: true });
    await bundle(folder);
    forgetOthers(name);
  }
  return folder;
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(`${await builtWeb()}\n`);
}
