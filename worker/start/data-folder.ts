/**
 * The data folder: one place for all that an engine keeps, held by one engine at a time.
 *
 * Errors: `DATA_FOLDER_HELD`, `DATA_FOLDER_FOREIGN`, `DATA_FOLDER_UNUSABLE`. Class: side effect.
 */
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import {
  bootId,
  identify,
  isRunning,
  type ProcessIdentity,
} from '../dev-server/process-identity.js';
import { startFailure } from './failure.js';

/** Says that a folder is ours. */
const MARKER = 'jornada.json';
const LOCK = 'engine.lock';

/** Who holds a data folder. */
export interface Holder {
  readonly bootId: string;
  readonly owner: ProcessIdentity;
  readonly startedAt: string;
}

/** A data folder that is held. */
export interface DataFolder {
  /** Absolute. */
  readonly path: string;
  /** True when nothing was kept from before. */
  readonly isNew: boolean;
  /** Where the former content was set aside by `fresh`; null when there was none. */
  readonly setAside: string | null;
  /** Gives the folder free; a second call does nothing. */
  readonly release: () => void;
}

/** What lies elsewhere because several processes share it; null: in the data folder. */
export interface SharedFolders {
  readonly keysFolder: string | null;
  readonly exportsFolder: string | null;
}

/** Where each part keeps its data. Class: pure. */
export function placesIn(folder: string, { keysFolder, exportsFolder }: SharedFolders) {
  const path = resolve(folder);
  const keys = keysFolder === null ? join(path, 'keys') : resolve(keysFolder);
  return {
    database: join(path, 'pg'),
    temporal: join(path, 'temporal'),
    keys,
    auditKeys: join(keys, 'audit'),
    checkpoints: join(path, 'audit', 'checkpoints.log'),
    mail: join(path, 'mail'),
    exports: exportsFolder === null ? join(path, 'exports') : resolve(exportsFolder),
    temporalLog: join(path, 'temporal', 'temporal.log'),
  } as const;
}

/**
 * Takes a folder, or makes it for this user alone.
 *
 * @param isFresh - what is there is set aside as `<folder>.before`, in place of what was set aside before
 */
export function takeDataFolder(folder: string, isFresh: boolean): DataFolder {
  const path = resolve(folder);
  try {
    return take(path, isFresh);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw startFailure('DATA_FOLDER_UNUSABLE', { folder: path, detail: error.message });
  }
}

function take(path: string, isFresh: boolean): DataFolder {
  refuseForeign(path);
  const held = holderOf(path);
  if (held) throw heldBy(path, held);
  const setAside = isFresh && existsSync(path) ? putAside(path) : null;
  const isNew = !existsSync(join(path, MARKER));
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const release = lock(path);
  if (isNew) writeFileSync(join(path, MARKER), `${JSON.stringify({ format: 1 })}\n`);
  return { path, isNew, setAside, release };
}

/** Never take, and above all never set aside, a folder that is somebody's own. */
function refuseForeign(folder: string): void {
  if (!existsSync(folder) || existsSync(join(folder, MARKER))) return;
  if (readdirSync(folder).length === 0) return;
  throw startFailure('DATA_FOLDER_FOREIGN', { folder, marker: MARKER });
}

/** Who holds a folder now; null when nobody living does. Class: side effect. */
export function holderOf(folder: string): Holder | null {
  try {
    const held = JSON.parse(readFileSync(join(folder, LOCK), 'utf8')) as Holder;
    return held.bootId === bootId() && isRunning(held.owner) ? held : null;
  } catch {
    return null;
  }
}

function heldBy(folder: string, { owner, startedAt }: Holder): Error {
  return startFailure('DATA_FOLDER_HELD', { folder, pid: owner.pid, since: startedAt });
}

function putAside(path: string): string {
  const aside = `${path}.before`;
  if (existsSync(aside)) refuseForeign(aside);
  rmSync(aside, { recursive: true, force: true });
  renameSync(path, aside);
  return aside;
}

/** A hard link appears at once and whole, and only where nothing is; a lock left behind is taken away first. */
function lock(path: string): () => void {
  const file = join(path, LOCK);
  const owner = identify(process.pid) ?? { pid: process.pid, began: null };
  const mine: Holder = { bootId: bootId(), owner, startedAt: new Date().toISOString() };
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, `${JSON.stringify(mine)}\n`);
  try {
    for (let turn = 0; ; turn += 1) {
      try {
        linkSync(draft, file);
        break;
      } catch (error) {
        const held = holderOf(path);
        if (held) throw heldBy(path, held);
        const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
        if (!isTaken || turn > 2) throw error;
        rmSync(file, { force: true });
      }
    }
  } finally {
    rmSync(draft, { force: true });
  }
  let isReleased = false;
  return () => {
    if (!isReleased) rmSync(file, { force: true });
    isReleased = true;
  };
}
