/**
 * PGlite, PostgreSQL in WebAssembly, for an installation that has no database server.
 *
 * It runs in a thread of its own. Inside the caller's thread it works synchronously between promises: measured
 * with 150 transactions of 100 rows, no timer of the caller ran until all were done, 0.8 s later; opening blocks
 * for about 4 s. From the thread the same work reached the same rate (12,000 to 18,000 rows/s on 2 cores), and the
 * caller's event loop was never held for more than 12 ms. The package's own `worker` entry is for browsers
 * (it wants `BroadcastChannel` and web locks), hence this small one.
 *
 * Safe when the process is killed; not when the power fails, because PGlite never syncs its files.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type FolderLock, lockFolder } from './folder-lock.js';
import { WireStream } from './wire-stream.js';

/** A running PGlite. */
export interface Pglite {
  /** A connection as `pg` wants its socket; open one at a time. */
  readonly connect: () => WireStream;
  /** Shuts the database down, ends the thread, and gives the folder free. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the database in a folder (made when absent), or one in memory.
 *
 * Errors: `STORE_FOLDER_LOCKED`. Class: side effect.
 */
export async function openPglite(folder: string | null): Promise<Pglite> {
  if (folder === null) return start(null, null);
  await mkdir(folder, { recursive: true });
  const lock = await lockFolder(folder);
  return start(join(folder, 'pglite'), lock).catch((error: unknown) => {
    lock.release();
    throw error;
  });
}

async function start(folder: string | null, lock: FolderLock | null): Promise<Pglite> {
  const thread = new Worker(new URL('./thread.mjs', import.meta.url), {
    workerData: { folder },
    execArgv: [],
    name: 'pglite',
  });
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    thread.once('message', () => resolve());
    thread.once('error', reject);
  });
  thread.removeAllListeners('error');
  // The thread's end reaches every open connection as an error of its stream.
  thread.on('error', () => {});
  const close = async (): Promise<void> => {
    thread.postMessage('close');
    await ended;
    lock?.release();
  };
  let connections = 0;
  return { connect: () => new WireStream(thread, ++connections), close };
}
