/**
 * The workflow bundle: built from the sources once and kept under the hash of what went in, so that a second start is
 * quick and never stale. Class: side effect.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { failure } from './dev-server/failure.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What the bundle is made of, in the order in which it is hashed. */
const PARTS = [
  'workflows',
  'contracts',
  'engine/model',
  'engine/correlation',
  'engine/errors',
  'worker/encryption/failure-converter.cjs',
  'package-lock.json',
];

/** The code of all workflows. */
export interface Bundle {
  readonly code: string;
  readonly hash: string;
}

/**
 * Builds the bundle, or reads the one that was built before from the same sources.
 *
 * @param folder - where bundles are kept; null builds each time
 * Errors: `BUNDLE_FAILED`.
 */
export async function loadBundle(folder: string | null): Promise<Bundle> {
  const hash = await hashSources();
  if (folder === null) return { hash, code: await build() };
  const file = join(folder, `workflows-${hash.slice(0, 32)}.js`);
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null) return { hash, code: kept };
  const code = await build();
  await mkdir(folder, { recursive: true });
  const fresh = `${file}.${randomUUID()}`;
  await writeFile(fresh, code);
  await rename(fresh, file);
  return { hash, code };
}

/** @param workflowsPath - the file whose exports are the workflows. Errors: `BUNDLE_FAILED`. @internal */
export async function build(
  workflowsPath: string = join(ROOT, 'workflows', 'index.ts'),
): Promise<string> {
  try {
    const { code } = await bundleWorkflowCode({
      workflowsPath,
      failureConverterPath: join(ROOT, 'worker', 'encryption', 'failure-converter.cjs'),
      logger: new DefaultLogger('ERROR'),
    });
    return code;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw failure('BUNDLE_FAILED', { detail });
  }
}

async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const part of PARTS) {
    for (const file of await filesOf(join(ROOT, part))) {
      hash.update(`${file.slice(ROOT.length)}\n`).update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

async function filesOf(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => null);
  if (entries === null) return [path];
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => join(entry.parentPath, entry.name)).sort();
}
