/**
 * Finds a Temporal server to use: an address, a binary of the path or of our cache, a download, a build.
 */
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { binaryName, cachedBinary, cacheFolder } from './cache.js';
import type { Environment, Talk } from './environment.js';
import { failure } from './failure.js';
import { GO_PACKAGE, goInstall, type Obtained } from './go-install.js';
import { run } from './run.js';
import { sdkDownload } from './sdk-download.js';
import { CLI_VERSION, isAtLeast, parseServerVersion, SERVER_VERSION } from './versions.js';

/** A server that runs elsewhere, or a binary to start one with. */
export type TemporalSource =
  | { readonly source: 'address'; readonly address: string }
  | TemporalBinary;

/** A binary that starts a development server. */
export interface TemporalBinary {
  readonly source: 'path' | 'cache' | 'download' | 'go';
  readonly binary: string;
  readonly serverVersion: string;
}

/** What the search depends on; everything of the machine is handed in. */
export interface ResolveOptions {
  readonly env: Environment;
  readonly platform?: NodeJS.Platform;
  readonly allowDownload?: boolean;
  /** Exact server version that is needed, because a database file is of it. */
  readonly exactVersion?: string | null;
  readonly talk?: Talk;
}

/**
 * Finds the Temporal server by the fixed order: `TEMPORAL_ADDRESS`, then as `resolveBinary`.
 *
 * Errors: `TEMPORAL_SERVER_MISSING`. Class: side effect.
 */
export async function resolveTemporal(options: ResolveOptions): Promise<TemporalSource> {
  const address = options.env.TEMPORAL_ADDRESS;
  if (!address) return resolveBinary(options);
  options.talk?.(`temporal: ${address} (TEMPORAL_ADDRESS)`);
  return { source: 'address', address };
}

/**
 * Finds a binary: the path (server 1.29.1 or newer), the per-user cache, the SDK's download, `go install`.
 *
 * Says in one line which source was taken. Errors: `TEMPORAL_SERVER_MISSING` names what was tried and why it gave
 * nothing. Class: side effect (may download or build, unless `allowDownload` is false).
 */
export async function resolveBinary(options: ResolveOptions): Promise<TemporalBinary> {
  const { talk = () => {} } = options;
  const cache = cacheFolder(options.env, options.platform ?? process.platform);
  const tried: string[] = [];
  for (const [source, obtain] of waysOf(options, cache, talk)) {
    const found = await checked(await obtain(), options);
    if ('serverVersion' in found) {
      talk(`temporal: ${found.binary} (${source}), server ${found.serverVersion}`);
      return { source, ...found };
    }
    tried.push(`  ${source}: ${found.reason}`);
  }
  throw failure('TEMPORAL_SERVER_MISSING', { tried: tried.join('\n'), ways: waysOut(cache) });
}

function waysOf(
  options: ResolveOptions,
  cache: string,
  talk: Talk,
): readonly [TemporalBinary['source'], () => Promise<Obtained>][] {
  const { env, platform = process.platform } = options;
  const no = whyNotFetch(options);
  const refused = async (reason: string): Promise<Obtained> => ({ reason });
  return [
    ['path', () => fromPath(env, platform)],
    ['cache', () => fromCache(cache, platform)],
    ['download', () => (no ? refused(no) : sdkDownload(env, platform, cache, talk))],
    ['go', () => (no ? refused(no) : goInstall(env, platform, cache, talk))],
  ];
}

function whyNotFetch({ allowDownload = true, exactVersion = null }: ResolveOptions): string | null {
  if (!allowDownload) return 'refused by --no-download';
  const fits = exactVersion === null || exactVersion === SERVER_VERSION;
  return fits ? null : `would give server ${SERVER_VERSION}, not ${exactVersion}`;
}

async function fromPath(env: Environment, platform: NodeJS.Platform): Promise<Obtained> {
  for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
    const binary = join(folder, binaryName(platform));
    if (await isExecutable(binary)) return { binary };
  }
  return { reason: `no '${binaryName(platform)}' on the path` };
}

async function fromCache(cache: string, platform: NodeJS.Platform): Promise<Obtained> {
  const binary = await cachedBinary(cache, platform);
  return binary ? { binary } : { reason: `nothing whole in ${cache}` };
}

async function checked(
  obtained: Obtained,
  { env, exactVersion = null }: ResolveOptions,
): Promise<{ binary: string; serverVersion: string } | { reason: string }> {
  if ('reason' in obtained) return obtained;
  const { output } = await run(obtained.binary, ['--version'], { env, timeoutMs: 30_000 });
  const serverVersion = parseServerVersion(output);
  if (!serverVersion) return { reason: `${obtained.binary} does not tell its server version` };
  const fits = exactVersion
    ? serverVersion === exactVersion
    : isAtLeast(serverVersion, SERVER_VERSION);
  if (fits) return { binary: obtained.binary, serverVersion };
  const wanted = exactVersion ?? `${SERVER_VERSION} or newer`;
  return { reason: `${obtained.binary} is server ${serverVersion}, not ${wanted}` };
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function waysOut(cache: string): string {
  return [
    '  set TEMPORAL_ADDRESS=host:port to use a server that runs already',
    `  install the Temporal CLI (server ${SERVER_VERSION} or newer) on the path: https://docs.temporal.io/cli`,
    `  with Go 1.25 or newer: GOBIN=${cache} go install ${GO_PACKAGE}, then put that folder on the path`,
    '  with Docker: docker compose -f temporal-docker/compose.dev.yaml up -d, and TEMPORAL_ADDRESS=127.0.0.1:7233',
    `  allow the download of version ${CLI_VERSION} (leave out --no-download) on a machine that reaches the internet`,
  ].join('\n');
}
