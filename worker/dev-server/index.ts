/**
 * The embedded Temporal: a development server that Jornada finds, starts, supervises and ends.
 *
 * Start: lock → version stamp → spawn → health, namespace → retention. A server that ends by itself is started again
 * on the same port and file. What ends it: `stop()`; our own end, even by SIGKILL (a watchdog of a few kilobytes waits
 * for our pipe to close; not on Windows); and, should both be killed at once, the next start on the same folder, which
 * finds the lock with the pid of a server of this boot.
 */
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DevServer, DevServerOptions } from './dev-server.js';
import { failure } from './failure.js';
import { type FolderLock, lockFolder } from './lock.js';
import { freePort, isPortFree } from './port.js';
import { resolveBinary, type TemporalBinary } from './resolve.js';
import { checkStamp, databaseFile, stampedVersion } from './stamp.js';
import { superviseServer } from './supervisor.js';

export type { DevServer, DevServerOptions, DevServerState } from './dev-server.js';
export type { Environment, Talk } from './environment.js';
export { InstallationFailure } from './failure.js';
export { checkAddress, ensureRetention, NAMESPACE } from './ready.js';
export {
  resolveBinary,
  resolveTemporal,
  type TemporalBinary,
  type TemporalSource,
} from './resolve.js';

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

/**
 * Starts a development server and resolves when it is ready.
 *
 * Errors: `TEMPORAL_SERVER_MISSING`, `TEMPORAL_FILE_LOCKED`, `TEMPORAL_FILE_VERSION`, `TEMPORAL_PORT_IN_USE`,
 * `TEMPORAL_NOT_READY`, `TEMPORAL_RETENTION`. Class: side effect. Source: docs.temporal.io, `temporal server start-dev`.
 */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  const { dataFolder } = options;
  if (dataFolder) mkdirSync(dataFolder, { recursive: true });
  const lock = dataFolder ? await lockFolder(dataFolder, options.log) : null;
  try {
    return await startLocked(options, lock);
  } catch (error) {
    lock?.release();
    throw error;
  }
}

async function startLocked(options: DevServerOptions, lock: FolderLock | null): Promise<DevServer> {
  const { dataFolder } = options;
  const found = options.binary ?? (await findBinary(options));
  if (dataFolder) checkStamp(dataFolder, found.serverVersion);
  const port = await choosePort(options.port);
  const logFolder = dataFolder ?? mkdtempSync(join(tmpdir(), 'jornada-temporal-'));
  const logFile = join(logFolder, 'temporal.log');
  const logDescriptor = openLog(logFile);
  const cleanUp = (): void => {
    closeSync(logDescriptor);
    if (!dataFolder) rmSync(logFolder, { recursive: true, force: true });
    lock?.release();
  };
  const supervised = await superviseServer({
    server: {
      binary: found.binary,
      port,
      folder: dataFolder,
      wal: options.wal ?? false,
      env: options.env,
      logDescriptor,
    },
    logFile,
    log: options.log,
    onSpawn: (pid) => lock?.recordServer(pid),
    onStopped: cleanUp,
  });
  return {
    ...supervised,
    port,
    serverVersion: found.serverVersion,
    databaseFile: dataFolder ? databaseFile(dataFolder) : null,
    logFile,
  };
}

/** A file of another version looks for its own binary first; without one the stamp check refuses. */
async function findBinary(options: DevServerOptions): Promise<TemporalBinary> {
  const stamped = options.dataFolder ? stampedVersion(options.dataFolder) : null;
  const search = {
    env: options.env,
    talk: options.log,
    allowDownload: options.allowDownload ?? true,
  };
  if (stamped === null || stamped === 'unknown') return resolveBinary(search);
  return resolveBinary({ ...search, exactVersion: stamped }).catch(() => resolveBinary(search));
}

async function choosePort(wanted: number | undefined): Promise<number> {
  if (wanted === undefined) return freePort();
  if (await isPortFree(wanted)) return wanted;
  throw failure('TEMPORAL_PORT_IN_USE', { port: wanted });
}

/** Appends; a log over 10 MiB is set aside first, so that at most two of them exist. */
function openLog(file: string): number {
  if (existsSync(file) && statSync(file).size > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a');
}
