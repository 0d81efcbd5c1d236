import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keepInCache } from './cache.js';
import type { Environment, Talk } from './environment.js';
import type { Obtained } from './go-install.js';
import { run } from './run.js';
import { CLI_VERSION } from './versions.js';

const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;

/**
 * Downloads the Temporal command line from temporal.download by the SDK's own downloader and keeps it in the cache.
 *
 * Class: side effect. Source: @temporalio/worker, `Runtime.createEphemeralServer`.
 */
export async function sdkDownload(
  env: Environment,
  platform: NodeJS.Platform,
  cache: string,
  talk: Talk,
): Promise<Obtained> {
  talk(
    `temporal: downloading ${CLI_VERSION} from temporal.download, about 75 MB; --no-download refuses`,
  );
  const folder = await mkdtemp(join(tmpdir(), 'jornada-download-'));
  try {
    const script = fileURLToPath(new URL('./sdk-download.mjs', import.meta.url));
    const { code, output } = await run(process.execPath, [script, `v${CLI_VERSION}`, folder], {
      env,
      timeoutMs: DOWNLOAD_TIMEOUT_MS,
    });
    const found = (await readdir(folder)).find((name) => name.startsWith('temporal'));
    if (code !== 0 || !found) return { reason: lastLineOf(output) };
    return { binary: await keepInCache(join(folder, found), cache, platform) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function lastLineOf(output: string): string {
  const line = output.split('\n').find((text) => /error/i.test(text)) ?? output;
  return line.trim().slice(-300) || 'the download ended without a word';
}
