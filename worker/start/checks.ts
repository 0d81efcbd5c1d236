/** What `jornada doctor` looks at. Nothing is changed, nothing is started. Class: side effect. */
import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, resolve } from 'node:path';
import process from 'node:process';
import { Connection } from '@temporalio/client';
import type { OperationOutput } from '../../contracts/control.js';
import { checkAddress, resolveBinary } from '../dev-server/index.js';
import { isPortFree } from '../dev-server/port.js';
import { holderOf } from './data-folder.js';
import { checkEnvironment, type Environment } from './environment.js';
import { startingOn } from './progress.js';

/** One thing that was looked at. */
export interface Check {
  readonly part: string;
  readonly state: 'well' | 'note' | 'bad';
  /** What was found; when it is bad, with the remedy. */
  readonly detail: string;
}

/** Where to look. */
export interface CheckOptions {
  readonly environment: Environment;
  readonly folder: string;
  /** What a running engine says of itself; null when none runs. */
  readonly status: OperationOutput<'status'> | null;
}

const MB = 1024 * 1024;
const ENOUGH_MB = 500;
const TEMPORAL_PORT = 7233;

/** Looks at everything. */
export async function checkMachine(options: CheckOptions): Promise<readonly Check[]> {
  const checks = await Promise.all([
    checkNode(),
    checkVariables(options),
    checkEngine(options),
    checkFolder(options),
    checkDisk(options),
    checkDatabase(options),
    checkTemporal(options),
    checkKeyring(options),
    checkPort(options),
    checkClock(options),
  ]);
  return checks.flat();
}

const well = (part: string, detail: string): Check => ({ part, state: 'well', detail });
const note = (part: string, detail: string): Check => ({ part, state: 'note', detail });
const bad = (part: string, detail: string): Check => ({ part, state: 'bad', detail });

function checkNode(): Check {
  const { node } = process.versions;
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const fits = (major > 20 || (major === 20 && minor >= 12)) && major < 26;
  const detail = `${node}, ${process.platform} ${process.arch}, ${availableParallelism()} cores`;
  return fits ? well('node', detail) : bad('node', `${detail}; install Node 20.12 to 25`);
}

async function checkVariables({ environment }: CheckOptions): Promise<Check> {
  const wrong = (await checkEnvironment(environment)).filter(({ fault }) => fault !== null);
  if (wrong.length === 0) return well('environment', 'every variable can be used');
  const names = wrong.map(({ name }) => name).join(', ');
  return bad('environment', `${names}; see: npx jornada doctor --env`);
}

async function checkEngine({ status, folder }: CheckOptions): Promise<Check> {
  if (status) {
    return well('engine', `runs as process ${status.pid} since ${status.startedAt}`);
  }
  const starting = startingOn(resolve(folder));
  if (starting) {
    const { pid, stage, seconds } = starting;
    return note('engine', `process ${pid} is starting: ${stage}, ${seconds} s so far; wait for it`);
  }
  const held = holderOf(resolve(folder));
  if (!held) return note('engine', 'does not run; start it with: npm start');
  return bad(
    'engine',
    `process ${held.owner.pid} holds the data folder and does not answer; end it`,
  );
}

async function checkFolder({ folder }: CheckOptions): Promise<Check> {
  const path = resolve(folder);
  const found = await stat(path).catch(() => null);
  if (found && !found.isDirectory())
    return bad('data folder', `${path} is no folder; choose another`);
  const place = found ? path : await nearest(path);
  const canWrite = await access(place, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!canWrite) return bad('data folder', `${place} cannot be written to; choose another`);
  const isOpen = found !== null && process.platform !== 'win32' && (found.mode & 0o077) !== 0;
  if (isOpen) return bad('data folder', `${path} is open to others; do: chmod 700 ${path}`);
  return well('data folder', found ? path : `${path} (made at the first start)`);
}

async function nearest(path: string): Promise<string> {
  for (let at = dirname(path); ; at = dirname(at)) {
    if ((await stat(at).catch(() => null)) !== null || at === dirname(at)) return at;
  }
}

async function checkDisk({ folder }: CheckOptions): Promise<Check> {
  const path = resolve(folder);
  const place = (await stat(path).catch(() => null)) ? path : await nearest(path);
  const { bavail, bsize } = await statfs(place);
  const free = Math.floor((bavail * bsize) / MB);
  const detail = `${free} MB free at ${place}`;
  return free >= ENOUGH_MB
    ? well('disk', detail)
    : bad('disk', `${detail}; make ${ENOUGH_MB} MB free`);
}

async function checkDatabase({ status, environment }: CheckOptions): Promise<Check> {
  if (status) return fromHealth('database', status.database);
  if (environment.DATABASE_URL)
    return note('database', 'DATABASE_URL; it is looked at when the engine runs');
  return note('database', 'PGlite; it is looked at when the engine runs');
}

async function checkTemporal({ status, environment }: CheckOptions): Promise<Check> {
  if (status) return fromHealth('temporal', status.temporal);
  const { TEMPORAL_ADDRESS: address } = environment;
  try {
    if (address) {
      const connection = Connection.lazy({ address });
      const version = await checkAddress(address, connection).finally(() => connection.close());
      return well('temporal', `server ${version} at ${address}`);
    }
    const found = await resolveBinary({ env: environment, allowDownload: false });
    return well('temporal', `${found.binary} (${found.source}), server ${found.serverVersion}`);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    if (address) return bad('temporal', detail);
    return note('temporal', 'no server here yet; the first start fetches one');
  }
}

async function checkKeyring({ status }: CheckOptions): Promise<Check> {
  if (status) return fromHealth('keyring', status.keyring);
  return note('keyring', 'it is looked at when the engine runs');
}

function fromHealth(
  part: string,
  { isWell, detail }: { readonly isWell: boolean; readonly detail: string },
): Check {
  return isWell ? well(part, detail) : bad(part, detail);
}

async function checkPort({ status, environment }: CheckOptions): Promise<Check> {
  if (status || environment.TEMPORAL_ADDRESS) return well('ports', 'none is needed');
  if (await isPortFree(TEMPORAL_PORT))
    return well('ports', `${TEMPORAL_PORT} is free for Temporal`);
  return note('ports', `${TEMPORAL_PORT} is in use; the next start takes another`);
}

/** Timers are instants: a clock behind what was written already would hold them back. */
async function checkClock({ folder }: CheckOptions): Promise<Check> {
  const now = Date.now();
  const marker = await stat(resolve(folder)).catch(() => null);
  const shown = new Date(now).toISOString();
  if (marker && marker.mtimeMs > now + 1000) {
    return bad('clock', `${shown} is before the last write to the data folder; set the clock`);
  }
  return well('clock', `${shown}; not before what was written last`);
}
