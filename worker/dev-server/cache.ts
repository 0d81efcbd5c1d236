/**
 * The per-user cache that keeps the Temporal binary between runs, with its SHA-256 beside it.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Environment } from './environment.js';
import { CLI_VERSION } from './versions.js';

/**
 * The folder of the cached Temporal binary, by the custom of the platform.
 *
 * `XDG_CACHE_HOME` (when set), else `~/Library/Caches` on macOS, `%LOCALAPPDATA%` on Windows, `~/.cache` elsewhere;
 * without `HOME` the home folder of the user database. Class: side effect (reads the user database).
 */
export function cacheFolder(env: Environment, platform: NodeJS.Platform): string {
  return join(cacheRoot(env, platform), 'jornada', `temporal-${CLI_VERSION}`);
}

function cacheRoot(env: Environment, platform: NodeJS.Platform): string {
  if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME;
  const home = env.HOME || userInfo().homedir;
  if (platform === 'win32') return env.LOCALAPPDATA || join(home, 'AppData', 'Local');
  return platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
}

/** File name of the binary on a platform. Class: pure. */
export function binaryName(platform: NodeJS.Platform): string {
  return platform === 'win32' ? 'temporal.exe' : 'temporal';
}

/** The cached binary when it is there and matches its SHA-256, else null. Class: side effect. */
export async function cachedBinary(
  folder: string,
  platform: NodeJS.Platform,
): Promise<string | null> {
  const binary = join(folder, binaryName(platform));
  try {
    const [recorded] = (await readFile(`${binary}.sha256`, 'utf8')).split(' ');
    return recorded === (await sha256Of(binary)) ? binary : null;
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

/**
 * Copies a binary into the cache under a temporary name and renames it, so that no reader sees half a file.
 *
 * @returns path of the cached binary. Class: side effect.
 */
export async function keepInCache(
  binary: string,
  folder: string,
  platform: NodeJS.Platform,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const name = binaryName(platform);
  const target = join(folder, name);
  const draft = join(folder, `.${name}.${randomUUID()}`);
  await copyFile(binary, draft);
  await chmod(draft, 0o755);
  const sum = await sha256Of(draft);
  await rename(draft, target);
  await writeFile(`${target}.sha256`, `${sum}  ${name}\n`);
  return target;
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

function isAbsence(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
