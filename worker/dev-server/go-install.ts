import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binaryName, keepInCache } from './cache.js';
import type { Environment, Talk } from './environment.js';
import { run } from './run.js';
import { CLI_VERSION, isAtLeast } from './versions.js';

/** What is built; versions from 1.6 on cannot be installed this way (their `go.mod` replaces a module). */
export const GO_PACKAGE = `github.com/temporalio/cli/cmd/temporal@v${CLI_VERSION}`;

const MINIMUM_GO = '1.25';
const BUILD_TIMEOUT_MS = 30 * 60_000;
const PROGRESS_EVERY_MS = 10_000;

/** Outcome of one way to get a binary: its path, or why it gave none. */
export type Obtained = { readonly binary: string } | { readonly reason: string };

/**
 * Builds the Temporal command line with the Go tool on the path and keeps it in the cache.
 *
 * Takes about 5 minutes on 2 cores the first time; says so before and every 10 s. Class: side effect.
 */
export async function goInstall(
  env: Environment,
  platform: NodeJS.Platform,
  cache: string,
  talk: Talk,
): Promise<Obtained> {
  const go = await findGo(env);
  if ('reason' in go) return go;
  talk(
    `temporal: building ${GO_PACKAGE} with Go, about 5 minutes the first time; --no-download refuses`,
  );
  const target = await mkdtemp(join(tmpdir(), 'jornada-go-'));
  try {
    return await build(go.program, target, env, platform, cache, talk);
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}

/** The Go tool of the path; without one, the one where Go's own installer puts it. */
async function findGo(
  env: Environment,
): Promise<{ readonly program: string } | { readonly reason: string }> {
  for (const program of ['go', '/usr/local/go/bin/go']) {
    const { code, output } = await run(program, ['env', 'GOVERSION'], { env, timeoutMs: 30_000 });
    if (code === null) continue;
    const version = output.trim().replace(/^go/, '');
    if (code === 0 && isAtLeast(version, MINIMUM_GO)) return { program };
    return { reason: `Go ${version} is older than ${MINIMUM_GO}, or does not work` };
  }
  return { reason: "no 'go' on the path or in /usr/local/go/bin" };
}

async function build(
  program: string,
  target: string,
  env: Environment,
  platform: NodeJS.Platform,
  cache: string,
  talk: Talk,
): Promise<Obtained> {
  const startedAt = performance.now();
  let packages = 0;
  const progress = setInterval(() => {
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    talk(`temporal: building, ${packages} packages and downloads, ${seconds} s`);
  }, PROGRESS_EVERY_MS);
  const { code, output } = await run(program, ['install', '-v', GO_PACKAGE], {
    env: { ...goFolders(env, target), ...env, GOBIN: target },
    timeoutMs: BUILD_TIMEOUT_MS,
    onLine: () => {
      packages += 1;
    },
  }).finally(() => clearInterval(progress));
  if (code !== 0) return { reason: `go install ended with ${code}: ${output.trim().slice(-500)}` };
  return { binary: await keepInCache(join(target, binaryName(platform)), cache, platform) };
}

/** Go refuses to work without these when there is no home folder to derive them from. */
function goFolders(env: Environment, target: string): Environment {
  if (env.HOME || env.USERPROFILE) return {};
  return { GOPATH: join(target, 'path'), GOCACHE: join(target, 'cache'), GOFLAGS: '-modcacherw' };
}
