/**
 * One writer at a time in a keyring: a key that is made while another is destroyed must not get lost.
 *
 * The lock file names its process; the lock of a process that is gone is taken over. Processes of one machine only:
 * deployments over several machines use a key management service.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  bootId,
  identify,
  isRunning,
  type ProcessIdentity,
  pause,
} from '../../dev-server/process-identity.js';
import { failure } from '../failure.js';
import { isAbsence, type KeyFiles } from './files.js';

const WAIT_MS = 30_000;
const POLL_MS = 20;

interface LockRecord {
  readonly bootId: string;
  readonly owner: ProcessIdentity;
  /** Tells two holders of one process apart. */
  readonly token: string;
}

/** Path of the lock file of a keyring. Class: pure. */
export function lockFile(folder: string): string {
  return join(folder, 'lock');
}

/** Runs `change` while holding the lock. Errors: `KEYRING_LOCKED` after 30 s. Class: side effect. */
export async function withLock<T>(
  files: KeyFiles,
  folder: string,
  change: () => Promise<T>,
): Promise<T> {
  const file = lockFile(folder);
  const deadline = performance.now() + WAIT_MS;
  while (!(await create(files, file))) {
    const held = await read(files, file);
    if (held && !isHeld(held)) await takeAway(files, file, held);
    else if (held && performance.now() > deadline)
      throw failure('KEYRING_LOCKED', { folder, pid: held.owner.pid, seconds: WAIT_MS / 1000 });
    else await pause(POLL_MS);
  }
  try {
    return await change();
  } finally {
    await files.remove(file);
  }
}

function isHeld(held: LockRecord): boolean {
  return held.bootId === bootId() && isRunning(held.owner);
}

/** The rename lets exactly one of several newcomers remove a stale lock; a fresh one is put back. */
async function takeAway(files: KeyFiles, file: string, stale: LockRecord): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await files.rename(file, aside);
  } catch (error) {
    if (isAbsence(error)) return;
    throw error;
  }
  const taken = await read(files, aside);
  if (taken?.token === stale.token) await files.remove(aside);
  else await files.rename(aside, file);
}

/** The link puts the whole record there or nothing. */
async function create(files: KeyFiles, file: string): Promise<boolean> {
  const owner = identify(process.pid) ?? { pid: process.pid, began: null };
  const record: LockRecord = { bootId: bootId(), owner, token: randomUUID() };
  const draft = `${file}.${record.token}`;
  await files.write(draft, Buffer.from(JSON.stringify(record)));
  try {
    await files.link(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await files.remove(draft);
  }
}

async function read(files: KeyFiles, file: string): Promise<LockRecord | null> {
  try {
    return JSON.parse((await files.read(file)).toString('utf8')) as LockRecord;
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}
