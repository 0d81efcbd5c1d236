// Reading some four hundred TypeScript files one by one takes longer than most commands do, and four seconds of CPU
// time where a worker runs. So code is bundled once into the cache folder of node_modules, under a name that changes
// with the files it was made from. What a file finds beside itself it still finds: its place is written into it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const CACHE = join(ROOT, 'node_modules', '.cache', 'jornada');
const FOLDERS = [
  'activities',
  'api',
  'archive',
  'audit',
  'case-files',
  'cli',
  'contracts',
  'designer',
  'engine',
  'history',
  'registry',
  'reports',
  'store',
  'worker',
];

/** Packages with native code, threads or files of their own, and what is required in ways that no bundler sees. */
const EXTERNAL = [
  '@electric-sql/*',
  '@node-rs/*',
  '@temporalio/*',
  'esbuild',
  'mailparser',
  'nodemailer',
  'pg',
  'smtp-server',
  'tsx',
];

/** Lets packages of the older kind that are bundled require what Node brings. */
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

/** A name for the files as they are now: paths, sizes and times of change. */
const stamp = (folders) => {
  const hash = createHash('sha256').update(process.version);
  const add = (path) => {
    const { size, mtimeMs } = statSync(join(ROOT, path));
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  };
  add('package-lock.json');
  for (const folder of folders) {
    const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).sort();
    for (const name of names) if (/\.m?[tj]s$/.test(name)) add(join(folder, name));
  }
  return hash.digest('hex').slice(0, 16);
};

/** Writes into each file of ours where it is. */
const placed = {
  name: 'placed',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (path.includes(`${sep}node_modules${sep}`)) return undefined;
      const place = JSON.stringify(pathToFileURL(path).href);
      const text = await readFile(path, 'utf8');
      return { contents: text.replaceAll('import.meta.url', place), loader: 'ts' };
    });
  },
};

const build = async (entry, folder, external) => {
  const { build: bundle } = await import('esbuild');
  const draft = `${folder}.${process.pid}`;
  await bundle({
    entryPoints: { main: join(ROOT, entry) },
    outdir: draft,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: [...EXTERNAL, ...external],
    banner: { js: REQUIRE },
    logLevel: 'silent',
    plugins: [placed],
  });
  // Two commands may build at once: the first to rename wins, and both are right.
  try {
    renameSync(draft, folder);
  } catch {
    rmSync(draft, { recursive: true, force: true });
  }
};

const forgetOthers = (kind, kept) => {
  for (const name of readdirSync(CACHE)) {
    const isOld = name.startsWith(`${kind}-`) && !kept.startsWith(name) && !name.startsWith(kept);
    if (isOld) rmSync(join(CACHE, name), { recursive: true, force: true });
  }
};

/**
 * Bundles what a file needs, unless that was done before.
 *
 * @param kind - names the bundle
 * @param entry - the file, from the root of the project
 * @param more - `folders` whose files it may need beside those of the product; `external` packages that stay outside
 * @returns the folder of the bundle; its code begins in `main.mjs`
 */
export const bundleOf = async (kind, entry, { folders = [], external = [] } = {}) => {
  const name = `${kind}-${stamp([...FOLDERS, ...folders])}`;
  const folder = join(CACHE, name);
  if (!existsSync(folder)) {
    mkdirSync(CACHE, { recursive: true });
    await build(entry, folder, external);
    forgetOthers(kind, name);
  }
  return folder;
};

/** The bundled command line; null where it cannot be made, e.g. in a read-only folder. */
export const bundledMain = async () => {
  try {
    const folder = await bundleOf('cli', 'cli/main.ts');
    return await import(pathToFileURL(join(folder, 'main.mjs')).href);
  } catch {
    return null;
  }
};
