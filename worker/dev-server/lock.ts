/**
 * One development server for one database file: the lock beside it names the supervisor and its server.
 *
 * A supervisor that was killed leaves its lock behind. The next one takes it over, and first ends the server that
 * the lock names, should that still run: two servers on one file destroy it.
 */
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Talk } from './environment.js';
import { failure } from './failure.js';
import {
  bootId,
  endProcess,
  identify,
  isRunning,
  type ProcessIdentity,
} from './process-identity.js';

/** What the lock file holds; `server` is null until one was started. */
export interface LockRecord {
  readonly bootId: string;
  readonly owner: ProcessIdentity;
  readonly server: ProcessIdentity | null;
}

/** A lock that is held. */
export interface FolderLock {
  /** Records the server that runs now; call it after each start. */
  readonly recordServer: (pid: number) => void;
  /** Gives the folder free again; a second call does nothing. */
  readonly release: () => void;
}

const END_GRACE_MS = 10_000;

/** Path of the lock file of a folder. Class: pure. */
export function lockFile(folder: string): string {
  return join(folder, 'temporal.lock');
}

/**
 * Takes the lock of a folder, or takes it over from a supervisor that is gone.
 *
 * Errors: `TEMPORAL_FILE_LOCKED` when a living process holds it. Class: side effect (may end a left-over server).
 */
export async function lockFolder(folder: string, talk: Talk): Promise<FolderLock> {
  const file = lockFile(folder);
  const owner = identify(process.pid) ?? { pid: process.pid, began: null };
  const mine: LockRecord = { bootId: bootId(), owner, server: null };
  while (!create(file, mine)) {
    const held = read(file);
    if (held && isHeld(held))
      throw failure('TEMPORAL_FILE_LOCKED', { folder, pid: held.owner.pid });
    if (held) await endLeftOver(folder, held, talk);
    takeAway(file);
  }
  let released = false;
  return {
    recordServer: (pid) => replace(file, { ...mine, server: identify(pid) }),
    release: () => {
      if (!released) rmSync(file, { force: true });
      released = true;
    },
  };
}

function isHeld(held: LockRecord): boolean {
  return held.bootId === bootId() && isRunning(held.owner);
}

async function endLeftOver(folder: string, stale: LockRecord, talk: Talk): Promise<void> {
  const { server, owner } = stale;
  if (!server || stale.bootId !== bootId() || !isRunning(server)) return;
  if (server.began === null) throw failure('TEMPORAL_FILE_LOCKED', { folder, pid: server.pid });
  talk(`temporal: ending server ${server.pid}, left behind by process ${owner.pid}`);
  await endProcess(server, END_GRACE_MS);
}

/** The rename lets exactly one of several newcomers remove a stale lock; a fresh one is put back. */
function takeAway(file: string): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const taken = read(aside);
  rmSync(aside, { force: true });
  if (taken && isHeld(taken)) create(file, taken);
}

function create(file: string, record: LockRecord): boolean {
  const draft = write(file, record);
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

function replace(file: string, record: LockRecord): void {
  renameSync(write(file, record), file);
}

function write(file: string, record: LockRecord): string {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, `${JSON.stringify(record)}\n`);
  return draft;
}

function read(file: string): LockRecord | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LockRecord;
  } catch {
    return null;
  }
}
