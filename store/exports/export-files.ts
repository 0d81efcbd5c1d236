/**
 * The folder of exports: what was extracted, and the packages made of it, each file sealed under a key that comes from
 * the customer's and dies with it. A file is there whole under its name, or it is not there: it is written beside, made
 * to reach the disk, and then renamed.
 *
 * Errors: `EXPORT_DISK_FULL` (what was written so far is gone again), `EXPORT_FILE_MISSING`, `EXPORT_FILE_DAMAGED`,
 * those of the keys. Class: side effect.
 */
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, rmdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { storeFailure } from '../failure.js';
import {
  HEADER_BYTES,
  headerOf,
  openPieces,
  plainBytes,
  SALT_BYTES,
  saltIn,
  sealPieces,
} from './sealed-file.js';

/** Makes the keys of files. Errors: `KEY_SHREDDED`, `KEY_UNKNOWN`. */
export interface FileKeys {
  /** 32 bytes that depend on the customer's key and the salt alone. */
  readonly fileKey: (keyId: string, salt: Uint8Array) => Promise<Buffer>;
}

/** A file of an export. Names are of letters, digits, dots and hyphens. */
export interface ExportFile {
  readonly exportId: string;
  readonly name: string;
  /** Key of the customer. */
  readonly keyId: string;
}

/** The part of a file system that can run full. */
export interface ExportDisk {
  readonly create: (path: string) => Promise<Pick<FileHandle, 'appendFile' | 'sync' | 'close'>>;
  /** Bytes that are free for us. */
  readonly free: (folder: string) => Promise<number>;
}

/** Files of exports. */
export interface ExportFiles {
  /** Where all of them are; absolute. */
  readonly folder: string;
  /**
   * Writes a file, in place of the one that has its name.
   *
   * @param expected - bytes that it will need at least; asked for before the first is written
   */
  readonly write: (
    file: ExportFile,
    plain: AsyncIterable<Uint8Array>,
    expected: number,
  ) => Promise<void>;
  /** Reads a file. `bytes`: how many there will be. */
  readonly read: (
    file: ExportFile,
  ) => Promise<{ readonly bytes: number; readonly plain: AsyncGenerator<Buffer> }>;
  /**
   * Removes files of an export that are not kept, and what killed writers left behind. It throws where the folder cannot
   * be read: something may lie in it.
   */
  readonly sweep: (exportId: string, keep: (name: string) => boolean) => Promise<void>;
}

const SAFE = /^[A-Za-z0-9][A-Za-z0-9.-]{0,199}$/;
const UNFINISHED = '.unfinished';
/** Space that is left to others: a database that finds no room stops everything. */
const RESERVE_BYTES = 64 * 1024 * 1024;
const LOOK_EVERY_BYTES = 16 * 1024 * 1024;

const DISK: ExportDisk = {
  create: (path) => open(path, 'wx', 0o600),
  free: async (folder) => {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
};

/** What it leans on. */
export interface ExportFilesOptions {
  readonly folder: string;
  readonly keys: FileKeys;
  readonly disk?: ExportDisk;
  readonly reserveBytes?: number;
}

/** Makes the folder's keeper. */
export function createExportFiles(options: ExportFilesOptions): ExportFiles {
  const { folder, keys, disk = DISK, reserveBytes = RESERVE_BYTES } = options;
  const folderOf = (exportId: string): string => join(folder, safe(exportId));
  const assertSpace = async (place: string, needed: number): Promise<void> => {
    const free = (await disk.free(place)) - reserveBytes;
    if (free < needed) throw diskFull(`${Math.max(0, free)} bytes are free for it`);
  };
  return {
    folder,
    write: async (file, plain, expected) => {
      const place = folderOf(file.exportId);
      const path = join(place, safe(file.name));
      const unfinished = `${path}.${randomBytes(6).toString('hex')}${UNFINISHED}`;
      try {
        await mkdir(place, { recursive: true, mode: 0o700 });
        await assertSpace(place, expected);
        const salt = randomBytes(SALT_BYTES);
        const header = headerOf(salt);
        const key = await keys.fileKey(file.keyId, salt);
        const handle = await disk.create(unfinished);
        try {
          await handle.appendFile(header);
          let sinceLook = 0;
          for await (const piece of sealPieces(key, aadOf(header, file), plain)) {
            await handle.appendFile(piece);
            sinceLook += piece.length;
            if (sinceLook < LOOK_EVERY_BYTES) continue;
            sinceLook = 0;
            await assertSpace(place, 0);
          }
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(unfinished, path);
        await syncFolder(place);
      } catch (error) {
        await rm(unfinished, { force: true });
        throw isFull(error) ? diskFull('the disk took no more') : error;
      }
    },
    read: async (file) => {
      const path = join(folderOf(file.exportId), safe(file.name));
      const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') throw storeFailure('EXPORT_FILE_MISSING', { file: file.name });
        throw error;
      });
      try {
        const header = Buffer.alloc(HEADER_BYTES);
        const { bytesRead } = await handle.read(header, 0, HEADER_BYTES, 0);
        const salt = saltIn(header.subarray(0, bytesRead));
        if (!salt) throw storeFailure('EXPORT_FILE_DAMAGED', { file: file.name });
        const { size } = await handle.stat();
        const key = await keys.fileKey(file.keyId, salt);
        const sealed = createReadStream(path, { start: HEADER_BYTES, highWaterMark: 128 * 1024 });
        const plain = openPieces(key, aadOf(header, file), sealed, file.name);
        return { bytes: plainBytes(size), plain };
      } finally {
        await handle.close();
      }
    },
    sweep: async (exportId, keep) => {
      const place = folderOf(exportId);
      const names = await readdir(place).catch(butFor(['ENOENT'], []));
      for (const name of names) {
        if (name.endsWith(UNFINISHED) || !keep(name)) await rm(join(place, name), { force: true });
      }
      // Whoever writes beside finds it gone, and comes again.
      await rmdir(place).catch(butFor(['ENOENT', 'ENOTEMPTY', 'EEXIST'], undefined));
    },
  };
}

function safe(name: string): string {
  if (SAFE.test(name)) return name;
  throw storeFailure('EXPORT_FILE_MISSING', { file: JSON.stringify(name).slice(0, 100) });
}

const aadOf = (header: Uint8Array, { exportId, name, keyId }: ExportFile): Buffer =>
  Buffer.concat([header, Buffer.from(JSON.stringify([keyId, exportId, name]))]);

const FULL: readonly string[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

const isFull = (error: unknown): boolean => isOneOf(FULL, error);

function isOneOf(codes: readonly string[], error: unknown): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/** Answers errors of these codes with a value; any other is thrown: what cannot be looked at is not empty. */
const butFor =
  <T>(codes: readonly string[], value: T) =>
  (error: unknown): T => {
    if (isOneOf(codes, error)) return value;
    throw error;
  };

function diskFull(detail: string): Error {
  return storeFailure('EXPORT_DISK_FULL', { detail });
}

/** A name is there for good once its folder has reached the disk. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Not every file system can do it for a folder.
    if (isFull(error)) throw error;
  } finally {
    await handle.close();
  }
}
