// Most commands are short, and reading some two hundred TypeScript files one by one takes longer than what
// they do. So their code is bundled once into the cache folder of node_modules, under a name that changes with
// the files it was made from. Commands that run a worker need the sources where they are and go without.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const CACHE = join(ROOT, 'node_modules', '.cache', 'jornada');
const FOLDERS = ['cli', 'contracts', 'engine', 'registry', 'store', 'worker'];

/** Modules that find files beside them, or start threads: never part of a bundle. */
const RUN_FROM_SOURCE =
  /\/(commands\/(start|bench|doctor)|worker\/scenario-host\/index|worker\/start\/index)\.js$/;

/** A name for the sources as they are now: paths, sizes and times of change. */
const stamp = () => {
  const hash = createHash('sha256').update(process.version);
  for (const folder of FOLDERS) {
    const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).sort();
    for (const name of names.filter((one) => /\.m?[tj]s$/.test(one))) {
      const { size, mtimeMs } = statSync(join(ROOT, folder, name));
      hash.update(`${folder}/${name} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex').slice(0, 16);
};

const build = async (folder) => {
  const { build: bundle } = await import('esbuild');
  const draft = `${folder}.${process.pid}`;
  await bundle({
    entryPoints: [join(ROOT, 'cli', 'main.ts')],
    outdir: draft,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
    plugins: [
      {
        name: 'run-from-source',
        setup: ({ onResolve }) => {
          onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
            const whole = join(resolveDir, path).split(sep).join('/');
            return RUN_FROM_SOURCE.test(whole) ? { path: whole, external: true } : undefined;
          });
          // Node would want an import attribute for them.
          onResolve({ filter: /^[^.].*\.json$/ }, ({ path }) => ({
            path: fileURLToPath(import.meta.resolve(path)),
          }));
        },
      },
    ],
  });
  // Two commands may build at once: the first to rename wins, and both are right.
  try {
    renameSync(draft, folder);
  } catch {
    rmSync(draft, { recursive: true, force: true });
  }
};

const forgetOthers = (kept) => {
  for (const name of readdirSync(CACHE)) {
    const isOld = name.startsWith('cli-') && !kept.startsWith(name) && !name.startsWith(kept);
    if (isOld) rmSync(join(CACHE, name), { recursive: true, force: true });
  }
};

/** The bundled command line; null where it cannot be made, e.g. in a read-only folder. */
export const bundledMain = async () => {
  try {
    const name = `cli-${stamp()}`;
    const folder = join(CACHE, name);
    if (!existsSync(folder)) {
      mkdirSync(CACHE, { recursive: true });
      await build(folder);
      forgetOthers(name);
    }
    return await import(pathToFileURL(join(folder, 'main.mjs')).href);
  } catch {
    return null;
  }
};
