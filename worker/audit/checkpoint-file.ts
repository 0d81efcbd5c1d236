/**
 * Checkpoints in a file that is only ever added to, and brought to the disk each time: what the database cannot take back.
 * Class: side effect.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseCheckpoint, splitNotes } from '../../audit/index.js';
import type { AuditLog } from '../../store/index.js';
import { makeFolders } from './folders.js';

/** A file of checkpoints. */
export interface CheckpointFile {
  /** Adds what the store has beyond it; also what a killed process did not come to. */
  readonly catchUp: (log: AuditLog) => Promise<void>;
}

const PAGE = 1_000;

/** More than the last checkpoint has bytes. */
const TAIL_BYTES = 4_096;

/** Opens a file, which need not be there. */
export function openCheckpointFile(path: string): CheckpointFile {
  let size: number | null = null;
  return {
    catchUp: async (log) => {
      const known = size ?? (await withFile(path, mendTail));
      size = known;
      for (;;) {
        const notes = await log.notesAfter(size, PAGE);
        const last = notes.at(-1);
        if (!last) return;
        const text = notes.map(({ note }) => note).join('');
        await withFile(path, async (file) => {
          await file.appendFile(text);
          await file.sync();
        });
        size = last.size;
      }
    },
  };
}

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  await makeFolders(dirname(path));
  const file = await open(path, 'a+', 0o600);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

/** Takes away what a killed process wrote in part. @returns how many entries the last whole checkpoint covers */
async function mendTail(file: FileHandle): Promise<number> {
  const { size: bytes } = await file.stat();
  const from = Math.max(0, bytes - TAIL_BYTES);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes - from), 0, bytes - from, from);
  const pieces = splitNotes(buffer.subarray(0, bytesRead).toString('utf8'));
  const torn = pieces.at(-1) ?? '';
  if (torn !== '' && !torn.endsWith('\n')) await file.truncate(bytes - Buffer.byteLength(torn));
  // The first piece may begin in the middle.
  const whole = pieces.findLast((piece) => parseCheckpoint(piece) !== null);
  return (whole && parseCheckpoint(whole)?.size) || 0;
}
