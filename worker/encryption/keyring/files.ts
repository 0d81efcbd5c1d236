/**
 * The file operations of the keyring, each small enough that a kill falls between two of them.
 *
 * A port, so that a test can end the process' life at each one. Everything is 0600 in folders of 0700.
 */
import { link, mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';

/** Operations on files; all of them throw as node:fs does. Class: side effect. */
export interface KeyFiles {
  readonly makeFolder: (path: string) => Promise<void>;
  /** Writes a file that was not there and brings it to the disk. */
  readonly write: (path: string, bytes: Uint8Array) => Promise<void>;
  readonly rename: (from: string, to: string) => Promise<void>;
  /** Gives a file a second name; throws `EEXIST` when the name is taken. */
  readonly link: (from: string, to: string) => Promise<void>;
  /** Brings the names in a folder to the disk. */
  readonly syncFolder: (path: string) => Promise<void>;
  /** Removes a file; nothing happens when it is gone already. */
  readonly remove: (path: string) => Promise<void>;
  /** Removes an empty folder. */
  readonly removeFolder: (path: string) => Promise<void>;
  readonly read: (path: string) => Promise<Buffer>;
  readonly list: (path: string) => Promise<readonly string[]>;
  /** Permission bits of a file or folder. */
  readonly mode: (path: string) => Promise<number>;
}

/** The real ones. */
export const diskFiles: KeyFiles = {
  makeFolder: async (path) => {
    await mkdir(path, { recursive: true, mode: 0o700 });
  },
  write: async (path, bytes) => {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  rename,
  link,
  syncFolder: async (path) => {
    if (process.platform === 'win32') return; // no handle to a folder there
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  },
  remove: (path) => rm(path, { force: true }),
  removeFolder: rmdir,
  read: (path) => readFile(path),
  list: (path) => readdir(path),
  mode: async (path) => (await stat(path)).mode & 0o777,
};

/** Whether something thrown says that a file or folder is not there. Class: pure. */
export function isAbsence(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}
