/**
 * One process for one PGlite folder: PGlite has no lock of its own, and two processes lose each other's rows
 * without a word. A lock left behind by a process that is gone is taken over.
 */
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { storeFailure } from '../failure.js';
import { type Holder, isAlive, thisProcess } from './holder.js';

/** A lock that is held. */
export interface FolderLock {
  /** Gives the folder free; a second call does nothing. */
  readonly release: () => void;
}

interface LockRecord extends Holder {
  readonly token: string;
}

/** Long enough for a newcomer that read a stale lock to have moved ours away by mistake. */
const SETTLE_MS = 25;

/** Path of the lock file of a folder. Class: pure. */
export function lockFile(folder: string): string {
  return join(folder, 'pglite.lock');
}

/**
 * Takes the lock of a folder that exists.
 *
 * Errors: `STORE_FOLDER_LOCKED` with the pid of a living holder. Class: side effect.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const file = lockFile(folder);
  const mine: LockRecord = { ...thisProcess(), token: randomUUID() };
  while (!create(file, mine)) {
    const held = read(file);
    if (held && isAlive(held)) throw storeFailure('STORE_FOLDER_LOCKED', { folder, pid: held.pid });
    takeAway(file);
  }
  await setTimeout(SETTLE_MS);
  const holder = read(file);
  if (holder?.token !== mine.token) {
    throw storeFailure('STORE_FOLDER_LOCKED', { folder, pid: holder?.pid ?? 0 });
  }
  return { release: () => release(file, mine) };
}

/** The rename lets exactly one of several newcomers remove a stale lock; a fresh one is put back. */
function takeAway(file: string): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    return; // another newcomer was faster
  }
  const taken = read(aside);
  rmSync(aside, { force: true });
  if (taken && isAlive(taken)) create(file, taken);
}

/** A hard link appears at once and whole, and only where nothing is: like O_EXCL, but never seen half written. */
function create(file: string, record: LockRecord): boolean {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, `${JSON.stringify(record)}\n`, { flag: 'wx' });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function release(file: string, mine: LockRecord): void {
  if (read(file)?.token === mine.token) rmSync(file, { force: true });
}

function read(file: string): LockRecord | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LockRecord;
  } catch {
    return null;
  }
}
