/** A real PostgreSQL for tests: one that is given, or one of our own in a folder that goes away. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  chownSync,
  constants,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pg from 'pg';
import type { Environment, Talk } from '../../worker/dev-server/environment.js';
import { failure } from '../../worker/dev-server/failure.js';
import { freePort } from '../../worker/dev-server/port.js';
import { pause } from '../../worker/dev-server/process-identity.js';

/** A running PostgreSQL; `url` names a database whose user may do everything in it. */
export interface TestPostgres {
  readonly url: string;
  /** Ends it and removes its folder; a given database is left as it is. */
  readonly stop: () => Promise<void>;
}

const READY_WITHIN_MS = 30_000;

/**
 * Obtains a PostgreSQL: `DATABASE_URL_TEST`, else the newest installed binaries, else (Debian, as root) apt-get.
 *
 * The server of ours listens on 127.0.0.1 only, trusts everyone, and does not sync its files.
 * @param packaged - folder where Debian keeps its versions
 * Errors: `POSTGRES_MISSING`, `POSTGRES_NOT_READY`. Class: side effect.
 */
export async function obtainPostgres(
  env: Environment,
  talk: Talk,
  packaged = '/usr/lib/postgresql',
): Promise<TestPostgres> {
  const given = env.DATABASE_URL_TEST;
  if (given) {
    talk('postgres: DATABASE_URL_TEST');
    return { url: given, stop: async () => {} };
  }
  const binaries = findBinaries(env, packaged) ?? installWithApt(env, talk, packaged);
  talk(`postgres: ${binaries}`);
  return startPostgres(binaries);
}

/** Folder with `initdb` and `postgres`: of the path, else the newest of Debian's. */
function findBinaries(env: Environment, packaged: string): string | null {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return [...folders, ...debianFolders(packaged)].find(hasBoth) ?? null;
}

function debianFolders(root: string): readonly string[] {
  try {
    const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
    return versions.map((version) => join(root, version, 'bin'));
  } catch {
    return [];
  }
}

function hasBoth(folder: string): boolean {
  try {
    for (const name of ['initdb', 'postgres']) accessSync(join(folder, name), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function installWithApt(env: Environment, talk: Talk, packaged: string): string {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || spawnSync('apt-get', ['--version'], { env: { ...env } }).status !== 0) {
    const detail = 'none on the path or in /usr/lib/postgresql; apt-get needs Debian and root';
    throw failure('POSTGRES_MISSING', { detail });
  }
  talk('postgres: installing the Debian package, about 1 minute');
  const quiet = { stdio: 'ignore', env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  spawnSync('apt-get', ['update'], quiet);
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'postgresql'], quiet);
  const found = findBinaries(env, packaged);
  if (found) return found;
  throw failure('POSTGRES_MISSING', { detail: 'apt-get install postgresql did not bring it' });
}

async function startPostgres(binaries: string): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'jornada-test-postgres-'));
  const owner = unprivileged();
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const data = join(folder, 'data');
    initialise(join(binaries, 'initdb'), data, owner);
    const port = await freePort();
    const server = launch(join(binaries, 'postgres'), folder, data, port, owner);
    const stop = (): Promise<void> => end(server).finally(remove);
    const url = `postgres://jornada@127.0.0.1:${port}/postgres`;
    await untilReady(url, server, join(folder, 'postgres.log')).catch(async (error: unknown) => {
      await end(server);
      throw error;
    });
    return { url, stop };
  } catch (error) {
    remove();
    throw error;
  }
}

/** PostgreSQL refuses root: the user `postgres` runs it, or `nobody` where that does not exist. */
function unprivileged(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    const uid = Number(spawnSync('id', ['-u', name]).stdout.toString().trim());
    const gid = Number(spawnSync('id', ['-g', name]).stdout.toString().trim());
    if (uid > 0) return { uid, gid };
  }
  return null;
}

function initialise(initdb: string, data: string, owner: object | null): void {
  const args = [
    '-D',
    data,
    '-U',
    'jornada',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
  ];
  const { status, stderr } = spawnSync(initdb, args, { cwd: '/', ...owner });
  if (status === 0) return;
  throw failure('POSTGRES_MISSING', { detail: `initdb failed: ${String(stderr).trim()}` });
}

function launch(
  postgres: string,
  folder: string,
  data: string,
  port: number,
  owner: object | null,
): ChildProcess {
  const settings = ['fsync=off', 'full_page_writes=off', 'max_connections=200'];
  const log = openSync(join(folder, 'postgres.log'), 'a');
  return spawn(
    postgres,
    ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder].concat(
      settings.flatMap((setting) => ['-c', setting]),
    ),
    { cwd: '/', stdio: ['ignore', log, log], ...owner },
  );
}

async function untilReady(url: string, server: ChildProcess, log: string): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  for (;;) {
    const refusal = await whyNotReady(url);
    if (refusal === null) return;
    const ended = server.exitCode !== null || server.signalCode !== null;
    if (ended || performance.now() > deadline) {
      const detail = ended ? 'it ended at once' : refusal;
      throw failure('POSTGRES_NOT_READY', { detail, log });
    }
    await pause(50);
  }
}

async function whyNotReady(url: string): Promise<string | null> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await client.end().catch(() => {});
  }
}

/** SIGINT is PostgreSQL's fast shutdown: it ends sessions and leaves a clean folder. */
function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    server.kill('SIGINT');
  });
}
