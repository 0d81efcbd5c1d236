/** Each way to get a Temporal server, alone, and none of them. Programs are scripts in folders of the test. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cacheFolder, keepInCache } from '../../worker/dev-server/cache.js';
import type { Environment } from '../../worker/dev-server/environment.js';
import {
  type ResolveOptions,
  resolveTemporal,
  type TemporalSource,
} from '../../worker/dev-server/resolve.js';
import { run } from '../../worker/dev-server/run.js';

let folder: string;
let talk: string[];
/** Only the folder's own programs and cache; the refused proxy keeps the download off the network. */
let env: Environment;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jornada-resolve-test-'));
  mkdirSync(join(folder, 'bin'));
  talk = [];
  env = {
    PATH: join(folder, 'bin'),
    HOME: folder,
    XDG_CACHE_HOME: join(folder, 'cache'),
    HTTPS_PROXY: 'http://127.0.0.1:1',
  };
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function resolve(options: Partial<ResolveOptions> = {}): Promise<TemporalSource> {
  const log = (line: string): void => {
    talk.push(line);
  };
  return resolveTemporal({ env, talk: log, allowDownload: false, ...options });
}

/** Writes a program into `bin`, or elsewhere. */
function program(name: string, body: string, where = join(folder, 'bin')): string {
  const file = join(where, name);
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}

const reports = (server: string): string =>
  `echo 'temporal version 0.0.0-DEV (Server ${server}, UI 2.42.1)'`;

async function cached(server: string): Promise<string> {
  return keepInCache(program('built', reports(server), folder), cacheFolder(env, 'linux'), 'linux');
}

describe('resolveTemporal', () => {
  test('takes an address before anything else', async () => {
    program('temporal', reports('1.30.0'));
    env = { ...env, TEMPORAL_ADDRESS: 'temporal.example:7233' };
    expect(await resolve()).toEqual({ source: 'address', address: 'temporal.example:7233' });
  });

  test('takes a binary of the path, by the version of its server', async () => {
    const binary = program('temporal', reports('1.29.1'));
    expect(await resolve()).toEqual({ source: 'path', binary, serverVersion: '1.29.1' });
    expect(talk).toEqual([`temporal: ${binary} (path), server 1.29.1`]);
  });

  test('passes over an old binary of the path and takes the cached one', async () => {
    program('temporal', reports('1.28.0'));
    const binary = await cached('1.29.1');
    expect(await resolve()).toEqual({ source: 'cache', binary, serverVersion: '1.29.1' });
  });

  test('takes the binary that a database file needs', async () => {
    program('temporal', reports('1.30.2'));
    const binary = await cached('1.29.1');
    expect(await resolve({ exactVersion: '1.29.1' })).toMatchObject({ source: 'cache', binary });
    expect(await resolve({ exactVersion: '1.30.2' })).toMatchObject({ source: 'path' });
  });

  test('does not take a cached binary that was changed', async () => {
    const binary = await cached('1.29.1');
    writeFileSync(binary, `#!/bin/sh\n${reports('1.29.1')}\n# changed\n`);
    await expect(resolve()).rejects.toMatchObject({ code: 'TEMPORAL_SERVER_MISSING' });
  });

  test('builds with Go when the download fails, and caches what it built', async () => {
    program(
      'go',
      `[ "$1" = env ] && { echo go1.25.1; exit 0; }
[ "$3" = github.com/temporalio/cli/cmd/temporal@v1.5.1 ] || exit 9
printf '%s\\n' '#!/bin/sh' "${reports('1.29.1')}" > "$GOBIN/temporal"
/bin/chmod +x "$GOBIN/temporal"`,
    );
    const built = await resolve({ allowDownload: true });
    const binary = join(cacheFolder(env, process.platform), 'temporal');
    expect(built).toEqual({ source: 'go', binary, serverVersion: '1.29.1' });
    expect(readFileSync(`${binary}.sha256`, 'utf8')).toMatch(/^[0-9a-f]{64} {2}temporal\n$/);
    expect(talk.join('\n')).toContain('--no-download');
    expect(await resolve()).toEqual({ source: 'cache', binary, serverVersion: '1.29.1' });
  });

  test('does not build with an old Go', async () => {
    program('go', 'echo go1.24.9');
    await expect(resolve({ allowDownload: true })).rejects.toMatchObject({
      message: expect.stringContaining('Go 1.24.9 is older than 1.25'),
    });
  });

  test('tells why a download and a build failed', async () => {
    program('go', '[ "$1" = env ] && { echo go1.26.0; exit 0; }; echo no network >&2; exit 1');
    await expect(resolve({ allowDownload: true })).rejects.toMatchObject({
      message: expect.stringMatching(/download: .*temporal\.download.*\n {2}go: .*no network/s),
    });
  });

  test('fetches nothing when that is refused', async () => {
    const mark = join(folder, 'built-anyway');
    program('go', `echo go1.25.1; : > ${mark}`);
    await expect(resolve()).rejects.toMatchObject({
      code: 'TEMPORAL_SERVER_MISSING',
      message: expect.stringContaining('go: refused by --no-download'),
    });
    expect(existsSync(mark)).toBe(false);
  });

  test('lists every way out when there is none', async () => {
    const failed = resolve();
    await expect(failed).rejects.toMatchObject({ code: 'TEMPORAL_SERVER_MISSING' });
    for (const way of ['TEMPORAL_ADDRESS', 'docs.temporal.io', 'go install', 'docker compose']) {
      await expect(failed).rejects.toThrow(way);
    }
  });
});

describe('run', () => {
  test('ends a program that takes too long, and keeps nothing waiting for one that is not there', async () => {
    const slow = program('slow', 'exec sleep 60');
    const before = performance.now();
    expect(await run(slow, [], { env: process.env, timeoutMs: 100 })).toEqual({
      code: null,
      output: '',
    });
    const script = `import { run } from ${JSON.stringify(join(import.meta.dirname, '../../worker/dev-server/run.ts'))};
await run('/nonexistent/program', [], { env: {}, timeoutMs: 60_000 });`;
    const file = join(folder, 'absent.mts');
    writeFileSync(file, script);
    const tsx = ['--import', 'tsx', file];
    const env = { PATH: process.env.PATH, HOME: folder };
    expect(await run(process.execPath, tsx, { env, timeoutMs: 20_000 })).toEqual({
      code: 0,
      output: '',
    });
    expect(performance.now() - before).toBeLessThan(20_000);
  });
});

describe('cacheFolder', () => {
  test.each([
    ['linux', { HOME: '/home/a' }, '/home/a/.cache/jornada/temporal-1.5.1'],
    ['linux', { HOME: '/home/a', XDG_CACHE_HOME: '/c' }, '/c/jornada/temporal-1.5.1'],
    ['darwin', { HOME: '/Users/a' }, '/Users/a/Library/Caches/jornada/temporal-1.5.1'],
    ['win32', { LOCALAPPDATA: '/local' }, '/local/jornada/temporal-1.5.1'],
  ] as const)('on %s with %o', (platform, variables, expected) => {
    expect(cacheFolder(variables, platform)).toBe(expected);
  });

  test('works without a home in the environment', () => {
    expect(cacheFolder({}, 'linux')).toMatch(/^\/.*\/\.cache\/jornada\//);
    expect(cacheFolder({ HOME: '' }, 'linux')).toMatch(/^\/.*\/\.cache\/jornada\//);
  });
});
